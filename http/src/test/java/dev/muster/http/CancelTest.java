package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class CancelTest {
    @Test
    void aQueuedRequestThatIsCancelledIsNeverSent() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        PipeliningTest.await(cancelled);
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/a"), outcomes.next());
            HttpClient.Exchange queued = client.send(server.get("/b"), outcomes.next());
            client.send(server.get("/c"), outcomes.next());
            queued.cancel();
            queued.cancel();
            cancelled.countDown();
            assertThat(outcomes.await(3).get(1).failure()).isInstanceOf(HttpException.Closed.class);
            assertThat(server.seen()).containsExactly("GET /a", "GET /c");
        }
    }

    @Test
    void theAnswerOfACancelledRequestIsReadOverAndItsConnectionLivesOn() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/cancelled")) {
                            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + "x".repeat(500));
                            begun.countDown();
                            PipeliningTest.await(cancelled);
                            peer.write("x".repeat(500));
                        } else {
                            peer.answer(request.path());
                        }
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(3).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange exchange = client.send(server.get("/cancelled"), outcomes.next());
            client.send(server.get("/behind"), outcomes.next());
            begun.await();
            exchange.cancel();
            assertThat(outcomes.await(1).getFirst().failure()).isInstanceOf(HttpException.Closed.class);
            cancelled.countDown();
            assertThat(outcomes.await(1).get(1).response().text()).isEqualTo("/behind");
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aConnectionIsGivenUpForALongAnswerThatNobodyWaitsFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/cancelled")) {
                            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\nx");
                            begun.countDown();
                            peer.awaitEnd();
                            return;
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(3).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            HttpClient.Exchange exchange = client.send(server.get("/cancelled"), outcomes.next());
            client.send(server.get("/behind"), outcomes.next());
            begun.await();
            exchange.cancel();
            assertThat(outcomes.await(2).get(1).response().text()).isEqualTo("/behind");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void aFutureThatIsCancelledOrTimesOutFreesItsPlace() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().startsWith("/never")) {
                            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\nx");
                            peer.awaitEnd();
                            return;
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            CompletableFuture<HttpResponse> cancelled = client.start(server.get("/never"));
            while (server.seen().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(cancelled.cancel(true)).isTrue();
            assertThatThrownBy(cancelled::join).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> client.start(server.get("/never/again"))
                            .orTimeout(50, TimeUnit.MILLISECONDS)
                            .get())
                    .hasCauseInstanceOf(TimeoutException.class);
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
        }
    }

    @Test
    void closingFailsWhatIsUnderWayAndWhatComesLater() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::awaitEnd)) {
            HttpClient client = HttpClient.builder().connections(2).build();
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 5; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            client.close();
            client.close();
            client.send(server.get("/late"), outcomes.next());
            for (Outcomes.Outcome outcome : outcomes.await(6)) {
                assertThat(outcome.failure()).isInstanceOf(HttpException.Closed.class);
            }
        }
    }

    @Test
    void aBodyThatIsHeldBackWhenItsRequestIsCancelledIsNeverSent() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Integer> bodyBytes = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.readHead();
                    held.countDown();
                    bodyBytes.complete(peer.bytes(4).length);
                });
                HttpClient client = HttpClient.builder().build()) {
            CompletableFuture<HttpResponse> cancelled =
                    client.start(HttpRequest.post(server.uri("/"), new byte[4]).expectContinue(Duration.ofMillis(500)));
            held.await();
            cancelled.cancel(true);
            assertThat(bodyBytes.get()).isZero();
        }
    }

    @Test
    void whatTellsThrottlesIsNotAskedAboutAnAnswerThatNobodyWaitsFor() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/cancelled")) {
                            begun.countDown();
                            PipeliningTest.await(cancelled);
                            peer.write("HTTP/1.1 500 Bad\r\nContent-Length: 3\r\n\r\nbad");
                        } else {
                            peer.answer("0123456789");
                        }
                    }
                });
                HttpClient client = HttpClient.builder()
                        .connections(1)
                        .throttle(answer -> !asked.add(answer.text()))
                        .build()) {
            client.get(server.get("/"));
            CompletableFuture<HttpResponse> other = client.start(server.get("/cancelled"));
            begun.await();
            other.cancel(true);
            client.limits();
            cancelled.countDown();
            client.get(server.get("/"));
            assertThat(asked).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
