package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are read as they come. */
@ExtendWith(NoLeaks.class)
class StreamTest {
    private static final int MB = 1 << 20;
    /** What may lie between a server that writes and a reader that does not: ours, and the kernel's, which may grow to 36 MB. */
    private static final long UNDER_WAY = 64L * MB;

    private static final long LONG = 256L * MB;

    @TempDir
    Path folder;

    @Test
    void aReaderThatStopsHoldsTheServerBackAndNobodyElse() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(5).build();
                StreamedResponse held = client.open(server.get("/counted/" + LONG))) {
            assertThat(held.status()).isEqualTo(200);
            assertThat(held.length()).isEqualTo(LONG);
            try (StreamedResponse other = client.open(server.get("/chunks/" + 64L * MB))) {
                assertThat(LongBodies.check(other.body())).isEqualTo(64L * MB);
            }
            for (int i = 0; i < 50; i++) {
                assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
            }
            assertThat(server.written.get()).isLessThan(UNDER_WAY);
            assertThat(LongBodies.check(held.body())).isEqualTo(LONG);
            assertThat(server.server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aBodyLargerThanWouldBeCollectedGoesThroughASmallWindow() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().maxBodyBytes(1000).build();
                StreamedResponse response = client.open(server.get("/counted/" + LONG))) {
            byte[] some = new byte[300_000];
            InputStream body = response.body();
            long read = 0;
            for (int count = body.read(some); count >= 0; count = body.read(some)) {
                LongBodies.check(some, count, read);
                read += count;
                assertThat(server.written.get() - read).isLessThan(UNDER_WAY);
            }
            assertThat(read).isEqualTo(LONG);
        }
    }

    @Test
    void theConnectionServesOnWhenTheBodyWasReadToItsEnd() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().connections(1).build()) {
            for (String path : List.of("/a/0", "/a/1", "/a/40000", "/chunks/40000", "/a/300000", "/chunks/0")) {
                try (StreamedResponse response = client.open(server.get(path))) {
                    assertThat(LongBodies.check(response.body()))
                            .isEqualTo(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
                }
                assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
            }
            assertThat(server.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void closingEarlyKeepsTheConnectionWhereLittleIsLeftAndEndsItWhereMuchIs() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().connections(1).build()) {
            try (StreamedResponse response = client.open(server.get("/a/100000"))) {
                assertThat(response.body().read()).isGreaterThanOrEqualTo(0);
            }
            assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
            assertThat(server.server.connections()).isEqualTo(1);
            StreamedResponse large = client.open(server.get("/a/" + LONG));
            large.close();
            large.close();
            assertThatThrownBy(() -> large.body().read()).isInstanceOf(HttpException.Closed.class);
            assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
            assertThat(server.server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aBodyGoesIntoAFile() throws Exception {
        Path file = Files.write(folder.resolve("body"), new byte[20 * MB]);
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().build()) {
            for (String path : List.of("/a/" + 9 * MB, "/chunks/" + 9 * MB)) {
                try (StreamedResponse response = client.open(server.get(path))) {
                    assertThat(response.saveTo(file)).isEqualTo(9L * MB);
                }
                try (InputStream saved = Files.newInputStream(file)) {
                    assertThat(LongBodies.check(saved)).isEqualTo(9L * MB);
                }
            }
        }
    }

    @Test
    void theFieldsBehindABodyAreToldAtItsEnd() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().build()) {
            try (StreamedResponse response = client.open(server.get("/chunks/70000"))) {
                assertThat(response.trailers().size()).isZero();
                assertThat(LongBodies.check(response.body())).isEqualTo(70_000);
                assertThat(response.trailers().first("x-count")).isEqualTo("70000");
                assertThat(response.headers().first("x-count")).isNull();
            }
            assertThat(client.get(server.get("/chunks/5")).trailers().first("Digest"))
                    .isEqualTo("none");
        }
    }

    @Test
    void aPublisherGivesWhatIsAskedForAndThenTheEnd() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response =
                        client.startOpen(server.get("/counted/" + 20 * MB)).get()) {
            Collecting collecting = new Collecting(Integer.MAX_VALUE);
            response.publisher().subscribe(collecting);
            assertThat(collecting.outcome.get()).isEqualTo(20L * MB);
            assertThat(collecting.most).isEqualTo(1);
            Collecting second = new Collecting(1);
            response.publisher().subscribe(second);
            assertThatThrownBy(second.outcome::get).hasMessageContaining("only once");
        }
    }

    @Test
    void aSubscriberThatCancelsFreesTheConnection() throws Exception {
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder().connections(1).build();
                StreamedResponse response = client.open(server.get("/a/" + LONG))) {
            response.publisher().subscribe(new Collecting(3));
            assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
        }
    }

    /** Asks for one buffer after another; cancels after {@code wanted}. */
    private static final class Collecting implements Flow.Subscriber<ByteBuffer> {
        final CompletableFuture<Long> outcome = new CompletableFuture<>();
        int most;
        private final int wanted;
        private final AtomicReference<Flow.Subscription> subscription = new AtomicReference<>();
        private long total;
        private int asked;
        private int got;

        Collecting(int wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription.set(begun);
            asked++;
            begun.request(1);
        }

        @Override
        public void onNext(ByteBuffer item) {
            int count = item.remaining();
            byte[] bytes = new byte[count];
            item.get(bytes);
            LongBodies.check(bytes, count, total);
            total += count;
            asked--;
            most = Math.max(most, asked + 1);
            if (++got == wanted) {
                subscription.get().cancel();
            } else {
                asked++;
                subscription.get().request(1);
            }
        }

        @Override
        public void onError(Throwable why) {
            outcome.completeExceptionally(why);
        }

        @Override
        public void onComplete() {
            outcome.complete(total);
        }
    }

    @Test
    void whatCameBeforeTheConnectionBrokeIsReadAndThenTheFailure() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nthe beginning");
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response = client.open(server.get("/x?secret"))) {
            assertThat(new String(response.body().readNBytes(13), UTF_8)).isEqualTo("the beginning");
            assertThatThrownBy(() -> response.body().read())
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("after 13 of 1000000 bytes of the body")
                    .hasMessageNotContaining("secret");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatIsDamagedUnderWayFailsAsThat() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.answer("first");
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nnonsense\r\n");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(server.get("/")).text()).isEqualTo("first");
            try (StreamedResponse response = client.open(server.get("/"))) {
                assertThat(new String(response.body().readNBytes(2), UTF_8)).isEqualTo("ok");
                assertThatThrownBy(() -> response.body().read()).isInstanceOf(HttpException.Malformed.class);
            }
        }
    }

    @Test
    void aServerThatFallsSilentWithinABodyTimesOutButAReaderThatPausesDoesNot() throws Exception {
        Duration brief = Duration.ofMillis(100);
        CountDownLatch over = new CountDownLatch(1);
        try (LongBodies server = LongBodies.plain();
                ScriptedServer silent = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    peer.awaitEnd();
                    over.countDown();
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse paused =
                        client.open(server.get("/a/" + 40 * MB).responseTimeout(Duration.ofMillis(50)))) {
            try (StreamedResponse response = client.open(silent.get("/").responseTimeout(brief))) {
                assertThat(new String(response.body().readNBytes(4), UTF_8)).isEqualTo("half");
                assertThatThrownBy(() -> response.body().read()).isInstanceOf(HttpException.TimedOut.class);
            }
            over.await();
            InputStream body = paused.body();
            byte[] first = body.readNBytes(64 * 1024);
            LongBodies.check(first, first.length, 0);
        }
    }

    @Test
    void theDeadlineHoldsForTheWholeBody() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response = client.open(server.get("/").deadline(Duration.ofSeconds(2)))) {
            assertThatThrownBy(() -> response.body().readAllBytes())
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessageContaining("deadline");
        }
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response = client.open(server.get("/"))) {
            Thread reader = Thread.currentThread();
            assertThat(response.body().readNBytes(4)).hasSize(4);
            Thread.ofVirtual().start(reader::interrupt);
            assertThatThrownBy(() -> response.body().read()).isInstanceOf(HttpException.Closed.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aClientThatIsClosedFailsItsReaders() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response = client.open(server.get("/"))) {
            Thread.ofVirtual().start(client::close);
            assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(HttpException.Closed.class);
        }
    }

    @Test
    void aThrottledRequestIsAskedAgainBeforeItsBodyIsHandedOnAndTheLastAnswerIsAResponse() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 429 Too Many\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nwait");
                    peer.next();
                    peer.answer("now");
                    peer.next();
                    peer.write("HTTP/1.1 503 Away\r\nRetry-After: 900\r\nContent-Length: 4\r\n\r\nlong");
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            try (StreamedResponse response = client.open(server.get("/"))) {
                assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("now");
            }
            try (StreamedResponse response = client.open(server.get("/"))) {
                assertThat(response.status()).isEqualTo(503);
                assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("long");
            }
        }
    }

    @Test
    void aCompressedBodyIsDecompressedAsItIsRead() throws Exception {
        byte[] plain =
                "one line of many, all different: 0123456789\n".repeat(50_000).getBytes(UTF_8);
        byte[] packed = gzip(plain);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        byte[] body = request.path().equals("/cut") ? java.util.Arrays.copyOf(packed, 500) : packed;
                        peer.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + body.length
                                + "\r\n\r\n");
                        peer.write(body);
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            try (StreamedResponse response = client.open(server.get("/"))) {
                assertThat(response.length()).isEqualTo(-1);
                assertThat(response.headers().first("Content-Encoding")).isNull();
                assertThat(response.body().readAllBytes()).isEqualTo(plain);
            }
            try (StreamedResponse response = client.open(server.get("/cut"))) {
                assertThatThrownBy(() -> response.body().readAllBytes())
                        .isInstanceOf(HttpException.Malformed.class)
                        .hasMessageContaining("ends too early");
            }
            try (StreamedResponse response = client.open(server.get("/").header("Accept-Encoding", "gzip"))) {
                assertThat(response.length()).isEqualTo(packed.length);
                assertThat(response.body().readAllBytes()).isEqualTo(packed);
            }
        }
    }

    @Test
    void aLittleThatWouldBecomeTooMuchIsRefused() throws Exception {
        byte[] bomb = gzip(new byte[100 * MB]);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write(
                            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n");
                    peer.write(bomb);
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build();
                StreamedResponse response = client.open(server.get("/"))) {
            assertThatThrownBy(() -> response.body().skip(100L * MB))
                    .isInstanceOf(HttpException.TooLarge.class)
                    .hasMessageContaining("200 times its size");
        }
    }

    @Test
    void everyRequestIsDoneOrFailedOnceInTheEvents() throws Exception {
        List<HttpEvent> events = new ArrayList<>();
        try (LongBodies server = LongBodies.plain()) {
            try (HttpClient client = HttpClient.builder().events(events::add).build()) {
                try (StreamedResponse response = client.open(server.get("/a/500000"))) {
                    LongBodies.check(response.body());
                }
                client.open(server.get("/a/" + LONG)).close();
            }
        }
        assertThat(events)
                .filteredOn(event -> event instanceof HttpEvent.Done || event instanceof HttpEvent.Failed)
                .satisfiesExactly(
                        done -> assertThat(((HttpEvent.Done) done).bodyBytes()).isEqualTo(500_000),
                        failed ->
                                assertThat(((HttpEvent.Failed) failed).why()).isInstanceOf(HttpException.Closed.class));
    }

    private static byte[] gzip(byte[] plain) throws java.io.IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }
}
