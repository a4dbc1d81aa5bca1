package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException.Place;
import dev.muster.core.internal.Faults;
import dev.muster.http.Headers;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which an answer can be wrong becomes the right kind of failure, with its place. */
class EndpointTest {
    /** Another one each time, as every log-in gives. */
    private static Session.Grant grant() {
        return new Session.Grant(Headers.none(), Map.of("", URI.create("http://c/api")), null);
    }

    private static Call<String> over(Endpoint.Wire wire, Session session) {
        return new Endpoint("prod", wire, session, response -> null, new Traffic())
                .json(ApiRequest.get("", "/x"), JsonReader::text);
    }

    /** Of a cloud that takes no token, be it new. */
    private static Call<String> refused(Supplier<? extends CompletionStage<Session.Grant>> logIn) {
        return over(
                (request, handler) -> {
                    handler.done(MemoryCloud.answer(401, "text/plain", "expired"));
                    return () -> {};
                },
                new TokenSession(logIn, CompletableFuture::completedFuture));
    }

    private static Call<String> ask(MemoryCloud.Server server) {
        return new MemoryCloud("prod", List.of(), server)
                .endpoint()
                .json(ApiRequest.get("", "/things/{id}").expand(Map.of("id", "a/b")), JsonReader::text);
    }

    private static MusterException failure(MemoryCloud.Server server) {
        try {
            ask(server).get();
        } catch (MusterException e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }

    @ParameterizedTest
    @CsvSource({
        "400,rejected",
        "404,rejected",
        "409,rejected",
        "302,rejected",
        "401,denied",
        "403,denied",
        "429,throttled",
        "500,failed",
        "503,failed"
    })
    void aStatusTellsTheKind(int status, String kind) {
        MusterException failure = failure((path, query) -> MemoryCloud.answer(status, "text/plain", "no luck"));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.describe())
                .startsWith("prod: GET /things/a%2Fb: HTTP " + status)
                .contains("no luck");
    }

    /** As of a service that says so with a status of success. */
    @Test
    void whatAReaderSaysIsNotThereIsNotThere() {
        Call<String> call = new MemoryCloud("prod", List.of(), (path, query) -> MemoryCloud.json("null"))
                .endpoint()
                .json(ApiRequest.get("", "/things/1"), in -> {
                    throw new MusterException.Rejected(null, "no such thing", true);
                });
        assertThatThrownBy(call::get).isInstanceOfSatisfying(MusterException.Rejected.class, e -> {
            assertThat(e.describe()).isEqualTo("prod: GET /things/1: no such thing");
            assertThat(e.notFound()).isTrue();
        });
    }

    @Test
    void whatTheCloudCallsAThrottleIsToldAsOne() {
        FaultReader busy = new FaultReader() {
            @Override
            public String message(HttpResponse response) {
                return "too many requests a second";
            }

            @Override
            public boolean throttles(HttpResponse response) {
                return response.text().equals("busy");
            }
        };
        Place place = new Place("prod", "GET /x");
        assertThat(Faults.of(place, MemoryCloud.answer(500, "text/plain", "busy"), busy))
                .isInstanceOf(MusterException.Throttled.class)
                .hasMessageContaining("HTTP 500: too many requests a second");
        assertThat(Faults.of(place, MemoryCloud.answer(500, "text/plain", "broken"), busy))
                .isInstanceOf(MusterException.Failed.class);
    }

    @Test
    void aPageInHtmlIsToldByItsTitle() {
        MusterException failure = failure((path, query) ->
                MemoryCloud.answer(500, "text/html", "<html><head><title>Oh\n no</title></head><p>x</html>"));
        assertThat(failure).isInstanceOf(MusterException.Failed.class).hasMessageContaining("titled 'Oh no'");
    }

    @Test
    void htmlInPlaceOfJsonIsNoEmptyList() {
        assertThat(failure((path, query) -> MemoryCloud.answer(200, "text/html", "<html>log in</html>")))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("HTML");
    }

    @Test
    void anEmptyBodyAndBrokenJsonAreUndecodable() {
        assertThat(failure((path, query) -> MemoryCloud.json("")))
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("empty body");
        assertThat(failure((path, query) -> MemoryCloud.json("\"cut"))).isInstanceOf(MusterException.Undecodable.class);
        assertThat(failure((path, query) -> MemoryCloud.json("\"a\" \"b\"")))
                .isInstanceOf(MusterException.Undecodable.class);
        assertThat(failure((path, query) -> MemoryCloud.json("{}"))).isInstanceOf(MusterException.Undecodable.class);
    }

    @Test
    void noAnswerIsUnreachableAndAnUnknownOutcomeStaysOne() {
        assertThat(failure((path, query) -> {
                    throw new HttpException.TimedOut("no answer within 5 s");
                }))
                .isInstanceOf(MusterException.Unreachable.class)
                .hasMessageContaining("5 s");
        assertThat(failure((path, query) -> {
                    throw new HttpException.OutcomeUnknown("may have arrived", null);
                }))
                .isInstanceOf(MusterException.OutcomeUnknown.class);
    }

