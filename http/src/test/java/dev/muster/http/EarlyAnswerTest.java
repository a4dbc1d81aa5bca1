package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that has answered does not take the rest of the request. */
@ExtendWith(NoLeaks.class)
final class EarlyAnswerTest {
    /** Gives a byte, another when it may, and then the end. */
    private static final class Halting extends InputStream {
        final CountDownLatch goOn = new CountDownLatch(1);
        final CountDownLatch gone = new CountDownLatch(1);
        private int reads;

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int count) {
            reads++;
            if (reads == 2) {
                PipeliningTest.await(goOn);
            } else if (reads == 3) {
                gone.countDown();
                return -1;
            }
            bytes[from] = 'x';
            return 1;
        }
    }

    @Test
    void anAnswerIsReadToItsEndThoughTheRequestCouldNotBeWritten() throws Exception {
        Halting source = new Halting();
        CompletableFuture<Peer> answering = new CompletableFuture<>();
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
                    answering.complete(peer);
                    PipeliningTest.await(over);
                });
                HttpClient client = HttpClient.builder().build()) {
            HttpRequest put = HttpRequest.of("PUT", server.uri("/")).body(BodySource.stream(source, -1));
            try (StreamedResponse response = client.open(put)) {
                Peer peer = answering.get();
                for (int i = 0; i < 4; i++) {
                    peer.write("a");
                    turn(client);
                }
                // The reader is behind, so that this waits in the kernel.
                peer.write("b");
                turn(client);
                peer.reset();
                source.goOn.countDown();
                source.gone.await();
                turn(client);
                assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("aaaab");
            } finally {
                over.countDown();
            }
        }
    }

    /** What has come is read, and what was asked for is done: the first answer may come from a turn that had begun. */
    private static void turn(HttpClient client) {
        client.limits();
        client.limits();
    }
}
