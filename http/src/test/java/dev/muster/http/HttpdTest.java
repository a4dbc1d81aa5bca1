package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Apache httpd and its mod_http2, as Debian has them; the first to ask installs them. */
@Tag("real")
@Timeout(300)
final class HttpdTest {
    private static final int FILES = 50;

    @TempDir
    private static Path folder;

    private static Process process;
    private static int plain;
    private static int secure;

    @BeforeAll
    static void start() throws Exception {
        Path files = Files.createDirectories(folder.resolve("www"));
        for (int i = 0; i < FILES; i++) {
            Files.write(files.resolve("" + i), content(i));
        }
        plain = freePort();
        secure = freePort();
        process = new ProcessBuilder("../it/httpd/serve.sh", folder.toString(), "" + plain, "" + secure)
                .inheritIO()
                .start();
        awaitListening(plain);
        awaitListening(secure);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void awaitListening(int port) throws IOException {
        while (process.isAlive()) {
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(there.isConnected()).isTrue();
                return;
            } catch (ConnectException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException("httpd did not start: it/httpd/serve.sh ended with " + process.exitValue());
    }

    @AfterAll
    static void stop() throws Exception {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    private static byte[] content(int file) {
        byte[] content = new byte[file * 1000];
        new Random(file).nextBytes(content);
        return content;
    }

    private static void exercise(HttpClient.Builder builder, String origin) throws Exception {
        Set<String> protocols = ConcurrentHashMap.newKeySet();
        int count = 2000;
        try (HttpClient client = builder.events(event -> {
                    if (event instanceof HttpEvent.Connected connected) {
                        protocols.add(connected.protocol());
                    }
                })
                .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < count; i++) {
                client.send(HttpRequest.get(URI.create(origin + "/" + i % FILES)), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(count);
            for (int i = 0; i < count; i++) {
                assertThat(told.get(i).response().body()).as("request %d", i).isEqualTo(content(i % FILES));
            }
        }
        assertThat(protocols).containsExactly("h2");
    }

    @Test
    void byPriorKnowledge() throws Exception {
        exercise(HttpClient.builder().protocols(Protocol.HTTP_2), "http://127.0.0.1:" + plain);
    }

    @Test
    void byAlpnOverTls() throws Exception {
        exercise(HttpClient.builder().caFile(folder.resolve("server.pem")), "https://127.0.0.1:" + secure);
    }
}
