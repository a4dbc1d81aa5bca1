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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Apache httpd, nginx, and HAProxy in front of that httpd, as Debian has them; the first to ask installs them. Every answer is
 * its own request's, whatever the protocol and however often the server ends a connection.
 */
@Tag("real")
@Timeout(300)
final class RealServersTest {
    private static final int FILES = 50;
    private static final int REQUESTS = 3000;

    /** Servers, each after those that it needs. */
    enum Server {
        HTTPD,
        NGINX,
        HAPROXY;

        String script() {
            return "../it/servers/" + name().toLowerCase(Locale.ROOT) + ".sh";
        }
    }

    private record Running(Process process, int plain, int secure, Path folder) {}

    @TempDir
    private static Path folder;

    private static final Map<Server, Running> SERVERS = new EnumMap<>(Server.class);

    @BeforeAll
    static void start() throws Exception {
        for (Server server : Server.values()) {
            Path own = Files.createDirectories(folder.resolve(server.name()));
            Path files = Files.createDirectories(own.resolve("www"));
            for (int i = 0; i < FILES; i++) {
                Files.write(files.resolve("" + i), content(i));
            }
            int plain = freePort();
            int secure = freePort();
            List<String> command = new ArrayList<>(List.of(server.script(), own.toString(), "" + plain, "" + secure));
            if (server == Server.HAPROXY) {
                command.add("127.0.0.1:" + running(Server.HTTPD).plain());
            }
            Process process = new ProcessBuilder(command).inheritIO().start();
            SERVERS.put(server, new Running(process, plain, secure, own));
            awaitListening(process, plain, server);
            awaitListening(process, secure, server);
        }
    }

    private static Running running(Server server) {
        return Objects.requireNonNull(SERVERS.get(server));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port, Server server) throws IOException {
        while (process.isAlive()) {
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(there.isConnected()).isTrue();
                return;
            } catch (ConnectException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException(server + " did not start: " + server.script() + " ended with " + process.exitValue());
    }

    @AfterAll
    static void stop() throws Exception {
        for (Running running : SERVERS.values()) {
            running.process().destroy();
            assertThat(running.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static byte[] content(int file) {
        byte[] content = new byte[file * 1000];
        new Random(file).nextBytes(content);
        return content;
    }

    /** What the wire did. */
    private static final class Seen {
        final Set<String> protocols = ConcurrentHashMap.newKeySet();
        final AtomicInteger connections = new AtomicInteger();
        final AtomicInteger deepest = new AtomicInteger();

        void take(HttpEvent event) {
            switch (event) {
                case HttpEvent.Connected connected -> {
                    protocols.add(connected.protocol());
                    connections.incrementAndGet();
                }
                case HttpEvent.Sent sent -> deepest.accumulateAndGet(sent.ahead(), Math::max);
                default -> {}
            }
        }
    }

    private static Seen exercise(HttpClient.Builder builder, String origin) throws Exception {
        Seen seen = new Seen();
        try (HttpClient client = builder.events(seen::take).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < REQUESTS; i++) {
                client.send(HttpRequest.get(URI.create(origin + "/" + i % FILES)), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(REQUESTS);
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(told.get(i).response().body()).as("request %d", i).isEqualTo(content(i % FILES));
            }
        }
        return seen;
    }

    private static String plain(Server server) {
        return "http://127.0.0.1:" + running(server).plain();
    }

    private static String secure(Server server) {
        return "https://127.0.0.1:" + running(server).secure();
    }

    private static HttpClient.Builder trusting(Server server) {
        return HttpClient.builder().caFile(running(server).folder().resolve("server.pem"));
    }

    private static void assertPipelined(Server server, Seen seen) {
        assertThat(seen.protocols).containsExactly("http/1.1");
        assertThat(seen.deepest).hasPositiveValue();
        if (server != Server.HAPROXY) {
            assertThat(seen.connections.get()).isGreaterThanOrEqualTo(REQUESTS / 100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void pipelinedWithConnectionsThatEndNowAndThen(Server server) throws Exception {
        HttpClient.Builder builder =
                HttpClient.builder().protocols(Protocol.HTTP_1_1).connections(5).pipeline(5);
        assertPipelined(server, exercise(builder, plain(server)));
    }

    @ParameterizedTest
    @EnumSource
    void pipelinedOverTls(Server server) throws Exception {
        HttpClient.Builder builder =
                trusting(server).protocols(Protocol.HTTP_1_1).connections(5).pipeline(5);
        assertPipelined(server, exercise(builder, secure(server)));
    }

    @ParameterizedTest
    @EnumSource
    void http2ByAlpn(Server server) throws Exception {
        assertThat(exercise(trusting(server), secure(server)).protocols).containsExactly("h2");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTPD", "HAPROXY"})
    void http2ByPriorKnowledge(Server server) throws Exception {
        HttpClient.Builder builder = HttpClient.builder().protocols(Protocol.HTTP_2);
        assertThat(exercise(builder, plain(server)).protocols).containsExactly("h2");
    }
}
