package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class KeepAliveTest {
    @Test
    void requestsOneAfterAnotherShareAConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().build()) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get(server.get("/" + i)).text()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void manyRequestsAtOnceUseAllConnectionsAndNoMore() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client =
                        HttpClient.builder().connections(3).pipeline(5).build()) {
            List<CompletableFuture<HttpResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                answers.add(client.start(server.get("/" + i)));
            }
            for (int i = 0; i < 1000; i++) {
                assertThat(answers.get(i).get().text()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void noMoreConnectionsAreMadeThanThereAreRequests() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().connections(8).build()) {
            CompletableFuture<HttpResponse> one = client.start(server.get("/1"));
            CompletableFuture<HttpResponse> two = client.start(server.get("/2"));
            one.get();
            two.get();
            assertThat(server.connections()).isBetween(1, 2);
        }
    }

    @Test
    void whatIsKnownOfAnOriginIsForgottenWhenNothingWasAskedOfItForLong() throws Exception {
        try (ScriptedServer old =
                        ScriptedServer.start(peer -> peer.answer(peer.next().path(), "Connection: close"));
                ScriptedServer kept = ScriptedServer.echo();
                ScriptedServer fresh = ScriptedServer.echo()) {
            assertThat(originsKnownAfter(Duration.ZERO, old, kept, fresh)).isEqualTo(2);
            assertThat(originsKnownAfter(Duration.ofDays(1), old, kept, fresh)).isEqualTo(3);
        }
    }

    private static int originsKnownAfter(Duration forgetAfter, ScriptedServer... asked) throws Exception {
        HttpClient.Builder builder = HttpClient.builder();
        builder.forgetAfter = forgetAfter;
        try (HttpClient client = builder.build()) {
            for (ScriptedServer server : asked) {
                assertThat(client.get(server.get("/")).status()).isEqualTo(200);
            }
            return client.limits().size();
        }
    }

    @Test
    void anIdleConnectionIsClosedBeforeTheServerWouldDoIt() throws Exception {
        CountDownLatch closedByUs = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.answer(peer.next().path(), "Keep-Alive: timeout=1");
                    peer.awaitEnd();
                    closedByUs.countDown();
                });
                HttpClient client = HttpClient.builder().build()) {
            client.get(server.get("/a"));
            closedByUs.await();
            assertThat(client.get(server.get("/b")).text()).isEqualTo("/b");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    /** One is given up as another was found dead, and has died at the same moment. */
    @Test
    void connectionsThatDieTogetherCauseNoAlarm() throws Exception {
        Map<String, Peer> asked = new ConcurrentHashMap<>();
        CountDownLatch both = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        try (ComplaintLog log = new ComplaintLog();
                ScriptedServer server = ScriptedServer.start(peer -> {
                    for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                        asked.put(request.path(), peer);
                        if (request.path().equals("/last") && peer.number <= 2) {
                            PipeliningTest.await(over);
                            return;
                        }
                        both.countDown();
                        PipeliningTest.await(both);
                        peer.answer(request.path());
                        while (peer.number <= 2 && peer.available() == 0) {
                            // Nobody reads, who would have to be woken before it could be reset.
                            LockSupport.parkNanos(1_000_000);
                        }
                    }
                });
                ScriptedServer other = ScriptedServer.echo();
                HttpClient client =
                        HttpClient.builder().connections(2).pipeline(1).build()) {
            Outcomes outcomes = new Outcomes();
            client.send(server.get("/one"), outcomes.next());
            client.send(server.get("/two"), outcomes.next());
            outcomes.await(2);
            CompletableFuture<HttpResponse> last = client.start(server.get("/last"));
            while (!asked.containsKey("/last")) {
                Thread.onSpinWait();
            }
            client.send(other.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    Peer first = Objects.requireNonNull(asked.remove("/last"));
                    asked.values().remove(first);
                    try {
                        first.reset();
                        for (Peer idle : asked.values()) {
                            idle.reset();
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    over.countDown();
                }

                @Override
                public void failed(HttpException why) {
                    throw new AssertionError(why);
                }
            });
            assertThat(last.get().text()).isEqualTo("/last");
            assertThat(log.messages()).isEmpty();
        }
    }
}
