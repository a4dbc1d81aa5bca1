package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TokenSessionTest {
    private final AtomicInteger logIns = new AtomicInteger();
    private final AtomicInteger logOuts = new AtomicInteger();

    private static Session.Grant grant(Instant expires) {
        return new Session.Grant(Headers.of("X-Auth-Token", "secret"), Map.of("", URI.create("http://c/api")), expires);
    }

    private TokenSession session(CompletionStage<Session.Grant> answer) {
        return new TokenSession(
                () -> {
                    logIns.incrementAndGet();
                    return answer;
                },
                grant -> {
                    logOuts.incrementAndGet();
                    return CompletableFuture.failedFuture(new IllegalStateException("the cloud is gone"));
                });
    }

    @Test
    void allWhoWaitShareOneLogIn() {
        CompletableFuture<Session.Grant> answer = new CompletableFuture<>();
        TokenSession session = session(answer);
        CompletionStage<Session.Grant> one = session.grant();
        CompletionStage<Session.Grant> two = session.grant();
        Session.Grant grant = grant(null);
        answer.complete(grant);

        assertThat(one.toCompletableFuture().join())
                .isSameAs(two.toCompletableFuture().join());
        assertThat(logIns).hasValue(1);
    }

    @Test
    void aDeniedLogInIsNotTriedAgain() {
        TokenSession session =
                session(CompletableFuture.failedFuture(new MusterException.Denied(null, "wrong password")));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> session.grant().toCompletableFuture().join())
                    .isInstanceOf(CompletionException.class)
                    .hasRootCauseMessage("wrong password");
        }
        assertThat(logIns).hasValue(1);
    }

    @Test
    void anUnreachableLogInIsTriedAgainByTheNextCall() {
        TokenSession session =
                session(CompletableFuture.failedFuture(new MusterException.Unreachable(null, "no route", null)));
        session.grant();
        session.grant();
        assertThat(logIns).hasValue(2);
    }

    @Test
    void aStaleGrantIsRenewedOnlyByTheFirstWhoSaysSo() {
        AtomicInteger count = new AtomicInteger();
        TokenSession session = new TokenSession(
                () -> {
                    count.incrementAndGet();
                    return CompletableFuture.completedFuture(grant(null));
                },
                grant -> CompletableFuture.completedFuture(null));
        Session.Grant stale = session.grant().toCompletableFuture().join();
        session.renew(stale);
        session.renew(stale);
        assertThat(count).hasValue(2);
    }

    @Test
    void aGrantAboutToEndIsRenewedBeforeARequestIsWastedOnIt() {
        // Seconds that a token lives, and those after which another is asked for.
        Map.of(3600, 3580, 100, 90, 10, 9).forEach((lives, serves) -> {
            AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
            logIns.set(0);
            TokenSession session = new TokenSession(
                    () -> {
                        logIns.incrementAndGet();
                        return CompletableFuture.completedFuture(grant(now.get().plusSeconds(lives)));
                    },
                    grant -> CompletableFuture.completedFuture(null),
                    now::get);
            session.grant();
            now.set(Instant.EPOCH.plusSeconds(serves - 1));
            session.grant();
            assertThat(logIns).as("a life of " + lives + " s").hasValue(1);
            now.set(Instant.EPOCH.plusSeconds(serves));
            session.grant();
            assertThat(logIns).as("a life of " + lives + " s").hasValue(2);
        });
    }

    @Test
    void endingNeverFailsAndNeverLogsIn() {
        session(CompletableFuture.completedFuture(grant(null)))
                .end()
                .toCompletableFuture()
                .join();
        assertThat(logIns).hasValue(0);

        TokenSession used = session(CompletableFuture.completedFuture(grant(null)));
        used.grant();
        used.end().toCompletableFuture().join();
        used.end().toCompletableFuture().join();
        assertThat(logOuts).hasValue(1);
    }

    @Test
    void aGrantShowsNoSecret() {
        assertThat(grant(null).toString()).doesNotContain("secret");
    }

    @Test
    void aClockThatIsAheadDoesNotLogInForEachCall() {
        TokenSession session =
                session(CompletableFuture.completedFuture(grant(Instant.now().minusSeconds(7200))));
        session.grant();
        session.grant();
        session.grant();
        assertThat(logIns).hasValue(1);
    }
}
