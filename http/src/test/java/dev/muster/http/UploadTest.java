package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read while they are sent. */
@ExtendWith(NoLeaks.class)
class UploadTest {
    private static final int MB = 1 << 20;
    /** What may lie between a source and a server that does not read: our buffers and the kernel's, which may grow to 36 MB. */
    private static final long UNDER_WAY = 64L * MB;

    @TempDir
    Path folder;

    /** Gives {@code length} bytes like those of {@link LongBodies}, and counts them. */
    private static final class Counted extends InputStream {
        final AtomicLong given = new AtomicLong();
        final CountDownLatch closed = new CountDownLatch(1);
        private final long length;

        Counted(long length) {
            this.length = length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int from, int count) {
            long at = given.get();
            int some = (int) Math.min(count, length - at);
            if (some == 0) {
                return -1;
            }
            for (int i = 0; i < some; i++) {
                bytes[from + i] = (byte) (((at + i) * 31) >>> 3);
            }
            given.addAndGet(some);
            return some;
        }

        @Override
        public void close() {
            closed.countDown();
        }

        static void check(byte[] bytes, int count, long at) {
            for (int i = 0; i < count; i++) {
                if (bytes[i] != (byte) (((at + i) * 31) >>> 3)) {
                    throw new AssertionError("wrong byte at " + (at + i));
                }
            }
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Counted(length).read(bytes, 0, length);
        return bytes;
    }

    private static HttpRequest put(ScriptedServer server, BodySource source) {
        return HttpRequest.of("PUT", server.uri("/")).body(source);
    }

    /** Answers every request with the length of its body, which must be right. */
    private static ScriptedServer counting() throws IOException {
        return ScriptedServer.start(peer -> {
            for (Peer.Request request = peer.readHead(); request != null; request = peer.readHead()) {
                byte[] some = new byte[100_000];
                long total = 0;
                InputStream body = peer.body(request);
                for (int count = body.read(some); count >= 0; count = body.read(some)) {
                    Counted.check(some, count, total);
                    total += count;
                }
                peer.answer(total + (request.header("Transfer-Encoding") == null ? "" : " in chunks"));
            }
        });
    }

