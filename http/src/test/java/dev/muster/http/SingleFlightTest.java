package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Equal requests that share one answer. The server counts how often each path was asked for, and waits to be released. */
@ExtendWith(NoLeaks.class)
final class SingleFlightTest {
    private final ConcurrentLinkedQueue<HttpEvent> events = new ConcurrentLinkedQueue<>();
    private final CountDownLatch release = new CountDownLatch(1);

    /** Answers {@code /held…} when released, with how often it was asked for that. */
    private ScriptedServer server() throws Exception {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        return ScriptedServer.start(peer -> {
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                int time = times.merge(request.path(), 1, Integer::sum);
                if (request.path().startsWith("/held")) {
                    PipeliningTest.await(release);
                }
                if (request.path().endsWith("/lost")) {
                    peer.reset();
                    return;
                }
                peer.answer("time " + time);
            }
        });
    }

    private HttpClient client() {
        return HttpClient.builder()
                .connections(10)
                .singleFlight()
                .events(events::add)
                .build();
    }

    /** Waits until the engine knows of everything that was sent so far. */
    private static void settle(HttpClient client) {
        client.limits();
    }

    @Test
    void equalRequestsAreSentOnceAndEachIsTold() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 10; i++) {
                client.send(server.get("/held").header("Accept", "text/plain"), outcomes.next());
            }
            settle(client);
            release.countDown();
            List<Outcomes.Outcome> told = outcomes.await(10);
            for (int i = 0; i < 10; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("time 1");
                assertThat(told.get(i).response().timing().sends()).isEqualTo(i == 0 ? 1 : 0);
            }
            assertThat(server.seen()).containsExactly("GET /held");
            // What is over is not shared.
            assertThat(client.get(server.get("/held")).text()).isEqualTo("time 2");
        }
        EventsTest.checkRequests(events, 11);
        assertThat(events.stream().filter(HttpEvent.Shared.class::isInstance)).hasSize(9);
        assertThat(events.stream().filter(HttpEvent.Sent.class::isInstance)).hasSize(2);
    }

    @Test
    void whatDiffersInAnythingThatMattersIsAskedForApart() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            HttpRequest request = server.get("/held").header("Accept", "text/plain");
            List<HttpRequest> different = List.of(
                    request,
                    server.get("/held?page=2").header("Accept", "text/plain"),
                    HttpRequest.of("HEAD", server.uri("/held")).header("Accept", "text/plain"),
                    server.get("/held").header("Accept", "text/html"),
                    server.get("/held").header("accept", "text/plain").header("Authorization", "me"),
                    request.responseTimeout(Duration.ofSeconds(50)),
                    request.body(new byte[] {1}));
            for (HttpRequest one : different) {
                client.send(one, outcomes.next());
            }
            client.send(server.get("/held").header("accept", "text/plain"), outcomes.next());
            settle(client);
            release.countDown();
            outcomes.await(different.size() + 1);
            assertThat(server.seen()).hasSize(different.size());
        }
        EventsTest.checkRequests(events, 8);
    }

    @Test
    void whoeverGivesUpTheOthersGetTheirAnswer() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange first = client.send(server.get("/held"), outcomes.next());
            HttpClient.Exchange second = client.send(server.get("/held"), outcomes.next());
            client.send(server.get("/held").deadline(Duration.ofMillis(1)), outcomes.next());
            client.send(server.get("/held"), outcomes.next());
            assertThat(outcomes.await(1).get(2).failure()).isInstanceOf(HttpException.TimedOut.class);
            first.cancel();
            assertThat(outcomes.await(1).get(0).failure()).isInstanceOf(HttpException.Closed.class);
            second.cancel();
            assertThat(outcomes.await(1).get(1).failure()).isInstanceOf(HttpException.Closed.class);
            release.countDown();
            assertThat(outcomes.await(1).get(3).response().text()).isEqualTo("time 1");
            assertThat(outcomes.left()).isZero();
        }
        EventsTest.checkRequests(events, 4);
    }

    @Test
    void whereAllGiveUpNothingIsSharedAnyLonger() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            List<HttpClient.Exchange> exchanges = List.of(
                    client.send(server.get("/held"), outcomes.next()),
                    client.send(server.get("/held"), outcomes.next()));
            while (server.seen().isEmpty()) {
                Thread.onSpinWait();
            }
            exchanges.forEach(HttpClient.Exchange::cancel);
            outcomes.await(2);
            client.send(server.get("/held"), outcomes.next());
            settle(client);
            release.countDown();
            assertThat(outcomes.await(1).get(2).response().text()).isEqualTo("time 2");
        }
        EventsTest.checkRequests(events, 3);
    }

    @Test
    void aFailureIsEverybodysAndEachHasItsOwn() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 3; i++) {
                client.send(server.get("/held/lost"), outcomes.next());
            }
            settle(client);
            release.countDown();
            List<Outcomes.Outcome> told = outcomes.await(3);
            for (Outcomes.Outcome outcome : told) {
                assertThat(outcome.failure())
                        .isInstanceOf(HttpException.Lost.class)
                        .hasMessage(told.getFirst().failure().getMessage());
            }
            assertThat(told.stream().map(Outcomes.Outcome::failure).distinct()).hasSize(3);
        }
        EventsTest.checkRequests(events, 3);
    }

    @Test
    void whoHasChangedSomethingIsNotShownHowItWasBefore() throws Exception {
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/held"), outcomes.next());
            client.send(HttpRequest.post(server.uri("/held/change"), new byte[1]), outcomes.next());
            client.send(server.get("/held"), outcomes.next());
            client.send(server.get("/held"), outcomes.next());
            settle(client);
            release.countDown();
            outcomes.await(4);
            assertThat(server.seen()).containsExactlyInAnyOrder("GET /held", "POST /held/change", "GET /held");
        }
        EventsTest.checkRequests(events, 4);
    }

    @Test
    void norWhatWasAskedForWhileItWasBeingChanged() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        PipeliningTest.await(request.method().equals("POST") ? changed : release);
                        peer.answer(request.path());
                    }
                });
                HttpClient client = client()) {
            Outcomes change = new Outcomes();
            Outcomes outcomes = new Outcomes();
            client.send(HttpRequest.post(server.uri("/change"), new byte[1]), change.next());
            client.send(server.get("/read"), outcomes.next());
            settle(client);
            changed.countDown();
            change.await(1);
            client.send(server.get("/read"), outcomes.next());
            settle(client);
            release.countDown();
            outcomes.await(2);
            assertThat(server.seen()).containsExactlyInAnyOrder("POST /change", "GET /read", "GET /read");
        }
        EventsTest.checkRequests(events, 3);
    }

    @Test
    void whatIsReadAsItComesIsNeverShared() throws Exception {
        release.countDown();
        try (ScriptedServer server = server();
                HttpClient client = client()) {
            try (StreamedResponse one = client.open(server.get("/a"));
                    StreamedResponse other = client.open(server.get("/a"));
                    InputStream first = one.body();
                    InputStream second = other.body()) {
                assertThat(List.of(text(first), text(second))).containsExactlyInAnyOrder("time 1", "time 2");
            }
        }
        EventsTest.checkRequests(events, 2);
    }

    private static String text(InputStream body) throws Exception {
        return new String(body.readAllBytes(), StandardCharsets.US_ASCII);
    }

    @Test
    void aSharedRequestIsHedgedAsAnyOther() throws Exception {
        Map<String, Integer> times = new ConcurrentHashMap<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/slow") && times.merge("/slow", 1, Integer::sum) == 1) {
                            PipeliningTest.await(release);
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder()
                        .connections(4)
                        .singleFlight()
                        .hedge(Duration.ofMillis(50))
                        .events(events::add)
                        .build()) {
            for (int i = 0; i < 40; i++) {
                client.get(server.get("/easy"));
            }
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange first = client.send(server.get("/slow"), outcomes.next());
            client.send(server.get("/slow"), outcomes.next());
            first.cancel();
            assertThat(outcomes.await(2).get(1).response().text()).isEqualTo("/slow");
            release.countDown();
        }
        EventsTest.checkRequests(events, 42);
    }

    @Test
    void closingFailsAllWhoWait() throws Exception {
        try (ScriptedServer server = server()) {
            Outcomes outcomes = new Outcomes();
            try (HttpClient client = client()) {
                client.send(server.get("/held"), outcomes.next());
                client.send(server.get("/held"), outcomes.next());
                settle(client);
            }
            for (Outcomes.Outcome outcome : outcomes.await(2)) {
                assertThat(outcome.failure()).isInstanceOf(HttpException.Closed.class);
            }
            release.countDown();
        }
        EventsTest.checkRequests(events, 2);
    }

    @Test
    void hostsAndPortsThatReadAlikeTogetherAreNotTakenForEachOther() throws Exception {
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        PipeliningTest.await(release);
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder()
                        .singleFlight()
                        .proxies(Proxies.all(proxy.uri("")))
                        .build()) {
            Outcomes outcomes = new Outcomes();
            client.send(HttpRequest.get(URI.create("http://127.0.0.11:8080/")), outcomes.next());
            client.send(HttpRequest.get(URI.create("http://127.0.0.1:18080/")), outcomes.next());
            settle(client);
            release.countDown();
            assertThat(outcomes.await(2).stream()
                            .map(outcome -> outcome.response().text()))
                    .containsExactly("http://127.0.0.11:8080/", "http://127.0.0.1:18080/");
        }
    }
}
