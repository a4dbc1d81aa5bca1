package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class UnsolicitedTest {
    @Test
    void anAnswerThatNobodyAskedForEndsTheConnectionAndIsNeverDelivered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        peer.write(Peer.response(request.path()) + Peer.response("smuggled"));
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(5).build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get(server.get("/" + i)).text()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isEqualTo(20);
        }
    }

    @Test
    void garbageBehindAGoodAnswerIsAskedForAgainAlone() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        // Only the first connection says more than it announced.
                        peer.write(Peer.response(request.path())
                                + (peer.number == 1 && request.path().equals("/1") ? "too much" : ""));
                    }
                });
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(5).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 5; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(5);
            for (int i = 0; i < 5; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void aServerThatSpeaksNoHttpIsMalformedAtOnce() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    asked.incrementAndGet();
                    peer.write("SSH-2.0-OpenSSH_9.2\r\n");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(server.get("/path?q=secret")))
                    .isInstanceOf(HttpException.Malformed.class)
                    .hasMessage("GET " + server.uri("/path") + ": what came does not begin with HTTP/1");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void aFarewellToAnIdleConnectionIsTakenAsOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.answer(peer.next().path());
                    peer.write("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                });
                HttpClient client = HttpClient.builder().connections(1).build()) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.get(server.get("/" + i)).text()).isEqualTo("/" + i);
            }
        }
    }
}
