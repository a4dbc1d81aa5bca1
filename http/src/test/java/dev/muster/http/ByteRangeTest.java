package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ByteRangeTest {
    private static Headers contentRange(String value) {
        return Headers.of("Content-Range", value);
    }

    @Test
    void aPartIsAskedForAndToldAsWhatItIs() throws Exception {
        byte[] whole = JdkServer.body(1000);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        boolean changed = "\"old\"".equals(request.header("If-Range"));
                        peer.write((changed
                                        ? "HTTP/1.1 200 OK\r\nContent-Length: 1000"
                                        : "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 990-999/1000\r\n"
                                                + "Asked: " + request.header("Range") + "\r\nEncoding: "
                                                + request.header("Accept-Encoding") + "\r\nContent-Length: 10")
                                + "\r\n\r\n");
                        peer.write(java.util.Arrays.copyOfRange(whole, changed ? 0 : 990, 1000));
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            for (ByteRange part : new ByteRange[] {ByteRange.from(990), ByteRange.of(990, 999), ByteRange.last(10)}) {
                HttpResponse response = client.get(server.get("/").range(part, "\"new\""));
                assertThat(ByteRange.of(response.status(), response.headers()))
                        .isEqualTo(new ByteRange(990, 999, 1000));
                assertThat(response.headers().first("Encoding")).isEqualTo("identity");
                assertThat(response.headers().first("Asked")).isIn("bytes=990-", "bytes=990-999", "bytes=-10");
                assertThat(response.body()).hasSize(10);
            }
            HttpResponse response = client.get(server.get("/").range(ByteRange.from(990), "\"old\""));
            assertThat(ByteRange.of(response.status(), response.headers())).isNull();
            assertThat(response.body()).isEqualTo(whole);
        }
    }

    @Test
    void whatIsNoPartIsNotTakenForOne() {
        assertThat(ByteRange.of(206, contentRange("bytes 0-4/*"))).isEqualTo(new ByteRange(0, 4, -1));
        for (String bad : new String[] {
            "bytes */5",
            "bytes 4-0/9",
            "bytes 0-9/9",
            "bytes -4/9",
            "lines 0-4/9",
            "bytes 0-4",
            "bytes 0-4/+9",
            "",
            "bytes 99999999999999999999-0/9"
        }) {
            assertThat(ByteRange.of(206, contentRange(bad))).as(bad).isNull();
        }
        assertThat(ByteRange.of(200, contentRange("bytes 0-4/9"))).isNull();
        assertThat(ByteRange.of(206, Headers.none())).isNull();
        assertThatThrownBy(() -> ByteRange.of(5, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ByteRange.last(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