    @Test
    void whoeverWaitsHearsOfAReaderThatFailsAsNoneShould() {
        Endpoint endpoint = new MemoryCloud("prod", List.of(), (path, query) -> MemoryCloud.json("1")).endpoint();
        Call<String> call = endpoint.call(ApiRequest.get("", "/x"), response -> {
            throw new StackOverflowError("too deep");
        });
        assertThatThrownBy(call::get).isInstanceOf(MusterException.Bug.class).hasMessageContaining("too deep");
    }

    @Test
    void anUnknownServiceIsToldWithThoseThereAre() {
        Endpoint endpoint = new MemoryCloud("prod", List.of(), (path, query) -> MemoryCloud.json("1")).endpoint();
        assertThatThrownBy(() -> endpoint.json(ApiRequest.get("compute", "/x"), JsonReader::text)
                        .get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("compute");
    }

    @Test
    void aTokenThatEndedIsRenewedOnceForAllWhoWait() {
        AtomicInteger accepted = new AtomicInteger(1);
        CountDownLatch all = new CountDownLatch(20);
        MemoryCloud[] cloud = new MemoryCloud[1];
        cloud[0] = new MemoryCloud("prod", List.of(), (path, query) -> {
            all.countDown();
            MemoryCloud.await(all);
            return cloud[0].logIns.get() <= accepted.get()
                    ? MemoryCloud.answer(401, "text/plain", "expired")
                    : MemoryCloud.json("\"ok\"");
        });
        List<Pending<String>> pending = IntStream.range(0, 20)
                .mapToObj(i -> cloud[0].endpoint()
                        .json(ApiRequest.get("", "/x"), JsonReader::text)
                        .start())
                .toList();

        assertThat(pending.stream().map(Pending::join)).containsOnly("ok");
        assertThat(cloud[0].logIns).hasValue(2);
    }

    @Test
    void aSecond401IsDenied() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(failure((path, query) -> {
                    asked.incrementAndGet();
                    return MemoryCloud.answer(401, "text/plain", "go away");
                }))
                .isInstanceOf(MusterException.Denied.class)
                .hasMessageContaining("go away");
        assertThat(asked).hasValue(2);
    }

    @Test
    void aCancelledCallIsGivenUpOnTheWire() {
        CountDownLatch never = new CountDownLatch(1);
        Pending<String> pending = ask((path, query) -> {
                    MemoryCloud.await(never);
                    return MemoryCloud.json("\"late\"");
                })
                .start();
        pending.cancel();
        assertThatThrownBy(pending::join).isInstanceOf(CancellationException.class);
        never.countDown();
    }

    @Test
    void aCallCanBeAskedTwiceAndAPendingToo() {
        AtomicInteger asked = new AtomicInteger();
        Call<String> call = ask((path, query) -> MemoryCloud.json("" + asked.incrementAndGet()));
        assertThat(call.get()).isEqualTo("1");
        Pending<String> pending = call.start();
        assertThat(pending.join()).isEqualTo("2");
        assertThat(pending.join()).isEqualTo("2");
        assertThat(call.map(Integer::parseInt).map(n -> n * 10).get()).isEqualTo(30);
    }

    @Test
    void whoeverWaitsHearsOfALogInThatCannotEvenBeSent() {
        AtomicInteger logIns = new AtomicInteger();
        Pending<String> pending = refused(() -> {
                    if (logIns.incrementAndGet() > 1) {
                        throw new IllegalStateException("no ticket");
                    }
                    return CompletableFuture.completedFuture(grant());
                })
                .start();
        assertThat(pending.isDone()).isTrue();
        assertThatThrownBy(pending::join).hasMessageContaining("no ticket");
    }

    /** Else rows that are looked up would seem not to be there. */
    @Test
    void aLogInThatIsNotFoundSaysNothingOfWhatWasAskedFor() {
        for (boolean renewed : List.of(false, true)) {
            AtomicInteger logIns = new AtomicInteger(renewed ? 0 : 1);
            Call<String> call = refused(() -> logIns.getAndIncrement() == 0
                    ? CompletableFuture.completedFuture(grant())
                    : CompletableFuture.failedFuture(
                            new MusterException.Rejected(new Place("prod", "POST /tokens"), "HTTP 404", true)));
            assertThatThrownBy(call::get).isInstanceOfSatisfying(MusterException.Rejected.class, e -> {
                assertThat(e.describe()).isEqualTo("prod: POST /tokens: HTTP 404");
                assertThat(e.notFound()).isFalse();
            });
        }
    }

    @Test
    void whoeverWaitsHearsOfAWireThatThrows() {
        Call<String> call = over(
                (request, handler) -> {
                    throw new IllegalStateException("no wire");
                },
                Session.fixed(grant()));
        assertThat(call.start().toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void cancellingReachesTheRequestThatFollowsA401() {
        AtomicInteger sent = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        Call<String> call = over(
                (request, handler) -> {
                    int number = sent.incrementAndGet();
                    if (number == 1) {
                        // The answer is there, and the next request sent, before this one is known to be under way.
                        handler.done(MemoryCloud.answer(401, "text/plain", "expired"));
                    }
                    return () -> cancelled.set(number);
                },
                new TokenSession(() -> CompletableFuture.completedFuture(grant()), CompletableFuture::completedFuture));
        call.start().cancel();
        assertThat(sent).hasValue(2);
        assertThat(cancelled).hasValue(2);
    }
}
