package dev.muster.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class DoorsTest {
    private static final int TOGETHER = 20;

    @Test
    void thousandsOfVirtualThreadsWaitEachForItsOwnAnswer() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client =
                        HttpClient.builder().connections(4).pipeline(8).build();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                HttpRequest request = server.get("/" + i);
                answers.add(threads.submit(() -> client.get(request).text()));
            }
            for (int i = 0; i < 3000; i++) {
                assertThat(answers.get(i).get()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void anInterruptedCallerGetsClosedAndKeepsItsFlag() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::awaitEnd);
                HttpClient client = HttpClient.builder().build()) {
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    client.get(server.get("/"));
                } catch (HttpException e) {
                    thrown.set(e);
                }
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            while (server.connections() == 0) {
                Thread.onSpinWait();
            }
            caller.interrupt();
            assertThat(interrupted.get()).isTrue();
            assertThat(thrown.get()).isInstanceOf(HttpException.Closed.class);
            caller.join();
        }
    }

    @Test
    void aFutureCompletesOnAVirtualThread() throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    Peer.Request request = peer.read();
                    // Had it been answered before, the function would run on the thread that attaches it.
                    PipeliningTest.await(attached);
                    peer.answer(request.path());
                });
                HttpClient client = HttpClient.builder().build()) {
            CompletableFuture<HttpResponse> future = client.start(server.get("/"));
            CompletableFuture<Boolean> onVirtual =
                    future.thenApply(response -> Thread.currentThread().isVirtual());
            attached.countDown();
            assertThat(onVirtual.get()).isTrue();
        }
    }

    /** They come together, so that some share a thread. */
    @Test
    void whatIsCalledWithOneResultMayWaitForTheOthers() throws Exception {
        allAtOnce(client -> {});
    }

    /** Often, as the loop must end before the moment is over after which the others are called anyway. */
    @RepeatedTest(20)
    void whatIsCalledMayWaitForTheOthersOfAClientThatIsClosed() throws Exception {
        allAtOnce(HttpClient::close);
    }

    private static void allAtOnce(Consumer<HttpClient> before) throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        try (ScriptedServer server = together(attached);
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(TOGETHER).build()) {
            client.get(server.get("/first"));
            CyclicBarrier meeting = new CyclicBarrier(TOGETHER);
            List<CompletableFuture<String>> met = new ArrayList<>();
            for (int i = 0; i < TOGETHER; i++) {
                met.add(client.start(server.get("/" + i)).thenApply(response -> {
                    before.accept(client);
                    try {
                        meeting.await();
                    } catch (InterruptedException | BrokenBarrierException e) {
                        throw new AssertionError(e);
                    }
                    return response.text();
                }));
            }
            attached.countDown();
            for (int i = 0; i < TOGETHER; i++) {
                assertThat(met.get(i).get()).isEqualTo("/" + i);
            }
        }
    }

    /** Answers the first request, then so many at once when it may. */
    private static ScriptedServer together(CountDownLatch may) throws IOException {
        return ScriptedServer.start(peer -> {
            peer.answer(peer.read().path());
            StringBuilder answers = new StringBuilder();
            for (int i = 0; i < TOGETHER; i++) {
                String path = peer.read().path();
                answers.append("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
            }
            PipeliningTest.await(may);
            peer.write(answers.toString());
            peer.awaitEnd();
        });
    }

    @Test
    void aHandlerThatThrowsHarmsOnlyItself() throws Exception {
        try (ComplaintLog log = new ComplaintLog();
                ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder()
                        .connections(1)
                        .pipeline(3)
                        .events(event -> {
                            throw new IllegalStateException("a listener that throws");
                        })
                        .build()) {
            CountDownLatch called = new CountDownLatch(1);
            client.send(server.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    called.countDown();
                    throw new StackOverflowError("a handler that throws");
                }

                @Override
                public void failed(HttpException why) {}
            });
            called.await();
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
            assertThat(server.connections()).isEqualTo(1);
            assertThat(log.messages())
                    .contains("an event listener threw", "a handler threw on the answer of " + server.get("/"));
        }
    }

    @Test
    void aHandlerMaySendAndCloseButNotWait() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo()) {
            HttpClient client = HttpClient.builder().build();
            CompletableFuture<Throwable> waiting = new CompletableFuture<>();
            CompletableFuture<HttpException> late = new CompletableFuture<>();
            client.send(server.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    try {
                        client.get(server.get("/wait"));
                    } catch (Exception e) {
                        waiting.complete(e);
                    }
                    client.close();
                    client.send(server.get("/late"), new HttpClient.Handler() {
                        @Override
                        public void done(HttpResponse response) {}

                        @Override
                        public void failed(HttpException why) {
                            late.complete(why);
                        }
                    });
                }

                @Override
                public void failed(HttpException why) {}
            });
            assertThat(waiting.get()).isInstanceOf(IllegalStateException.class);
            assertThat(late.get()).isInstanceOf(HttpException.Closed.class);
        }
    }

    @Test
    void aFailureShowsWhoAsked() throws Exception {
        HttpRequest refused;
        try (ScriptedServer server = ScriptedServer.echo()) {
            refused = server.get("/");
        }
        try (HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(refused))
                    .satisfies(thrown -> assertThat(thrown.getStackTrace())
                            .anyMatch(frame -> frame.getClassName().contains("DoorsTest")));
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        HttpClient.Builder builder = HttpClient.builder();
        assertThatThrownBy(() -> builder.connections(0)).hasMessage("connections must be 1 or more, not 0");
        assertThatThrownBy(() -> builder.pipeline(0)).hasMessage("pipeline must be 1 or more, not 0");
    }

    @Test
    void whatAHandlerSendsWhileTheClientIsBeingClosedIsRefusedAsWell() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::awaitEnd)) {
            CompletableFuture<HttpException> first = new CompletableFuture<>();
            CompletableFuture<HttpException> second = new CompletableFuture<>();
            HttpClient client = HttpClient.builder().build();
            client.send(server.get("/1"), new Refused(why -> {
                client.send(server.get("/2"), new Refused(second::complete));
                first.complete(why);
            }));
            client.close();
            assertThat(first.get()).isInstanceOf(HttpException.Closed.class);
            assertThat(second.get()).isInstanceOf(HttpException.Closed.class);
        }
    }

    private record Refused(Consumer<HttpException> told) implements HttpClient.Handler {
        @Override
        public void done(HttpResponse response) {
            throw new AssertionError(response);
        }

        @Override
        public void failed(HttpException why) {
            told.accept(why);
        }
    }

    /** Whoever is interrupted just when the response comes does not have it, and cannot close it. */
    @Test
    void aResponseThatComesToAnInterruptedCallerIsClosed() throws Exception {
        AtomicReference<Thread> opening = new AtomicReference<>();
        try (LongBodies server = LongBodies.plain();
                HttpClient client = HttpClient.builder()
                        .connections(1)
                        .events(event -> {
                            Thread caller = event instanceof HttpEvent.FirstByte ? opening.getAndSet(null) : null;
                            if (caller != null) {
                                caller.interrupt();
                            }
                        })
                        .build()) {
            int closed = 0;
            for (int i = 0; i < 1000; i++) {
                opening.set(Thread.currentThread());
                try (StreamedResponse response = client.open(server.get("/a/1000000000"))) {
                    assertThat(response.status()).isEqualTo(200);
                } catch (HttpException.Closed interrupted) {
                    closed++;
                }
                assertThat(Thread.interrupted()).isTrue();
                assertThat(client.start(server.get("/small"))).succeedsWithin(10, SECONDS);
            }
            assertThat(closed).isPositive();
        }
    }

    @Test
    void settingsMayBeAsLargeAsNumbersAre() throws Exception {
        CountDownLatch half = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-");
                    PipeliningTest.await(half);
                    peer.write("Length: 4\r\n\r\ngood");
                });
                HttpClient client = HttpClient.builder()
                        .connections(Integer.MAX_VALUE)
                        .pipeline(Integer.MAX_VALUE)
                        .maxHeaderBytes(Integer.MAX_VALUE)
                        .maxBodyBytes(Long.MAX_VALUE)
                        .events(event -> {
                            if (event instanceof HttpEvent.FirstByte) {
                                half.countDown();
                            }
                        })
                        .build()) {
            assertThat(client.start(server.get("/")).get(10, SECONDS).text()).isEqualTo("good");
        }
    }
}
