package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class PipeliningTest {
    @Test
    void nothingIsPipelinedBeforeTheOriginHasAnsweredOnce() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request first = peer.next();
                    await(mayAnswer);
                    // Had more been sent behind the first, it would be here by now.
                    peer.answer(first.path(), "Pending: " + peer.available());
                    for (Peer.Request request : peer.read(4)) {
                        peer.answer(request.path());
                    }
                    peer.awaitEnd();
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(4).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 5; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            mayAnswer.countDown();
            List<Outcomes.Outcome> told = outcomes.await(5);
            assertThat(told.get(0).response().headers().first("Pending")).isEqualTo("0");
            for (int i = 0; i < 5; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void everyConnectionIsFilledBeforeAnythingIsAnswered() throws Exception {
        CountDownLatch full = new CountDownLatch(2);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.number == 1) {
                        peer.answer(peer.next().path());
                    }
                    List<Peer.Request> requests = peer.read(3);
                    full.countDown();
                    await(full);
                    for (Peer.Request request : requests) {
                        peer.answer(request.path());
                    }
                    peer.awaitEnd();
                });
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(3).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 6; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(6);
            for (int i = 0; i < 6; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void requestsThatCannotBeRepeatedStandAlone() throws Exception {
        AtomicInteger together = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.method().equals("POST") && peer.available() > 0) {
                            together.incrementAndGet();
                        }
                        peer.answer(request.method() + request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(3).pipeline(5).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 600; i++) {
                client.send(
                        i % 7 == 3 ? HttpRequest.post(server.uri("/" + i), "b".getBytes(UTF_8)) : server.get("/" + i),
                        outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(600);
            for (int i = 0; i < 600; i++) {
                assertThat(told.get(i).response().text()).isEqualTo((i % 7 == 3 ? "POST/" : "GET/") + i);
            }
            assertThat(together).hasValue(0);
        }
    }

    @Test
    void aSlowAnswerHoldsUpNobodyWhoHasAnotherConnection() throws Exception {
        CountDownLatch othersAnswered = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/slow")) {
                            await(othersAnswered);
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(5).build()) {
            client.get(server.get("/first"));
            CompletableFuture<HttpResponse> slow = client.start(server.get("/slow"));
            for (int i = 0; i < 50; i++) {
                assertThat(client.get(server.get("/" + i)).text()).isEqualTo("/" + i);
            }
            othersAnswered.countDown();
            assertThat(slow.get().text()).isEqualTo("/slow");
        }
    }

    @Test
    void noMoreRequestsAreWrittenThanTheServerSaysItWillAnswer() throws Exception {
        AtomicInteger tooMany = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (int left = 9; left >= 0; left--) {
                        Peer.Request request = peer.read();
                        if (request == null) {
                            return;
                        }
                        peer.answer(
                                request.path(), left > 0 ? "Keep-Alive: timeout=5, max=" + left : "Connection: close");
                    }
                    if (peer.read() != null) {
                        tooMany.incrementAndGet();
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(4).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 500; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(500);
            for (int i = 0; i < 500; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
                assertThat(told.get(i).response().timing().sends()).isEqualTo(1);
            }
            assertThat(tooMany).hasValue(0);
        }
    }

    @Test
    void anOriginThatAnswersOneAndClosesIsNoLongerPipelined() throws Exception {
        AtomicInteger together = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    // The first answer of a connection promises more than is kept.
                    for (int i = 0; i < 2; i++) {
                        Peer.Request request = peer.read();
                        if (request == null) {
                            return;
                        }
                        together.addAndGet(i == 1 && peer.available() > 0 ? 1 : 0);
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(5).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 200; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(200);
            for (int i = 0; i < 200; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
            // Two connections may break at once, twice; from then on nothing stands behind another.
            assertThat(together.get()).isLessThanOrEqualTo(4);
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
