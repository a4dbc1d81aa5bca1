package dev.muster.core.internal;

import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The one implementation of {@link Pending}. */
public final class Task<T> extends CompletableFuture<T> implements Pending<T> {
    /** Where decoding and callers' callbacks run: never on the engine's thread. */
    public static final Executor THREADS =
            work -> Thread.ofVirtual().name("muster-task").start(work);

    /** Longer than anybody waits. */
    private static final Duration CENTURY = Duration.ofDays(36_500);

    private volatile Runnable onCancel = () -> {};

    /**
     * What frees the place on the wire; the last one given counts. Runs at once if already cancelled, or failed, as by a deadline:
     * nobody waits then either.
     */
    public void onCancel(Runnable action) {
        onCancel = action;
        if (isCompletedExceptionally()) {
            action.run();
        }
    }

    @Override
    public T join() {
        try {
            return get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            CancellationException interrupted = new CancellationException("interrupted while waiting");
            interrupted.initCause(e);
            throw interrupted;
        } catch (ExecutionException e) {
            throw unwrap(e.getCause());
        }
    }

    @Override
    public void cancel() {
        cancel(false);
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        boolean cancelled = super.cancel(mayInterrupt);
        if (cancelled) {
            onCancel.run();
        }
        return cancelled;
    }

    @Override
    public Pending<T> deadline(Duration time) {
        unlessOver(this, time, () -> {
            boolean late = completeExceptionally(
                    new MusterException.Unreachable(null, "no result within " + time.toMillis() + " ms", null));
            if (late) {
                onCancel.run();
            }
        });
        return this;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new Task<>();
    }

    /** Runs {@code action} after this time, unless something is over by then. */
    public static void unlessOver(CompletableFuture<?> something, Duration time, Runnable action) {
        CompletableFuture<Boolean> timer = new CompletableFuture<Boolean>()
                .completeOnTimeout(true, countable(time).toNanos(), TimeUnit.NANOSECONDS);
        var _ = timer.thenRunAsync(action, THREADS);
        // What the timer holds would else be held until then: the result.
        var _ = something.whenComplete((value, failure) -> timer.cancel(false));
    }

    /** A time to wait as one that can be counted in nanoseconds. */
    public static Duration countable(Duration time) {
        return time.isNegative() ? Duration.ZERO : time.compareTo(CENTURY) > 0 ? CENTURY : time;
    }

    /** What a caller is to see: the failure itself, not the wrappings that futures put around it. */
    public static RuntimeException unwrap(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return switch (cause) {
            case RuntimeException known -> known;
            default -> new MusterException.Bug(null, "an unexpected failure: " + cause, cause);
        };
    }
}
