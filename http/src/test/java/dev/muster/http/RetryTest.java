package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoLeaks.class)
final class RetryTest {
    private static final String LATER_AT_ONCE = later(429, "Retry-After: 0");
    private static final String LATER_IN_A_MINUTE = later(429, "Retry-After: 60");

    /** Keeps all events, and those of throttling apart. */
    private static final class Seen implements Consumer<HttpEvent> {
        final List<HttpEvent> all = new ArrayList<>();
        final BlockingQueue<HttpEvent.Throttled> throttled = new LinkedBlockingQueue<>();

        @Override
        public void accept(HttpEvent event) {
            all.add(event);
            if (event instanceof HttpEvent.Throttled throttle) {
                throttled.add(throttle);
            }
        }
    }

    private static String later(int status, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Later\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head + "Content-Length: 6\r\n\r\nlater.";
    }

    /** Turns the first request away with this answer and answers all that follow. */
    private static ScriptedServer turningAwayOnce(String answer) throws Exception {
        return ScriptedServer.start(peer -> {
            if (peer.number == 1) {
                peer.next();
                peer.write(answer);
            }
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                peer.answer(request.path());
            }
        });
    }

    private static ScriptedServer turningAway(String answer) throws Exception {
        return ScriptedServer.start(peer -> {
            while (peer.read() != null) {
                peer.write(answer);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Retry-After: 1",
                "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:38 GMT"
            })
    void aGetIsAskedAgainWhenRetryAfterIsOver(String header) throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer server = turningAwayOnce(later(429, header));
                HttpClient client = HttpClient.builder().events(seen).build()) {
            HttpResponse response = client.get(server.get("/a"));
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.text()).isEqualTo("/a");
            assertThat(response.timing().sends()).isEqualTo(2);
            assertThat(response.timing().throttles()).isEqualTo(1);
            assertThat(server.seen()).containsExactly("GET /a", "GET /a");
            assertThat(server.connections()).isEqualTo(1);
            HttpEvent.Throttled throttled = seen.throttled.take();
            assertThat(throttled.status()).isEqualTo(429);
            assertThat(throttled.waitNanos()).isEqualTo(1_000_000_000L);
        }
    }

    @Test
    void withoutRetryAfterItIsAskedAgainAfterAShortRandomWait() throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer server = turningAwayOnce(later(503));
                HttpClient client = HttpClient.builder().events(seen).build()) {
            assertThat(client.get(HttpRequest.of("DELETE", server.uri("/a"))).status())
                    .isEqualTo(200);
            HttpEvent.Throttled throttled = seen.throttled.take();
            assertThat(throttled.status()).isEqualTo(503);
            assertThat(throttled.waitNanos()).isBetween(0L, 200_000_000L);
        }
    }

    @Test
    void aServerThatHangsUpWithItsThrottleIsAskedOverAnotherConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    if (peer.number == 1) {
                        peer.write(later(503, "Connection: close", "Retry-After: 0"));
                    } else {
                        peer.answer("here");
                        peer.awaitEnd();
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(server.get("/a")).text()).isEqualTo("here");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aCloudsOwnWayOfTurningAwayIsHeededAndOtherFailuresAreNot() throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 500 Oh\r\nContent-Length: 13\r\n\r\nLimitExceeded");
                    peer.answer(peer.next().path());
                    peer.next();
                    peer.write("HTTP/1.1 500 Oh\r\nContent-Length: 6\r\n\r\nBroken");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder()
                        .throttle(response -> response.text().equals("LimitExceeded"))
                        .events(seen)
                        .build()) {
            assertThat(client.get(server.get("/a")).text()).isEqualTo("/a");
            assertThat(seen.throttled.take().status()).isEqualTo(500);
            assertThat(client.get(server.get("/b")).text()).isEqualTo("Broken");
            OriginLimit limit = client.limits().getFirst();
            assertThat(limit.why()).isEqualTo(OriginLimit.Reason.THROTTLED);
            assertThat(limit.throttles()).isEqualTo(1);
            assertThat(limit.explanation()).contains("1 in flight over 1 connection: turned away 1 time");
        }
        assertThat(seen.all)
                .anyMatch(event -> event instanceof HttpEvent.Limited limited
                        && limited.limit().why() == OriginLimit.Reason.THROTTLED);
    }

    @Test
    void whatTheCloudItselfSaysWasNotDoneGoesAgainWhateverItsMethod() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 500 Oh\r\nContent-Length: 13\r\n\r\nLimitExceeded");
                    peer.answer(peer.next().path());
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder()
                        .throttle(response -> response.text().equals("LimitExceeded"))
                        .build()) {
            HttpRequest post = HttpRequest.of("POST", server.uri("/order")).body("1".getBytes(UTF_8));
            assertThat(client.get(post).text()).isEqualTo("/order");
        }
    }

    @Test
    void aPostIsNeverAskedAgain() throws Exception {
        try (ScriptedServer server = turningAway(LATER_AT_ONCE);
                HttpClient client = HttpClient.builder().build()) {
            HttpResponse response = client.get(HttpRequest.post(server.uri("/p"), "x".getBytes(UTF_8)));
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.timing().sends()).isEqualTo(1);
            assertThat(server.seen()).containsExactly("POST /p");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void theLastAnswerIsTheResponse(int retries) throws Exception {
        try (ScriptedServer server = turningAway(LATER_AT_ONCE);
                HttpClient client = HttpClient.builder().retries(retries).build()) {
            HttpResponse response = client.get(server.get("/a"));
            assertThat(response.status()).isEqualTo(429);
            assertThat(response.text()).isEqualTo("later.");
            assertThat(response.timing().sends()).isEqualTo(1 + retries);
            assertThat(response.timing().throttles()).isEqualTo(retries);
            assertThat(server.seen()).hasSize(1 + retries);
        }
    }

    @Test
    void aRetryAfterAboveTheBoundIsForTheCaller() throws Exception {
        try (ScriptedServer server = turningAway(later(503, "Retry-After: 61"));
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(server.get("/a")).headers().first("Retry-After"))
                    .isEqualTo("61");
            // Nor does anybody else wait for so long.
            assertThat(client.get(server.get("/b")).status()).isEqualTo(503);
            assertThat(server.seen()).containsExactly("GET /a", "GET /b");
        }
    }

    @Test
    void aRetryAfterBeyondTheDeadlineIsForTheCaller() throws Exception {
        try (ScriptedServer server = turningAway(LATER_IN_A_MINUTE);
                HttpClient client = HttpClient.builder().build()) {
            HttpRequest request = server.get("/a").deadline(Duration.ofSeconds(55));
            assertThat(client.get(request).status()).isEqualTo(429);
            assertThat(server.seen()).containsExactly("GET /a");
        }
    }

    @Test
    void whenTheBudgetIsSpentAnswersArriveAsTheyAre() throws Exception {
        try (ScriptedServer server = turningAway(LATER_AT_ONCE);
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(1).build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get(server.get("/" + i)).status()).isEqualTo(429);
            }
            assertThat(server.seen()).hasSize(20 + 11);
            assertThat(server.seen().subList(27, 31)).containsExactly("GET /16", "GET /17", "GET /18", "GET /19");
        }
    }

    @Test
    void oneThatWaitsToBeAskedAgainCanBeCancelled() throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer server = turningAway(LATER_IN_A_MINUTE);
                HttpClient client = HttpClient.builder().events(seen).build()) {
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange exchange = client.send(server.get("/a"), outcomes.next());
            seen.throttled.take();
            exchange.cancel();
            assertThat(outcomes.await(1).getFirst().failure()).isInstanceOf(HttpException.Closed.class);
            assertThat(server.seen()).containsExactly("GET /a");
        }
    }

    @Test
    void closingFailsWhatWaitsToBeAskedAgainAndWhatThePauseHolds() throws Exception {
        Seen seen = new Seen();
        Outcomes outcomes = new Outcomes();
        try (ScriptedServer server = turningAway(LATER_IN_A_MINUTE)) {
            try (HttpClient client = HttpClient.builder().events(seen).build()) {
                client.send(server.get("/a"), outcomes.next());
                seen.throttled.take();
                client.send(server.get("/b"), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(2)) {
                assertThat(outcome.failure()).isInstanceOf(HttpException.Closed.class);
            }
            assertThat(server.seen()).containsExactly("GET /a");
        }
    }

    @Test
    void theDeadlineHoldsForWhatWaitsToBeAskedAgainAndForWhatThePauseHolds() throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.answer(peer.next().path());
                    peer.read(2);
                    // In one piece: the first would go again at once, were it not for the second.
                    peer.write(LATER_AT_ONCE + LATER_IN_A_MINUTE);
                    while (peer.read() != null) {
                        // Should anything come, it is seen.
                    }
                });
                HttpClient client = HttpClient.builder()
                        .connections(1)
                        .pipeline(2)
                        .events(seen)
                        .build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            HttpRequest request = server.get("/a").deadline(Duration.ofSeconds(1));
            client.send(request, outcomes.next());
            HttpClient.Exchange other = client.send(server.get("/b"), outcomes.next());
            seen.throttled.take();
            seen.throttled.take();
            client.send(server.get("/c").deadline(Duration.ofMillis(50)), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(2);
            assertThat(told.get(0).failure()).isInstanceOf(HttpException.TimedOut.class);
            assertThat(told.get(2).failure()).isInstanceOf(HttpException.TimedOut.class);
            other.cancel();
            outcomes.await(1);
            assertThat(server.seen()).containsExactly("GET /first", "GET /a", "GET /b");
        }
    }

    @Test
    void aRetryAfterPausesAllRequestsToTheOrigin() throws Exception {
        Seen seen = new Seen();
        Outcomes outcomes = new Outcomes();
        HttpEvent.Throttled throttled;
        try (ScriptedServer server = turningAwayOnce(later(429, "Retry-After: 1"));
                HttpClient client = HttpClient.builder().events(seen).build()) {
            client.send(server.get("/a"), outcomes.next());
            throttled = seen.throttled.take();
            for (int i = 0; i < 20; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(21)) {
                assertThat(outcome.response().status()).isEqualTo(200);
            }
        }
        assertThat(seen.all.subList(seen.all.indexOf(throttled), seen.all.size()).stream()
                        .filter(HttpEvent.Sent.class::isInstance))
                .hasSize(21)
                .allMatch(sent -> sent.nanos() - throttled.nanos() >= throttled.waitNanos());
    }

    @Test
    void otherOriginsAreNotPaused() throws Exception {
        Seen seen = new Seen();
        try (ScriptedServer busy = turningAway(LATER_IN_A_MINUTE);
                ScriptedServer other = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().events(seen).build()) {
            client.send(busy.get("/a"), new Outcomes().next());
            seen.throttled.take();
            assertThat(client.get(other.get("/b")).text()).isEqualTo("/b");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void afterAThrottleHalfAsManyAreInFlightAndOneMoreAfterEachGoodRound(int pipeline) throws Exception {
        Seen seen = new Seen();
        int most = 4 * pipeline;
        CountDownLatch allRead = new CountDownLatch(4);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    allRead.countDown();
                    PipeliningTest.await(allRead);
                    peer.write(LATER_AT_ONCE);
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder()
                        .connections(4)
                        .pipeline(pipeline)
                        .events(seen)
                        .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 200; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(200)) {
                assertThat(outcome.response().status()).isEqualTo(200);
            }
        }
        int inFlight = 0;
        int mostSeen = 0;
        int limit = most;
        int peak = 0;
        int good = 0;
        boolean throttledOnce = false;
        for (HttpEvent event : seen.all) {
            switch (event) {
                case HttpEvent.Sent sent -> {
                    inFlight++;
                    peak = Math.max(peak, inFlight);
                    if (throttledOnce) {
                        mostSeen = Math.max(mostSeen, inFlight);
                        assertThat(inFlight).isLessThanOrEqualTo(limit);
                    }
                }
                case HttpEvent.Throttled throttled -> {
                    inFlight--;
                    // All had been written by the time of the first, so that only that one counts.
                    limit = throttledOnce ? limit : peak / 2;
                    throttledOnce = true;
                }
                case HttpEvent.Done done -> {
                    inFlight--;
                    if (limit < most && ++good >= limit) {
                        limit++;
                        good = 0;
                    }
                }
                default -> {}
            }
        }
        assertThat(limit).isEqualTo(most);
        assertThat(mostSeen).isEqualTo(most);
    }
}
