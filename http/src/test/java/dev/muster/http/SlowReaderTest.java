package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class SlowReaderTest {
    private static final int WINDOW = 1 << 20;
    private static final int BUFFER = 64 * 1024;

    /** It has begun to catch up, but the server does not know yet. */
    @Test
    void aReaderThatHasNotYetCaughtUpIsNotTheServersDelay() throws Exception {
        Duration timeout = Duration.ofMillis(200);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int stream = peer.next().stream();
                    peer.head(stream, ":status", "200");
                    for (int sent = 0; sent < WINDOW; sent += 16 * 1024) {
                        peer.send(FramePeer.DATA, 0, stream, new byte[16 * 1024]);
                    }
                    peer.answer(peer.next().stream(), "it has come");
                    for (FramePeer.Frame frame = peer.frame(); frame != null; frame = peer.frame()) {
                        if (frame.type() == FramePeer.PING) {
                            peer.send(FramePeer.PING, FramePeer.ACK, 0, frame.payload());
                        } else if (frame.type() == FramePeer.WINDOW_UPDATE && frame.stream() == stream) {
                            peer.data(stream, "the end", true);
                        }
                    }
                }));
                HttpClient client =
                        HttpClient.builder().protocols(Protocol.HTTP_2).build();
                StreamedResponse response = client.open(server.get("/").responseTimeout(timeout))) {
            assertThat(client.get(server.get("/mark")).text()).isEqualTo("it has come");
            InputStream body = response.body();
            int read = 0;
            for (int i = 0; i < 4; i++) {
                read += readPiece(body);
            }
            for (int left = (WINDOW - read) / BUFFER; left > 3; left--) {
                read += readPiece(body);
            }
            HttpRequest never = server.get("/never").responseTimeout(timeout);
            assertThatThrownBy(() -> client.get(never)).isInstanceOf(HttpException.TimedOut.class);
            assertThat(body.readAllBytes()).hasSize(WINDOW - read + "the end".length());
        }
    }

    /** One buffer; the next are left alone. */
    private static int readPiece(InputStream body) throws Exception {
        assertThat(body.read()).isZero();
        return 1 + body.readNBytes(body.available()).length;
    }
}