    @Test
    void everyKindOfSourceArrivesWhole() throws Exception {
        int length = 3 * MB + 17;
        Path file = Files.write(folder.resolve("body"), bytes(length));
        try (ScriptedServer server = counting();
                HttpClient client = HttpClient.builder().connections(1).build()) {
            for (BodySource known : List.of(
                    BodySource.file(file),
                    BodySource.stream(new Counted(length), length),
                    BodySource.streams(() -> new Counted(length), length),
                    BodySource.publisher(published(length), length))) {
                assertThat(client.get(put(server, known)).text()).isEqualTo("" + length);
            }
            for (BodySource unknown :
                    List.of(BodySource.stream(new Counted(length), -1), BodySource.publisher(published(length), -1))) {
                assertThat(client.get(put(server, unknown)).text()).isEqualTo(length + " in chunks");
            }
            for (long empty : new long[] {0, -1}) {
                assertThat(client.get(put(server, BodySource.stream(new Counted(0), empty)))
                                .text())
                        .startsWith("0");
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** Publishes in pieces of uneven lengths, some empty. */
    private static SubmissionPublisher<ByteBuffer> published(int length) {
        SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>(Runnable::run, 1);
        byte[] bytes = bytes(length);
        Thread.ofVirtual().start(() -> {
            while (!publisher.hasSubscribers()) {
                Thread.onSpinWait();
            }
            for (int at = 0, piece = 0; at < length; at += piece, piece = (piece * 7 + 3) % 200_001) {
                piece = Math.min(piece, length - at);
                publisher.submit(ByteBuffer.wrap(bytes, at, piece));
            }
            publisher.close();
        });
        return publisher;
    }

    @Test
    void aServerThatDoesNotReadHoldsTheSourceBack() throws Exception {
        long length = 128L * MB;
        Counted source = new Counted(length);
        CountDownLatch enough = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.readHead();
                    if (request == null || request.method().equals("GET")) {
                        peer.answer("other");
                        return;
                    }
                    try {
                        enough.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    byte[] some = new byte[MB];
                    long total = 0;
                    InputStream body = peer.body(request);
                    for (int count = body.read(some); count >= 0; count = body.read(some)) {
                        Counted.check(some, count, total);
                        total += count;
                        if (source.given.get() - total > UNDER_WAY) {
                            peer.answer("too far ahead");
                            return;
                        }
                    }
                    peer.answer("" + total);
                });
                HttpClient client = HttpClient.builder().connections(2).build()) {
            CompletableFuture<HttpResponse> answer = client.start(put(server, BodySource.stream(source, -1)));
            for (int i = 0; i < 50; i++) {
                assertThat(client.get(server.get("/")).text()).isEqualTo("other");
            }
            enough.countDown();
            assertThat(answer.get().text()).isEqualTo("" + length);
            source.closed.await();
        }
    }

    @Test
    void aSourceThatBreaksOrIsTooShortFailsTheRequestAndSaysWhy() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(put(server, BodySource.stream(new Counted(1000), 1001))))
                    .isInstanceOf(HttpException.BodyUnreadable.class)
                    .hasCauseInstanceOf(EOFException.class)
                    .hasMessageContaining("1 bytes too early");
            BodySource broken = BodySource.streams(
                    () -> {
                        throw new IOException("the tape is torn");
                    },
                    5);
            assertThatThrownBy(() -> client.get(put(server, broken)))
                    .isInstanceOf(HttpException.BodyUnreadable.class)
                    .hasMessageContaining("the tape is torn");
            BodySource once = BodySource.stream(new Counted(1), 1);
            once.open().close();
            assertThatThrownBy(() -> client.get(put(server, once))).hasMessageContaining("only once");
        }
    }

    @Test
    void whatCanBeReadAgainGoesAgainAndWhatCannotDoesNot() throws Exception {
        Path file = Files.write(folder.resolve("body"), bytes(1000));
        AtomicInteger lost = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.next();
                    if (lost.incrementAndGet() % 2 == 1) {
                        peer.reset();
                    } else {
                        peer.answer(request.body().length() + " bytes");
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(put(server, BodySource.file(file))).text()).isEqualTo("1000 bytes");
            assertThatThrownBy(() -> client.get(put(server, BodySource.stream(new Counted(1000), 1000))))
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("can be read only once");
            lost.set(0);
            HttpRequest post = HttpRequest.of("POST", server.uri("/")).body(BodySource.file(file));
            assertThatThrownBy(() -> client.get(post)).isInstanceOf(HttpException.OutcomeUnknown.class);
        }
    }

    @Test
    void aThrottledUploadGoesAgainWhereItCan() throws Exception {
        Path file = Files.write(folder.resolve("body"), bytes(1000));
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 429 Wait\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
                    peer.next();
                    peer.answer("thanks");
                    peer.next();
                    peer.write("HTTP/1.1 429 Wait\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            assertThat(client.get(put(server, BodySource.file(file))).text()).isEqualTo("thanks");
            assertThat(client.get(put(server, BodySource.stream(new Counted(9), 9)))
                            .status())
                    .isEqualTo(429);
        }
    }

    @Test
    void aRefusalThatComesEarlyEndsTheSending() throws Exception {
        Counted source = new Counted(Long.MAX_VALUE);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.readHead();
                    if (request != null && request.method().equals("PUT")) {
                        peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nmuch");
                        peer.awaitEnd();
                    } else {
                        peer.answer("next");
                    }
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            HttpResponse response = client.get(put(server, BodySource.stream(source, -1)));
            assertThat(response.status()).isEqualTo(413);
            assertThat(response.text()).isEqualTo("much");
            source.closed.await();
            assertThat(client.get(server.get("/")).text()).isEqualTo("next");
        }
    }

    @Test
    void cancellingEndsTheSending() throws Exception {
        Counted source = new Counted(Long.MAX_VALUE);
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.readHead();
                    begun.countDown();
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build()) {
            CompletableFuture<HttpResponse> answer = client.start(put(server, BodySource.stream(source, -1)));
            begun.await();
            answer.cancel(true);
            source.closed.await();
        }
    }

    @Test
    void aBodyIsHeldBackUntilTheServerWantsIt() throws Exception {
        List<String> order = new ArrayList<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    while (true) {
                        Peer.Request request = peer.readHead();
                        if (request == null) {
                            return;
                        }
                        order.add(request.header("Expect") + " " + (peer.available() > 0));
                        peer.write("HTTP/1.1 100 Continue\r\n\r\n");
                        peer.answer(new String(peer.body(request).readAllBytes(), UTF_8));
                    }
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            HttpRequest held = put(server, BodySource.stream(new ByteArrayInputStream("later".getBytes(UTF_8)), -1))
                    .expectContinue(Duration.ofDays(1));
            assertThat(client.get(held).text()).isEqualTo("later");
            assertThat(client.get(HttpRequest.post(server.uri("/"), "too".getBytes(UTF_8))
                                    .expectContinue(Duration.ofDays(1)))
                            .text())
                    .isEqualTo("too");
            assertThat(server.connections()).isEqualTo(1);
        }
        assertThat(order).containsExactly("100-continue false", "100-continue false");
    }

    @Test
    void aServerThatSaysNothingGetsTheBodyAfterAWhile() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().build()) {
            HttpRequest request =
                    HttpRequest.post(server.uri("/silent"), new byte[10]).expectContinue(Duration.ofMillis(20));
            assertThat(client.get(request).text()).isEqualTo("/silent");
        }
    }

    @Test
    void aRefusalBeforeTheBodyLeavesItUnread() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.readHead();
                    peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build()) {
            BodySource source = BodySource.streams(
                    () -> {
                        opened.incrementAndGet();
                        return new Counted(5);
                    },
                    5);
            assertThat(client.get(put(server, source).expectContinue(Duration.ofDays(1)))
                            .status())
                    .isEqualTo(401);
            assertThat(opened).hasValue(0);
        }
    }

    @Test
    void aServerThatCannotDoExpectationsIsAskedWithout() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.readHead();
                    if (request != null && request.header("Expect") != null) {
                        peer.write("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n");
                        peer.awaitEnd();
                    } else if (request != null) {
                        peer.answer(new String(peer.body(request).readAllBytes(), UTF_8));
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            HttpRequest request =
                    HttpRequest.post(server.uri("/"), "here".getBytes(UTF_8)).expectContinue(Duration.ofDays(1));
            HttpResponse response = client.get(request);
            assertThat(response.text()).isEqualTo("here");
            assertThat(response.timing().sends()).isEqualTo(2);
        }
    }
}
