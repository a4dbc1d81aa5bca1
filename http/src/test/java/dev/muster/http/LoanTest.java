package dev.muster.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies so long that who reads them reads the connection itself, and all that may happen meanwhile. */
@ExtendWith(NoLeaks.class)
class LoanTest {
    private static final int KB = 1024;
    private static final int MB = 1024 * KB;
    /** What is announced of a body of which less comes. */
    private static final int ALL = 40 * MB;

    private static final int SOME = 3 * MB;

    /** Lengths about those at which a loan begins to be worth it, and ends. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyByteComesOnceAndTheConnectionServesOn(boolean secure) throws Exception {
        Certificates certificates = Certificates.here();
        try (LongBodies server = secure ? LongBodies.secure(certificates.server()) : LongBodies.plain();
                HttpClient client = HttpClient.builder()
                        .caFile(certificates.pem())
                        .connections(1)
                        .build()) {
            for (int about : List.of(MB, MB + 32 * KB, MB + 256 * KB, MB + 320 * KB, MB + 384 * KB, 5 * MB)) {
                for (int length : new int[] {about - 1, about, about + 1, about + 17 * KB}) {
                    try (StreamedResponse response = client.open(server.get("/a/" + length))) {
                        assertThat(LongBodies.check(response.body())).isEqualTo(length);
                    }
                    assertThat(client.get(server.get("/small")).text()).isEqualTo("good");
                }
            }
            assertThat(server.server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatABodyWasIsToldInTheEvents() throws Exception {
        CompletableFuture<Long> told = new CompletableFuture<>();
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder()
                        .events(event -> {
                            if (event instanceof HttpEvent.Done done) {
                                told.complete(done.bodyBytes());
                            }
                        })
                        .build();
                StreamedResponse response = client.open(server.get("/a/" + SOME))) {
            assertThat(LongBodies.check(response.body())).isEqualTo(SOME);
            assertThat(told.get(10, SECONDS)).isEqualTo(SOME);
        }
    }

    @Test
    void aServerThatFallsSilentIsGivenUpAndTheNextRequestGoesElsewhere() throws Exception {
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().connections(1).build()) {
            Reader reader = new Reader(client.open(server.get().responseTimeout(Duration.ofMillis(300))));
            assertThat(reader.outcome())
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessageContaining("after " + SOME + " of " + ALL + " bytes of the body");
            assertThat(client.get(server.small()).text()).isEqualTo("good");
        }
    }

    @Test
    void aConnectionThatEndsIsToldWithHowFarItCame() throws Exception {
        try (Silent server = new Silent(Peer::hangUp);
                HttpClient client = HttpClient.builder().build()) {
            assertThat(new Reader(client.open(server.get())).outcome())
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("after " + SOME + " of " + ALL + " bytes of the body");
        }
    }

    @Test
    void aConnectionThatIsResetIsToldAsBroken() throws Exception {
        CompletableFuture<Void> waits = new CompletableFuture<>();
        try (Silent server = new Silent(peer -> {
                    waits.join();
                    peer.reset();
                });
                HttpClient client = HttpClient.builder().build()) {
            Reader reader = new Reader(client.open(server.get()));
            reader.awaitLoan();
            waits.complete(null);
            assertThat(reader.outcome()).isInstanceOf(HttpException.Lost.class).hasMessageContaining("broke");
        }
    }

    @Test
    void theDeadlineHoldsForWhoWaits() throws Exception {
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().build()) {
            Reader reader = new Reader(client.open(server.get().deadline(Duration.ofSeconds(1))));
            reader.awaitLoan();
            assertThat(reader.outcome())
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessageContaining("deadline");
        }
    }

    @Test
    void closingTheResponseWakesWhoReadsIt() throws Exception {
        assertEnds(reader -> reader.response.close());
    }

    @Test
    void closingTheClientWakesWhoReads() throws Exception {
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().build()) {
            Reader reader = new Reader(client.open(server.get()));
            reader.awaitLoan();
            Thread.ofVirtual().start(client::close);
            assertThat(reader.outcome()).isInstanceOf(HttpException.Closed.class);
        }
    }

    @Test
    void anInterruptEndsTheReading() throws Exception {
        assertEnds(reader -> reader.thread.interrupt());
    }

    /** Does something to who waits for a silent server: that ends the reading, and the next request is served. */
    private static void assertEnds(Consumer<Reader> deed) throws Exception {
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().connections(1).build()) {
            Reader reader = new Reader(client.open(server.get()));
            reader.awaitLoan();
            deed.accept(reader);
            assertThat(reader.outcome()).isInstanceOf(HttpException.Closed.class);
            assertThat(client.get(server.small()).text()).isEqualTo("good");
        }
    }

    @Test
    void closingWithinTheBodyFromTheReadingThreadEndsTheConnection() throws Exception {
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().connections(1).build()) {
            try (StreamedResponse response = client.open(server.get())) {
                assertThat(response.body().readNBytes(2 * MB)).hasSize(2 * MB);
            }
            assertThat(client.get(server.small()).text()).isEqualTo("good");
            assertThat(server.server.connections()).isEqualTo(2);
        }
    }

    @Test
    void virtualThreadsThatWaitHoldNoOther() throws Exception {
        int many = 4 * Runtime.getRuntime().availableProcessors();
        try (Silent server = new Silent(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().connections(many + 1).build()) {
            List<StreamedResponse> responses = new ArrayList<>();
            List<CompletableFuture<Throwable>> ends = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                StreamedResponse response = client.open(server.get());
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> end.complete(read(response)));
                responses.add(response);
                ends.add(end);
            }
            CompletableFuture<String> other = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    other.complete(client.get(server.small()).text());
                } catch (HttpException e) {
                    other.completeExceptionally(e);
                }
            });
            assertThat(other.get(30, SECONDS)).isEqualTo("good");
            responses.forEach(StreamedResponse::close);
            for (CompletableFuture<Throwable> end : ends) {
                assertThat(end.get(30, SECONDS)).isInstanceOf(HttpException.Closed.class);
            }
        }
    }

    /** Reads to the end; answers why that did not come, null where it did. */
    private static @Nullable Throwable read(StreamedResponse response) {
        try {
            LongBodies.check(response.body());
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    /** A thread that reads a body to its end. */
    private static final class Reader {
        final StreamedResponse response;
        final Thread thread;
        private final CompletableFuture<Throwable> outcome = new CompletableFuture<>();

        Reader(StreamedResponse response) {
            this.response = response;
            this.thread = Thread.ofPlatform().daemon().start(() -> outcome.complete(read(response)));
        }

        /** Waits until it waits at the connection itself. */
        void awaitLoan() throws Exception {
            while (Arrays.stream(thread.getStackTrace())
                    .noneMatch(frame -> frame.getClassName().endsWith("internal.Loan")
                            && frame.getMethodName().equals("await"))) {
                assertThat(outcome).isNotDone();
                LockSupport.parkNanos(1_000_000);
            }
        }

        Throwable outcome() throws InterruptedException, ExecutionException, TimeoutException {
            return outcome.get(30, SECONDS);
        }
    }

    /** A server that sends {@link #SOME} of {@link #ALL} bytes and then does something else. */
    private static final class Silent implements AutoCloseable {
        final ScriptedServer server;

        Silent(ScriptedServer.Script then) throws IOException {
            server = ScriptedServer.start(peer -> {
                for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                    if (request.path().equals("/small")) {
                        peer.answer("good");
                    } else {
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: " + ALL + "\r\n\r\n");
                        LongBodies.write(peer, SOME);
                        then.serve(peer);
                        return;
                    }
                }
            });
        }

        HttpRequest get() {
            return server.get("/long");
        }

        HttpRequest small() {
            return server.get("/small");
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }

    /** All that came was read at once, and then the end: there is nothing left to lend. */
    @Test
    void aConnectionThatEndsBeforeItCouldBeLentCausesNoAlarm() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        int whole = 64 * KB; // What the loop reads at once.
        String head = "HTTP/1.1 200 OK\r\nContent-Length: " + ALL + "\r\n\r\n";
        try (ComplaintLog log = new ComplaintLog();
                ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    PipeliningTest.await(busy);
                    peer.write(head + "x".repeat(whole - head.length()));
                });
                ScriptedServer other = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().build()) {
            CompletableFuture<StreamedResponse> opening = client.startOpen(server.get("/"));
            while (server.seen().isEmpty()) {
                Thread.onSpinWait();
            }
            client.send(other.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    busy.countDown();
                    while (server.ended() == 0) {
                        Thread.onSpinWait();
                    }
                }

                @Override
                public void failed(HttpException why) {
                    throw new AssertionError(why);
                }
            });
            try (StreamedResponse response = opening.get()) {
                assertThat(response.body().readNBytes(whole - head.length())).hasSize(whole - head.length());
                assertThatThrownBy(() -> response.body().read()).isInstanceOf(HttpException.Lost.class);
            }
            client.limits();
            assertThat(log.messages()).isEmpty();
        }
    }
}
