package dev.muster.core;

import dev.muster.core.internal.Task;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * An operation that has been sent. It can be joined, composed, cancelled, given a deadline, and asked as often as one
 * likes. Thread-safe.
 */
public interface Pending<T> extends CompletionStage<T> {

    /**
     * Waits for the result.
     *
     * @throws MusterException why there is none
     * @throws java.util.concurrent.CancellationException if it was cancelled, or the waiting thread interrupted (its
     *     interrupt flag stays set)
     */
    T join();

    /** Whether a result or a failure is there. */
    boolean isDone();

    /** Gives up: frees the place on the wire at once. No effect once it is done. */
    void cancel();

    /** Fails with {@link MusterException.Unreachable}, and cancels, unless it is done in time. */
    Pending<T> deadline(Duration time);

    /** One that is done. */
    static <T> Pending<T> of(T value) {
        Task<T> task = new Task<>();
        task.complete(value);
        return task;
    }

    /** One that has failed. */
    static <T> Pending<T> failed(Throwable why) {
        Task<T> task = new Task<>();
        task.completeExceptionally(why);
        return task;
    }
}
