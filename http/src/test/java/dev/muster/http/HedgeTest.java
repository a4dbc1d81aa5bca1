package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow requests that are written a second time. Who is slow, is so until the test says otherwise. */
@ExtendWith(NoLeaks.class)
final class HedgeTest {
    /** Longer than an answer of an idle server takes on a busy machine. */
    private static final Duration FLOOR = Duration.ofMillis(50);

    /** Answers before anything is known to be slow, and what they pay for. */
    private static final int EASY = 60;

    private final ConcurrentLinkedQueue<HttpEvent> events = new ConcurrentLinkedQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    /** What happens to a copy of a request for {@code /slow…}, counted from 1. */
    private interface Slow {
        void serve(Peer peer, Peer.Request request, int copy) throws IOException;
    }

    private static ScriptedServer server(Slow slow) throws IOException {
        Map<String, Integer> copies = new ConcurrentHashMap<>();
        return ScriptedServer.start(peer -> {
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                if (request.path().startsWith("/slow")) {
                    slow.serve(peer, request, copies.merge(request.path(), 1, Integer::sum));
                } else {
                    peer.answer(request.path());
                }
            }
        });
    }

    private HttpClient.Builder builder() {
        return HttpClient.builder().connections(30).hedge(FLOOR).events(events::add);
    }

    /** A client that knows how fast this server is. */
    private HttpClient client(ScriptedServer server) throws HttpException {
        HttpClient client = builder().build();
        for (int i = 0; i < EASY; i++) {
            client.get(server.get("/easy"));
        }
        return client;
    }

    private static long copies(ScriptedServer server, String seen) {
        return Collections.frequency(server.seen(), seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void aStuckAnswerIsAskedForOnAnotherConnectionAndToldOnce(String method) throws Exception {
        try (ScriptedServer server = server((peer, request, copy) -> {
                    if (copy == 1) {
                        PipeliningTest.await(over);
                    }
                    String body = "from " + peer.number;
                    peer.write(
                            request.method().equals("HEAD")
                                    ? "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"
                                    : Peer.response(body));
                });
                HttpClient client = client(server)) {
            Outcomes outcomes = new Outcomes();
            client.send(HttpRequest.of(method, server.uri("/slow")), outcomes.next());
            HttpResponse answer = outcomes.await(1).getFirst().response();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.timing().sends()).isEqualTo(1);
            assertThat(copies(server, method + " /slow")).isEqualTo(2);
            assertThat(client.limits().getFirst().hedges()).isPositive();
            over.countDown();
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(outcomes.left()).isZero();
            HttpEvent.Hedged hedged = last(HttpEvent.Hedged.class);
            assertThat(hedged.waitedNanos()).isGreaterThanOrEqualTo(FLOOR.toNanos());
            assertThat(events.stream()
                            .filter(HttpEvent.Sent.class::isInstance)
                            .map(HttpEvent.Sent.class::cast)
                            .filter(event -> event.request() == hedged.request())
                            .map(HttpEvent.Sent::connection))
                    .hasSize(1)
                    .doesNotContain(hedged.connection());
        }
        EventsTest.checkRequests(events, EASY + 2);
    }

    @Test
    void onHttp2TheLosingStreamIsReset() throws Exception {
        CountDownLatch reset = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int stuck = 0;
                    for (FramePeer.Request request = peer.request(); request != null; request = peer.request()) {
                        if (!request.path().equals("/slow")) {
                            peer.answer(request.stream(), request.path());
                        } else if (stuck == 0) {
                            stuck = request.stream();
                        } else {
                            peer.answer(request.stream(), "second");
                            FramePeer.Frame ended = peer.next(FramePeer.RST_STREAM);
                            if (ended.stream() == stuck && ended.int32(0) == FramePeer.CANCEL) {
                                reset.countDown();
                            }
                        }
                    }
                }));
                HttpClient client = builder().protocols(Protocol.HTTP_2).build()) {
            for (int i = 0; i < EASY; i++) {
                client.get(server.get("/easy"));
            }
            assertThat(client.get(server.get("/slow")).text()).isEqualTo("second");
            reset.await();
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
        }
        EventsTest.checkRequests(events, EASY + 2);
    }

    @Test
    void whatIsNotSafeIsNeverWrittenTwice() throws Exception {
        CountDownLatch held = new CountDownLatch(3);
        try (ScriptedServer server = server((peer, request, copy) -> {
                    if (copy == 1 || request.path().length() > "/slow".length()) {
                        held.countDown();
                        PipeliningTest.await(over);
                    }
                    peer.answer("copy " + copy);
                });
                HttpClient client = client(server)) {
            Outcomes outcomes = new Outcomes();
            client.send(HttpRequest.post(server.uri("/slow/post"), new byte[1]), outcomes.next());
            client.send(HttpRequest.of("PUT", server.uri("/slow/put")).body(new byte[1]), outcomes.next());
            client.send(HttpRequest.of("DELETE", server.uri("/slow/delete")), outcomes.next());
            PipeliningTest.await(held);
            // Slow later than all of these, and written twice all the same.
            assertThat(client.get(server.get("/slow")).text()).isEqualTo("copy 2");
            over.countDown();
            for (Outcomes.Outcome outcome : outcomes.await(3)) {
                assertThat(outcome.response().text()).isEqualTo("copy 1");
            }
        }
        EventsTest.checkRequests(events, EASY + 4);
    }

    @Test
    void theLosersFailureIsUnseen() throws Exception {
        try (ScriptedServer server = server((peer, request, copy) -> {
                    if (copy == 1) {
                        PipeliningTest.await(over);
                        peer.reset();
                    } else {
                        peer.answer("copy " + copy);
                    }
                });
                HttpClient client = client(server)) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/slow"), outcomes.next());
            assertThat(outcomes.await(1).getFirst().response().text()).isEqualTo("copy 2");
            over.countDown();
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(outcomes.left()).isZero();
        }
        EventsTest.checkRequests(events, EASY + 2);
    }

    @Test
    void whereEitherCopyFailsTheOtherIsTheAnswer() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        try (ScriptedServer server = server((peer, request, copy) -> {
                    boolean firstFails = request.path().equals("/slow/first");
                    if (copy == 1) {
                        PipeliningTest.await(firstFails ? second : gone);
                    } else if (firstFails) {
                        second.countDown();
                        PipeliningTest.await(over);
                    }
                    if (firstFails == (copy == 1)) {
                        peer.reset();
                        gone.countDown();
                    } else {
                        peer.answer("copy " + copy);
                    }
                });
                HttpClient client = client(server)) {
            assertThat(client.get(server.get("/slow/second")).text()).isEqualTo("copy 1");
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/slow/first"), outcomes.next());
            PipeliningTest.await(second);
            // The reset is noticed before the answer is allowed to come.
            while (events.stream().noneMatch(HedgeTest::isReset)) {
                Thread.onSpinWait();
            }
            over.countDown();
            HttpResponse answer = outcomes.await(1).getFirst().response();
            assertThat(answer.text()).isEqualTo("copy 2");
            assertThat(copies(server, "GET /slow/first")).isEqualTo(2);
            assertThat(copies(server, "GET /slow/second")).isEqualTo(2);
        }
        EventsTest.checkRequests(events, EASY + 2);
    }

    private static boolean isReset(HttpEvent event) {
        return event instanceof HttpEvent.Disconnected ended && ended.why().contains("broke");
    }

    @Test
    void whoGivesUpIsToldOnceAndBothCopiesAreGivenUp() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (ScriptedServer server = server((peer, request, copy) -> {
                    both.countDown();
                    PipeliningTest.await(over);
                    peer.answer("late");
                });
                HttpClient client = client(server)) {
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange exchange = client.send(server.get("/slow"), outcomes.next());
            PipeliningTest.await(both);
            exchange.cancel();
            exchange.cancel();
            assertThat(outcomes.await(1).getFirst().failure()).isInstanceOf(HttpException.Closed.class);
            client.send(server.get("/slow/too").deadline(FLOOR.multipliedBy(3)), outcomes.next());
            assertThat(outcomes.await(1).get(1).failure()).isInstanceOf(HttpException.TimedOut.class);
            over.countDown();
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(outcomes.left()).isZero();
        }
        EventsTest.checkRequests(events, EASY + 3);
    }

    @Test
    void closingEndsBothCopiesAndTellsOnce() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (ScriptedServer server = server((peer, request, copy) -> {
            both.countDown();
            peer.awaitEnd();
        })) {
            Outcomes outcomes = new Outcomes();
            try (HttpClient client = client(server)) {
                client.send(server.get("/slow"), outcomes.next());
                PipeliningTest.await(both);
            }
            assertThat(outcomes.await(1).getFirst().failure()).isInstanceOf(HttpException.Closed.class);
            assertThat(outcomes.left()).isZero();
        }
        EventsTest.checkRequests(events, EASY + 1);
    }

    @Test
    void noMoreThanOneInTwentyIsWrittenTwiceHoweverManyAreSlow() throws Exception {
        try (ScriptedServer server = server((peer, request, copy) -> {
                    if (copy == 1) {
                        PipeliningTest.await(over);
                    }
                    peer.answer("copy " + copy);
                });
                HttpClient client = client(server)) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 20; i++) {
                client.send(server.get("/slow/" + i), outcomes.next());
            }
            outcomes.await(1);
            over.countDown();
            outcomes.await(19);
            long hedges = client.limits().getFirst().hedges();
            assertThat(hedges).isBetween(1L, (EASY + 20) / 20L);
            assertThat(hedges)
                    .isEqualTo(events.stream()
                            .filter(HttpEvent.Hedged.class::isInstance)
                            .count());
        }
        EventsTest.checkRequests(events, EASY + 20);
    }

    @Test
    void anOriginThatTurnsRequestsAwayIsAskedNothingTwiceUntilItCopes() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(10);
        CountDownLatch release = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        switch (request.path()) {
                            case "/busy" -> peer.write("HTTP/1.1 429 Later\r\nContent-Length: 0\r\n\r\n");
                            case "/held" -> {
                                held.countDown();
                                PipeliningTest.await(release);
                                peer.answer("/held");
                            }
                            case "/slow" -> {
                                if (stuck.getCount() > 0) {
                                    stuck.countDown();
                                    PipeliningTest.await(over);
                                }
                                peer.answer("/slow");
                            }
                            default -> peer.answer(request.path());
                        }
                    }
                });
                HttpClient client = builder().retries(0).build()) {
            for (int i = 0; i < EASY; i++) {
                client.get(server.get("/easy"));
            }
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 10; i++) {
                client.send(HttpRequest.of("PUT", server.uri("/held")), outcomes.next());
            }
            PipeliningTest.await(held);
            // Half of what is in flight now is what remains.
            assertThat(client.get(server.get("/busy")).status()).isEqualTo(429);
            assertThat(client.limits().getFirst().why()).isEqualTo(OriginLimit.Reason.THROTTLED);
            release.countDown();
            outcomes.await(10);
            client.send(server.get("/slow"), outcomes.next());
            PipeliningTest.await(stuck);
            while (copies(server, "GET /slow") < 2) {
                Outcomes easy = new Outcomes();
                for (int i = 0; i < 40; i++) {
                    client.send(server.get("/easy"), easy.next());
                }
                easy.await(40);
            }
            outcomes.await(1);
            over.countDown();
        }
        List<HttpEvent> order = List.copyOf(events);
        HttpEvent copes = order.stream()
                .filter(event -> event instanceof HttpEvent.Limited limited
                        && limited.limit().why() == OriginLimit.Reason.GIVEN)
                .findFirst()
                .orElseThrow();
        assertThat(order.indexOf(last(HttpEvent.Hedged.class))).isGreaterThan(order.indexOf(copes));
    }

    private <E extends HttpEvent> E last(Class<E> kind) {
        return events.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((one, next) -> next)
                .orElseThrow();
    }

    @Test
    void aSlowRequestIsWaitedForSomeTime() {
        assertThatThrownBy(() -> HttpClient.builder().hedge(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
