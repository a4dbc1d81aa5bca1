package dev.muster.core;

import dev.muster.core.internal.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session by tokens: however many calls wait, one log-in serves them all. A log-in that was denied stays denied: asking
 * again with the same password would only lock the account. Other failures are tried again by the next call.
 */
public final class TokenSession implements Session {
    /** A token about to end is renewed before a request is wasted on it, so long before or in the last tenth of its life. */
    private static final Duration MARGIN = Duration.ofSeconds(20);

    private static final int TENTH = 10;

    private final Supplier<? extends CompletionStage<Grant>> logIn;
    private final Function<Grant, ? extends CompletionStage<?>> logOut;
    private final InstantSource clock;
    private @Nullable CompletableFuture<Grant> current;
    private Instant asked = Instant.MIN;

    /**
     * @param logIn sends the log-in; called once for all who wait
     * @param logOut ends a grant at the cloud
     */
    public TokenSession(
            Supplier<? extends CompletionStage<Grant>> logIn, Function<Grant, ? extends CompletionStage<?>> logOut) {
        this(logIn, logOut, InstantSource.system());
    }

    TokenSession(
            Supplier<? extends CompletionStage<Grant>> logIn,
            Function<Grant, ? extends CompletionStage<?>> logOut,
            InstantSource clock) {
        this.logIn = logIn;
        this.logOut = logOut;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Grant> grant() {
        CompletableFuture<Grant> known = current;
        if (known != null && usable(known)) {
            return known;
        }
        asked = clock.instant();
        // What cannot even be sent has failed like any other: those who wait must hear of it.
        CompletableFuture<Grant> fresh = CompletableFuture.completedFuture(true)
                .thenCompose(go -> logIn.get())
                .thenApply(this::believable);
        current = fresh;
        return fresh;
    }

    @Override
    public synchronized CompletionStage<Grant> renew(Grant stale) {
        CompletableFuture<Grant> known = current;
        if (known != null && known.isDone() && !known.isCompletedExceptionally() && isSame(known.resultNow(), stale)) {
            current = null;
        }
        return grant();
    }

    @Override
    public CompletionStage<@Nullable Void> end() {
        CompletableFuture<Grant> known;
        synchronized (this) {
            known = current;
            current = null;
        }
        if (known == null || !known.isDone() || known.isCompletedExceptionally()) {
            return CompletableFuture.completedFuture(null);
        }
        return logOut.apply(known.resultNow()).handle((done, failure) -> null);
    }

    @SuppressWarnings("ReferenceEquality") // the very grant: another log-in may have given an equal one
    private static boolean isSame(Grant known, Grant stale) {
        return known == stale;
    }

    /** One that has ended already when it comes tells that our clock is wrong: a 401 then says when it ends. */
    private Grant believable(Grant fresh) {
        Instant expires = fresh.expires();
        return expires == null || clock.instant().isBefore(expires)
                ? fresh
                : new Grant(fresh.headers(), fresh.services(), null, fresh.scope());
    }

    private boolean usable(CompletableFuture<Grant> known) {
        if (!known.isDone()) {
            return true;
        }
        if (known.isCompletedExceptionally()) {
            return Task.unwrap(known.exceptionNow()) instanceof MusterException.Denied;
        }
        Instant expires = known.resultNow().expires();
        if (expires == null) {
            return true;
        }
        Duration last = Duration.between(asked, expires).dividedBy(TENTH);
        return clock.instant().plus(last.compareTo(MARGIN) < 0 ? last : MARGIN).isBefore(expires);
    }
}
