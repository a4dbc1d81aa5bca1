package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of requests over HTTP/2 that nobody waits for any longer: nothing, neither here nor on the connection. */
@ExtendWith(NoLeaks.class)
final class Http2CancelTest {
    private static HttpClient.Builder http2() {
        return HttpClient.builder().protocols(Protocol.HTTP_2).connections(1);
    }

    @Test
    void aConnectionInDoubtThatNobodyWaitsForAnyLongerIsGivenUp() throws Exception {
        CountDownLatch pinged = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    if (peer.number() > 1) {
                        peer.echoOn();
                        return;
                    }
                    peer.requests(2);
                    peer.next(FramePeer.PING);
                    pinged.countDown();
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            CompletableFuture<HttpResponse> slow =
                    client.start(server.get("/slow").responseTimeout(Duration.ofMillis(200)));
            CompletableFuture<HttpResponse> unwanted = client.start(server.get("/unwanted"));
            pinged.await();
            assertThatThrownBy(slow::get).hasCauseInstanceOf(HttpException.TimedOut.class);
            unwanted.cancel(true);
            assertThat(client.start(server.get("/next"))
                            .get(20, TimeUnit.SECONDS)
                            .text())
                    .isEqualTo("/next");
        }
    }

    @Test
    void aBodyThatIsNotWantedIsForgottenThoughTheWindowIsShut() throws Exception {
        CountDownLatch shut = new CountDownLatch(1);
        CountDownLatch unwanted = new CountDownLatch(20);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {4, 1 << 20}, peer -> {
                    peer.next();
                    for (int got = 0; got < 65_535; ) {
                        got += peer.next(FramePeer.DATA).payload().length;
                    }
                    shut.countDown();
                    for (long left = unwanted.getCount(); left > 0; left--) {
                        peer.next();
                        unwanted.countDown();
                    }
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            CompletableFuture<HttpResponse> first =
                    client.start(HttpRequest.post(server.uri("/fills"), new byte[100_000]));
            shut.await();
            List<WeakReference<byte[]>> bodies = new ArrayList<>();
            List<CompletableFuture<HttpResponse>> posts = new ArrayList<>();
            for (long i = unwanted.getCount(); i > 0; i--) {
                byte[] body = new byte[1000];
                bodies.add(new WeakReference<>(body));
                posts.add(client.start(HttpRequest.post(server.uri("/unwanted"), body)));
            }
            unwanted.await();
            posts.forEach(post -> post.cancel(true));
            posts.clear();
            // Behind the cancellations.
            client.get(server.get("/next"));
            for (int i = 0; i < 20 && bodies.stream().anyMatch(body -> body.get() != null); i++) {
                System.gc();
            }
            assertThat(bodies).filteredOn(body -> body.get() != null).isEmpty();
            first.cancel(true);
        }
    }

    @Test
    void whatCameOfAnAnswerThatIsNotWantedIsForgotten() throws Exception {
        int streams = 16;
        byte[] piece = new byte[16_000];
        int pieces = 250;
        CountDownLatch sent = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    peer.answer(peer.next().stream(), "first");
                    for (FramePeer.Request request : peer.requests(streams)) {
                        peer.head(request.stream(), ":status", "200");
                        int window = 1 << 20;
                        for (int i = 0; i < pieces; i++) {
                            while (window < piece.length) {
                                FramePeer.Frame update = peer.next(FramePeer.WINDOW_UPDATE);
                                window += update.stream() == request.stream() ? update.int32(0) : 0;
                            }
                            peer.send(FramePeer.DATA, 0, request.stream(), piece);
                            window -= piece.length;
                        }
                    }
                    peer.send(FramePeer.PING, 0, 0, new byte[8]);
                    peer.next(FramePeer.PING);
                    sent.countDown();
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            client.get(server.get("/first"));
            long before = used();
            List<CompletableFuture<HttpResponse>> unwanted = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                unwanted.add(client.start(server.get("/" + i)));
            }
            sent.await();
            unwanted.forEach(answer -> answer.cancel(true));
            // Behind the cancellations.
            client.get(server.get("/next"));
            assertThat(used() - before).isLessThan((long) streams * pieces * piece.length / 2);
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void answersThatCrossTheirCancellationsAreNoFlood() throws Exception {
        int wave = 600;
        List<CountDownLatch> arrived = List.of(new CountDownLatch(1), new CountDownLatch(1));
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {3, wave}, peer -> {
                    peer.answer(peer.next().stream(), "first");
                    for (CountDownLatch here : arrived) {
                        List<FramePeer.Request> requests = peer.requests(wave);
                        here.countDown();
                        for (int i = 0; i < wave; i++) {
                            peer.next(FramePeer.RST_STREAM);
                        }
                        for (FramePeer.Request request : requests) {
                            peer.answer(request.stream(), "late");
                        }
                    }
                    peer.echoOn();
                }));
                HttpClient client = http2().build()) {
            client.get(server.get("/first"));
            for (CountDownLatch here : arrived) {
                List<CompletableFuture<HttpResponse>> unwanted = new ArrayList<>();
                for (int i = 0; i < wave; i++) {
                    unwanted.add(client.start(server.get("/" + i)));
                }
                here.await();
                unwanted.forEach(answer -> answer.cancel(true));
            }
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(server.connections()).isEqualTo(1);
        }
    }
}
