package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class ReplayTest {
    private static final byte[] BODY = "x".getBytes(UTF_8);

    @Test
    void aGetIsSentAgainWhenItsConnectionDiesUnanswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.read();
                    if (peer.number == 2) {
                        peer.answer("here");
                        peer.awaitEnd();
                    }
                });
                HttpClient client = HttpClient.builder().build()) {
            HttpResponse response = client.get(server.get("/a"));
            assertThat(response.text()).isEqualTo("here");
            assertThat(response.timing().sends()).isEqualTo(2);
        }
    }

    @Test
    void aGetWhoseAnswerIsCutEveryTimeIsLostAfterThreeWritings() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.read();
                    peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2048\r\n\r\n" + "x".repeat(512));
                });
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(server.get("/path?secret=1")))
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessage("GET " + server.uri("/path")
                            + ": the connection closed after 512 of 2048 bytes of the body, 3 times");
            assertThat(server.seen()).hasSize(3);
        }
    }

    @Test
    void onlyTheOldestLosesAnAttemptWhenAConnectionBreaks() throws Exception {
        HttpClient.Builder builder = HttpClient.builder().connections(1).pipeline(3);
        builder.attempts = 1;
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.number == 1) {
                        peer.answer(peer.next().path());
                        peer.next();
                        peer.next();
                        peer.next();
                        return;
                    }
                    while (true) {
                        peer.answer(peer.next().path());
                    }
                });
                HttpClient client = builder.build()) {
            client.get(server.get("/0"));
            List<CompletableFuture<HttpResponse>> three = Stream.of("/1", "/2", "/3")
                    .map(path -> client.start(server.get(path)))
                    .toList();
            assertThatThrownBy(() -> three.getFirst().get()).hasCauseInstanceOf(HttpException.Lost.class);
            assertThat(three.get(1).get().text()).isEqualTo("/2");
            assertThat(three.get(2).get().text()).isEqualTo("/3");
        }
    }

    @Test
    void aPostThatMayHaveBeenCarriedOutIsNotSentAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::read);
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(HttpRequest.post(server.uri("/p"), BODY)))
                    .isInstanceOf(HttpException.OutcomeUnknown.class)
                    .hasMessageContaining("POST " + server.uri("/p"));
            assertThat(server.seen()).containsExactly("POST /p");
        }
    }

    @Test
    void aPostOverAConnectionThatEndedWhileIdleGoesOverAnother() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.next();
                    peer.answer(request.path());
                });
                HttpClient client = HttpClient.builder().build()) {
            for (int i = 0; i < 50; i++) {
                // Each answer is followed by an unannounced end, which may or may not have been noticed by now.
                client.get(server.get("/g" + i));
                waitForEnd(server, i + i + 1);
                assertThat(client.get(HttpRequest.post(server.uri("/p" + i), BODY))
                                .text())
                        .isEqualTo("/p" + i);
                waitForEnd(server, i + i + 2);
            }
        }
    }

    /** Until the server has closed its end of as many connections as it has accepted. */
    private static void waitForEnd(ScriptedServer server, int connections) {
        while (server.ended() < connections) {
            Thread.onSpinWait();
        }
    }

    @Test
    void requestsBehindAnAnnouncedEndGoAgainWithoutCounting() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    if (peer.number == 1) {
                        peer.answer(peer.next().path());
                        // Twelve wait by now; each connection answers one of five and says that it was the last.
                        peer.read(5);
                        peer.answer("last", "Connection: close");
                        return;
                    }
                    peer.answer(peer.next().path(), "Connection: close");
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(5).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 12; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(12);
            assertThat(told.get(0).response().text()).isEqualTo("last");
            for (int i = 1; i < 12; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void theGetsBehindOneThatKillsTheServerAreAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        if (request.path().equals("/deadly")) {
                            peer.reset();
                            return;
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(8).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/deadly"), outcomes.next());
            for (int i = 1; i < 20; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(20);
            assertThat(told.get(0).failure()).isInstanceOf(HttpException.Lost.class);
            for (int i = 1; i < 20; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
            assertThat(server.seen().stream().filter("GET /deadly"::equals)).hasSize(3);
        }
    }

    @Test
    void aServerThatAcceptsAndClosesForEverIsGivenUp() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {});
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(server.get("/"))).isInstanceOf(HttpException.Lost.class);
        }
    }

    @Test
    void aRefusedConnectionIsUnreachableAndSaysWhere() throws Exception {
        HttpRequest request;
        try (ScriptedServer server = ScriptedServer.echo()) {
            request = server.get("/a");
        }
        try (HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(request))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageStartingWith(request + ": cannot connect: ");
        }
    }

    @Test
    void aGetThatWasSentIsLostRatherThanUnreachableWhenTheServerHasGone() throws Exception {
        CompletableFuture<ScriptedServer> self = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    self.join().close();
                });
                HttpClient client = HttpClient.builder().build()) {
            self.complete(server);
            assertThatThrownBy(() -> client.get(server.get("/a")))
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("its connection died, and no other could be made: cannot connect");
        }
    }
}
