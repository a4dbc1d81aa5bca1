package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class DeadEndTest {
    /** The one that stands is still answering, for however long, and takes no more. */
    @Test
    void whoWaitsForAConnectionThatCannotBeMadeIsToldThoughOneStands() throws Exception {
        ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (HttpClient client = HttpClient.builder().build()) {
            URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/");
            Thread.ofVirtual().start(() -> answerHalf(listener));
            try (StreamedResponse response = client.open(HttpRequest.get(uri))) {
                assertThat(new String(response.body().readNBytes(4), UTF_8)).isEqualTo("half");
                for (int i = 0; i < 2; i++) {
                    assertThat(client.start(HttpRequest.get(uri)))
                            .failsWithin(20, SECONDS)
                            .withThrowableOfType(ExecutionException.class)
                            .withCauseInstanceOf(HttpException.Unreachable.class);
                }
            }
        }
    }

    /** Whoever comes next finds nobody. */
    private static Socket first(ServerSocket listener) throws IOException {
        try (listener) {
            return listener.accept();
        }
    }

    private static void answerHalf(ServerSocket listener) {
        try (Socket socket = first(listener)) {
            Peer peer = new Peer(socket, socket, 1, new ArrayList<>());
            peer.next();
            peer.write("HTTP/1.1 200 OK\r\nKeep-Alive: max=0\r\nContent-Length: 9\r\n\r\nhalf");
            peer.awaitEnd();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
