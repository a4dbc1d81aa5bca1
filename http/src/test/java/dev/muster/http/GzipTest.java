package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class GzipTest {
    private static final String TEXT = "the same again and again, ".repeat(5000);

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    /** Answers every request with this body, said to be gzip. */
    private static ScriptedServer serving(byte[] body) throws IOException {
        return serving("gzip", body);
    }

    private static ScriptedServer serving(String encoding, byte[] body) throws IOException {
        return ScriptedServer.start(peer -> {
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                peer.write(Peer.response(
                        new String(body, ISO_8859_1),
                        "Content-Encoding: " + encoding,
                        "Asked: " + request.header("Accept-Encoding")));
            }
        });
    }

    @Test
    void contentIsAskedForCompressedAndDeliveredPlain() throws Exception {
        try (ScriptedServer server = serving(gzip(TEXT));
                HttpClient client = HttpClient.builder().build()) {
            for (int i = 0; i < 3; i++) {
                HttpResponse response = client.get(server.get("/"));
                assertThat(response.text()).isEqualTo(TEXT);
                assertThat(response.headers().first("Asked")).isEqualTo("gzip, deflate");
                assertThat(response.headers().first("Content-Encoding")).isNull();
                assertThat(response.headers().first("Content-Length")).isNull();
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoAsksForAnEncodingHimselfGetsTheBytesAsTheyCame() throws Exception {
        byte[] body = gzip(TEXT);
        try (ScriptedServer server = serving(body);
                HttpClient client = HttpClient.builder().build()) {
            HttpResponse response = client.get(server.get("/").header("accept-encoding", "gzip, br"));
            assertThat(response.body()).isEqualTo(body);
            assertThat(response.headers().first("Asked")).isEqualTo("gzip, br");
            assertThat(response.headers().first("Content-Encoding")).isEqualTo("gzip");
        }
    }

    @Test
    void severalMembersAreOneContentAndNothingIsNothing() throws Exception {
        ByteArrayOutputStream two = new ByteArrayOutputStream();
        two.write(gzip("one"));
        two.write(gzip("two"));
        try (ScriptedServer server = serving(two.toByteArray());
                ScriptedServer empty = serving(new byte[0]);
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(server.get("/")).text()).isEqualTo("onetwo");
            assertThat(client.get(empty.get("/")).text()).isEmpty();
        }
    }

    @Test
    void damageIsToldOrHarmlessAndNeverDelivered() throws Exception {
        byte[] body = gzip(TEXT);
        for (int at = 0; at < body.length; at++) {
            byte[] damaged = body.clone();
            damaged[at] ^= 0x10;
            assertThat(delivered(damaged)).as("damaged at %d", at).isIn("", TEXT);
        }
        for (int length = 1; length < body.length; length += 7) {
            assertThat(delivered(Arrays.copyOf(body, length)))
                    .as("cut at %d", length)
                    .isEmpty();
        }
    }

    /** What the caller gets; nothing where he is told that it is malformed. */
    private static String delivered(byte[] body) throws IOException {
        try (ScriptedServer server = serving(body);
                HttpClient client = HttpClient.builder().build()) {
            return client.get(server.get("/")).text();
        } catch (HttpException.Malformed malformed) {
            return "";
        }
    }

    @Test
    void aBombIsTooLargeLongBeforeItIsUnpacked() throws Exception {
        try (ScriptedServer server = serving(gzip("0".repeat(20_000_000)));
                HttpClient client = HttpClient.builder().maxBodyBytes(100_000).build()) {
            assertThatThrownBy(() -> client.get(server.get("/")))
                    .isInstanceOf(HttpException.TooLarge.class)
                    .hasMessageContaining("larger than 100000 bytes");
        }
    }

    @Test
    void deflateIsUnderstoodAsZlibAndBare() throws Exception {
        for (boolean bare : new boolean[] {false, true}) {
            byte[] packed = deflate(bare);
            try (ScriptedServer server = serving("deflate", packed);
                    HttpClient client = HttpClient.builder().build()) {
                for (int i = 0; i < 2; i++) {
                    assertThat(client.get(server.get("/")).text()).isEqualTo(TEXT);
                    try (StreamedResponse response = client.open(server.get("/"))) {
                        assertThat(new String(response.body().readAllBytes(), UTF_8))
                                .isEqualTo(TEXT);
                    }
                }
            }
            for (byte[] bad : new byte[][] {
                Arrays.copyOf(packed, packed.length - 1), Arrays.copyOf(packed, packed.length + 1), {(byte) 0x78}
            }) {
                try (ScriptedServer server = serving("deflate", bad);
                        HttpClient client = HttpClient.builder().build()) {
                    assertThatThrownBy(() -> client.get(server.get("/"))).isInstanceOf(HttpException.Malformed.class);
                }
            }
        }
    }

    private static byte[] deflate(boolean bare) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, bare);
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(TEXT.getBytes(UTF_8));
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }

    /** What is cut off must not be taken for the whole. */
    @Test
    void aBodyThatWasClosedHasNoEnd() throws Exception {
        for (byte[] body : new byte[][] {gzip(TEXT), deflate(false)}) {
            try (ScriptedServer server = serving(body[0] == 0x1f ? "gzip" : "deflate", body);
                    HttpClient client = HttpClient.builder().build()) {
                StreamedResponse response = client.open(server.get("/"));
                assertThat(response.body().read()).isEqualTo('t');
                response.close();
                assertThatThrownBy(() -> response.body().read()).isInstanceOf(HttpException.Closed.class);
                assertThatThrownBy(() -> response.transferTo(Channels.newChannel(OutputStream.nullOutputStream())))
                        .isInstanceOf(HttpException.Closed.class);
            }
        }
    }

    /** One thread reads, any may close: also in the midst of decompressing. */
    @RepeatedTest(20)
    void aReaderThatIsDecompressingIsToldOfTheClosing() throws Exception {
        try (ScriptedServer server = serving(gzip("0".repeat(20_000_000)));
                HttpClient client = HttpClient.builder().build()) {
            StreamedResponse response = client.open(server.get("/"));
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> {
                byte[] some = new byte[1000];
                try {
                    while (response.body().read(some) >= 0) {
                        reading.countDown();
                    }
                    return new AssertionError("it looks whole");
                } catch (Throwable thrown) {
                    return thrown;
                }
            });
            reading.await();
            response.close();
            assertThat(ended.get()).isInstanceOf(HttpException.Closed.class);
        }
    }
}
