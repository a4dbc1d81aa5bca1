package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes again over HTTP/2 and what does not; what is given up, and whom that hurts. */
@ExtendWith(NoLeaks.class)
final class Http2ReplayTest {
    private static HttpClient.Builder http2() {
        return HttpClient.builder().protocols(Protocol.HTTP_2);
    }

    private static HttpRequest post(ScriptedServer server, String path) {
        return HttpRequest.post(server.uri(path), "body".getBytes(UTF_8));
    }

    /** The first connection is as told, those after it echo. */
    private static ScriptedServer first(FramePeer.Script script) throws Exception {
        return ScriptedServer.start(FramePeer.script(peer -> {
            if (peer.number() == 1) {
                script.serve(peer);
            } else {
                peer.echoOn();
            }
        }));
    }

    @Test
    void whatIsAboveTheLastStreamGoesAgainWhateverItIsAndWhatIsBelowIsAnswered() throws Exception {
        try (ScriptedServer server = first(peer -> {
                    List<FramePeer.Request> requests = peer.requests(4);
                    peer.goAway(requests.get(1).stream(), FramePeer.NO_ERROR);
                    peer.answer(requests.get(1).stream(), "below");
                    peer.answer(requests.get(0).stream(), "below");
                    assertThat(peer.awaitGoAway()).isEqualTo(FramePeer.NO_ERROR);
                });
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/1"), outcomes.next());
            client.send(post(server, "/2"), outcomes.next());
            client.send(server.get("/3"), outcomes.next());
            client.send(post(server, "/4"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(4);
            assertThat(told.stream().map(outcome -> outcome.response().text()))
                    .containsExactly("below", "below", "/3", "/4");
            assertThat(told.get(3).response().timing().sends()).isEqualTo(2);
        }
    }

    /** Takes so many requests of those that are to come, and answers these when all have. */
    private static void takes(FramePeer peer, int most, int in) throws IOException {
        List<FramePeer.Request> requests = peer.requests(in);
        peer.goAway(requests.get(most - 1).stream(), FramePeer.NO_ERROR);
        for (FramePeer.Request request : requests.subList(0, most)) {
            peer.answer(request.stream(), request.path());
        }
        peer.awaitEnd();
    }

    @Test
    void howManyRequestsAConnectionTakesIsLearnedFromTwoThatTookAsMany() throws Exception {
        // Thirty at once: the first connection turns 27 away, the second 24 of these; then it is known to be three.
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    switch (peer.number()) {
                        case 1 -> takes(peer, 3, 30);
                        case 2 -> takes(peer, 3, 27);
                        default -> takes(peer, 3, 3);
                    }
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 30; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(30);
            for (int i = 0; i < 30; i++) {
                HttpResponse response = told.get(i).response();
                assertThat(response.text()).isEqualTo("/" + i);
                assertThat(response.timing().sends()).isEqualTo(i < 3 ? 1 : i < 6 ? 2 : 3);
            }
            assertThat(server.connections()).isEqualTo(10);
        }
    }

    @Test
    void whatOnlyLookedLikeALimitIsForgotten() throws Exception {
        // Two that went away alike, as servers that are started anew: the third is used on when it does not.
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    switch (peer.number()) {
                        case 1 -> takes(peer, 1, 3);
                        case 2 -> takes(peer, 1, 2);
                        default -> peer.echoOn();
                    }
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 3; i++) {
                client.send(server.get("/"), outcomes.next());
            }
            outcomes.await(3)
                    .forEach(told -> assertThat(told.response().status()).isEqualTo(200));
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(server.get("/on")).text()).isEqualTo("/on");
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void aRefusedStreamGoesAgainWhateverItsMethod() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    peer.resetStream(peer.next().stream(), FramePeer.REFUSED_STREAM);
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            HttpResponse response = client.get(post(server, "/refused"));
            assertThat(response.text()).isEqualTo("/refused");
            assertThat(response.timing().sends()).isEqualTo(2);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whoseAnswerHasBegunWasNotRefusedWhateverTheServerSays() throws Exception {
        for (boolean refused : new boolean[] {true, false}) {
            try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                        if (peer.number() > 1) {
                            peer.echoOn();
                            return;
                        }
                        int stream = peer.next().stream();
                        peer.head(stream, ":status", "201");
                        if (refused) {
                            peer.resetStream(stream, FramePeer.REFUSED_STREAM);
                            peer.echoOn();
                        } else {
                            peer.goAway(0, FramePeer.NO_ERROR);
                        }
                    }));
                    HttpClient client = http2().build()) {
                assertThatThrownBy(() -> client.get(HttpRequest.post(server.uri("/once"), new byte[1])))
                        .isInstanceOf(HttpException.OutcomeUnknown.class);
                assertThat(server.seen()).containsExactly("POST /once");
            }
        }
    }

    @Test
    void aServerThatRefusesForEverIsNotAskedForEver() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    for (FramePeer.Request request = peer.request(); request != null; request = peer.request()) {
                        peer.resetStream(request.stream(), FramePeer.REFUSED_STREAM);
                    }
                }));
                HttpClient client = http2().build()) {
            assertThatThrownBy(() -> client.get(server.get("/")))
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("REFUSED_STREAM");
        }
    }

    @Test
    void anotherResetGoesAgainOnlyWhereThatIsHarmless() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    for (FramePeer.Request request : peer.requests(2)) {
                        peer.resetStream(request.stream(), 2);
                    }
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/get"), outcomes.next());
            client.send(post(server, "/post"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(2);
            assertThat(told.get(0).response().text()).isEqualTo("/get");
            assertThat(told.get(1).failure())
                    .isInstanceOf(HttpException.OutcomeUnknown.class)
                    .hasMessageContaining("the server reset the stream (INTERNAL_ERROR)");
        }
    }

    @Test
    void aConnectionThatBreaksIsReplacedAndAPostOnItIsNotSentTwice() throws Exception {
        try (ScriptedServer server = first(peer -> {
                    peer.requests(3);
                    peer.reset();
                });
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/1"), outcomes.next());
            client.send(post(server, "/2"), outcomes.next());
            client.send(server.get("/3"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(3);
            assertThat(told.get(0).response().text()).isEqualTo("/1");
            assertThat(told.get(1).failure()).isInstanceOf(HttpException.OutcomeUnknown.class);
            assertThat(told.get(2).response().text()).isEqualTo("/3");
            assertThat(server.seen().stream().filter("POST /2"::equals)).hasSize(1);
        }
    }

    @Test
    void aCancelledRequestFreesItsPlaceAtOnceAndHurtsNobody() throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        CountDownLatch arrived = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {3, 2}, peer -> {
                    peer.answer(peer.next().stream(), "first");
                    List<FramePeer.Request> two = peer.requests(2);
                    peer.head(two.get(1).stream(), ":status", "200");
                    arrived.countDown();
                    code.complete(peer.next(FramePeer.RST_STREAM).int32(0));
                    // What was under way is no offence.
                    peer.data(two.get(1).stream(), "late", false);
                    FramePeer.Request third = peer.next();
                    peer.answer(third.stream(), "third");
                    peer.answer(two.get(0).stream(), "second");
                    peer.awaitEnd();
                }));
                HttpClient client = http2().connections(1).build()) {
            client.get(server.get("/first"));
            CompletableFuture<HttpResponse> stays = client.start(server.get("/stays"));
            CompletableFuture<HttpResponse> goes = client.start(server.get("/goes"));
            CompletableFuture<HttpResponse> waits = client.start(server.get("/waits"));
            arrived.await();
            goes.cancel(true);
            assertThat(waits.get().text()).isEqualTo("third");
            assertThat(stays.get().text()).isEqualTo("second");
            assertThat(code.get()).isEqualTo(FramePeer.CANCEL);
        }
    }

    @Test
    void aSlowAnswerTimesOutAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    List<FramePeer.Request> two = peer.requests(2);
                    peer.head(two.get(0).stream(), ":status", "200", "content-length", "9");
                    peer.data(two.get(0).stream(), "half", false);
                    assertThat(peer.next(FramePeer.RST_STREAM).int32(0)).isEqualTo(FramePeer.CANCEL);
                    peer.answer(two.get(1).stream(), "good");
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/slow").responseTimeout(Duration.ofMillis(500)), outcomes.next());
            client.send(server.get("/good"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(2);
            assertThat(told.get(0).failure())
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessageContaining("given up after 4 of 9 bytes of the body");
            assertThat(told.get(1).response().text()).isEqualTo("good");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aWindowThatIsNeverOpenedRunsIntoTheDeadline() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {4, 0}, peer -> {
                    peer.next();
                    peer.awaitEnd();
                }));
                HttpClient client =
                        http2().responseTimeout(Duration.ofMillis(300)).build()) {
            assertThatThrownBy(() -> client.get(HttpRequest.post(server.uri("/"), new byte[100_000])))
                    .isInstanceOf(HttpException.TimedOut.class)
                    .hasMessageContaining("before the request was whole");
        }
    }

    @Test
    void aServerInDoubtThatAnswersAPingKeepsItsConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    List<FramePeer.Request> two = peer.requests(2);
                    FramePeer.Frame ping = peer.next(FramePeer.PING);
                    peer.send(FramePeer.PING, FramePeer.ACK, 0, ping.payload());
                    peer.answer(two.get(1).stream(), "good");
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/never").responseTimeout(Duration.ofMillis(300)), outcomes.next());
            client.send(server.get("/good"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(2);
            assertThat(told.get(0).failure()).isInstanceOf(HttpException.TimedOut.class);
            assertThat(told.get(1).response().text()).isEqualTo("good");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anEarlyAnswerIsTheAnswerAndTheRestOfTheRequestIsNotSent() throws Exception {
        CompletableFuture<Integer> code = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int stream = peer.next().stream();
                    peer.answer(stream, "no need");
                    code.complete(peer.next(FramePeer.RST_STREAM).int32(0));
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            assertThat(client.get(HttpRequest.post(server.uri("/large"), new byte[1 << 20]))
                            .text())
                    .isEqualTo("no need");
            assertThat(code.get()).isEqualTo(FramePeer.CANCEL);
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void whatIsTurnedAwayIsAskedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    peer.send(
                            FramePeer.HEADERS,
                            FramePeer.END_HEADERS | FramePeer.END_STREAM,
                            peer.next().stream(),
                            peer.block(":status", "429", "retry-after", "0"));
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            HttpResponse response = client.get(server.get("/busy"));
            assertThat(response.text()).isEqualTo("/busy");
            assertThat(response.timing().throttles()).isEqualTo(1);
        }
    }

    @Test
    void aReaderThatStopsHoldsItsStreamBackAndNoOther() throws Exception {
        int pieces = 400;
        byte[] piece = new byte[16_000];
        CompletableFuture<Integer> sentWhileHeld = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int held = peer.next().stream();
                    peer.head(held, ":status", "200");
                    int sent = 0;
                    for (; (sent + 1) * piece.length <= 1 << 20; sent++) {
                        peer.send(FramePeer.DATA, 0, held, piece);
                    }
                    long window = (1 << 20) - (long) sent * piece.length;
                    FramePeer.Request other = peer.next();
                    peer.answer(other.stream(), "other");
                    sentWhileHeld.complete(sent);
                    for (; sent < pieces; sent++) {
                        while (window < piece.length) {
                            FramePeer.Frame update = peer.next(FramePeer.WINDOW_UPDATE);
                            window += update.stream() == held ? update.int32(0) : 0;
                        }
                        peer.send(FramePeer.DATA, sent == pieces - 1 ? FramePeer.END_STREAM : 0, held, piece);
                        window -= piece.length;
                    }
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build();
                StreamedResponse response = client.open(server.get("/held"))) {
            assertThat(client.get(server.get("/other")).text()).isEqualTo("other");
            assertThat(sentWhileHeld.get()).isLessThan(pieces);
            assertThat(response.body().readAllBytes()).hasSize(pieces * piece.length);
        }
    }
}
