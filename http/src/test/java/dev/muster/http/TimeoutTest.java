package dev.muster.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class TimeoutTest {
    @Test
    void aStalledAnswerTimesOutAndThoseBehindItAreAnsweredElsewhere() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/stall")) {
                            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal");
                            peer.awaitEnd();
                            return;
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(4).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/stall").responseTimeout(Duration.ofMillis(200)), outcomes.next());
            for (int i = 1; i < 4; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(4);
            assertThat(told.get(0).failure())
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessage("GET " + server.uri("/stall")
                            + ": no whole answer within 200 ms, given up after 3 of 10 bytes of the body");
            for (int i = 1; i < 4; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void anAnswerThatDripsForEverTimesOut() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.read();
                    peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                    while (true) {
                        peer.write("1\r\nx\r\n");
                        LockSupport.parkNanos(5_000_000);
                    }
                });
                HttpClient client = HttpClient.builder()
                        .responseTimeout(Duration.ofMillis(200))
                        .build()) {
            assertThatThrownBy(() -> client.get(server.get("/"))).isInstanceOf(HttpException.TimedOut.class);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void waitingBehindAnotherRequestDoesNotCount() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/slow")) {
                            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(2).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/slow"), outcomes.next());
            // One stands behind it on the connection, one waits in the queue.
            for (int i = 0; i < 2; i++) {
                client.send(server.get("/quick").responseTimeout(Duration.ofSeconds(1)), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(3);
            for (Outcomes.Outcome outcome : told) {
                assertThat(outcome.response().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void theDeadlineHoldsForTheWholeQueueIncluded() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.read();
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 3; i++) {
                client.send(server.get("/" + i).deadline(Duration.ofMillis(200)), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(3)) {
                assertThat(outcome.failure())
                        .isInstanceOf(HttpException.TimedOut.class)
                        .hasMessageEndingWith(": no answer within the deadline of 200 ms");
            }
            assertThat(server.seen()).isEqualTo(List.of("GET /0"));
        }
    }

    @Test
    void aHandshakeThatStallsIsUnreachable() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::awaitEnd);
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofMillis(300))
                        .build()) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertThatThrownBy(() -> client.get(HttpRequest.get(uri)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("no connection within 300 ms");
        }
    }

    @Test
    void aDeadlineOfAnyLengthAgoHasPassed() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().build()) {
            for (Duration ago : List.of(Duration.ofDays(-200_000), Duration.ofSeconds(Long.MIN_VALUE))) {
                assertThat(client.start(server.get("/").deadline(ago)))
                        .failsWithin(10, SECONDS)
                        .withThrowableOfType(ExecutionException.class)
                        .withCauseInstanceOf(HttpException.TimedOut.class);
            }
        }
    }

    /** Who waited for the source is the loop, however busy it was when the source went on. */
    @Test
    void aSlowSourceIsNeverTheServersDelay() throws Exception {
        Duration timeout = Duration.ofMillis(200);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch busy = new CountDownLatch(1);
        InputStream slow = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int from, int count) {
                bytes[from] = 'x';
                reads++;
                if (reads == 2) {
                    waiting.countDown();
                    PipeliningTest.await(goOn);
                } else if (reads == 3) {
                    given.countDown();
                    PipeliningTest.await(busy);
                }
                return reads == 3 ? -1 : 1;
            }
        };
        try (ScriptedServer server =
                        ScriptedServer.start(peer -> peer.answer(peer.next().body()));
                ScriptedServer other = ScriptedServer.echo();
                HttpClient client =
                        HttpClient.builder().responseTimeout(timeout).build()) {
            HttpRequest put = HttpRequest.of("PUT", server.uri("/")).body(BodySource.stream(slow, -1));
            CompletableFuture<HttpResponse> answer = client.start(put);
            waiting.await();
            pass(timeout);
            client.send(other.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    goOn.countDown();
                    PipeliningTest.await(given);
                    pass(timeout);
                    busy.countDown();
                }

                @Override
                public void failed(HttpException why) {
                    throw new AssertionError(why);
                }
            });
            assertThat(answer.get().text()).isEqualTo("xx");
        }
    }

    /** Longer than that. */
    private static void pass(Duration time) {
        long begun = System.nanoTime();
        while (System.nanoTime() - begun < time.toNanos() * 3 / 2) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
