package dev.muster.core;

import dev.muster.core.internal.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Calls started together: what is started inside is finished or cancelled when the block ends.
 *
 * {@snippet :
 * try (Scope scope = Scope.failFast()) {
 *     Pending<List<Flavor>> flavors = scope.start(nova.flavors().list());
 *     Pending<List<Server>> servers = scope.start(nova.servers().list());
 *     scope.join();
 *     show(servers.join(), flavors.join());
 * }
 * }
 *
 * <p>Belongs to the thread that opened it; what it started may be read by any.
 */
public final class Scope implements AutoCloseable {
    private final boolean failFast;
    private final List<Pending<?>> started = new ArrayList<>();

    /** The same, each ended only when its failure has been noted: callbacks run in any order. */
    private final List<CompletionStage<?>> ended = new ArrayList<>();

    private final List<RuntimeException> failures = new ArrayList<>();

    private Scope(boolean failFast) {
        this.failFast = failFast;
    }

    /** The first failure cancels the rest, and {@link #join} throws it. */
    public static Scope failFast() {
        return new Scope(true);
    }

    /** Failures are collected; the others go on. */
    public static Scope collecting() {
        return new Scope(false);
    }

    /** Sends the call at once. After a failure in a {@link #failFast} scope it comes back cancelled. */
    public <T> Pending<T> start(Call<T> call) {
        if (failFast && !failures().isEmpty()) {
            Task<T> refused = new Task<>();
            refused.cancel();
            return refused;
        }
        Pending<T> pending = call.start();
        boolean late;
        synchronized (failures) {
            started.add(pending);
            late = failFast && !failures.isEmpty();
        }
        if (late) {
            // Another failed while this one was being sent, and knew nothing of it.
            pending.cancel();
        }
        CompletionStage<T> noted = pending.whenComplete((value, failure) -> {
            if (failure != null) {
                failed(Task.unwrap(failure));
            }
        });
        synchronized (failures) {
            ended.add(noted);
        }
        return pending;
    }

    private void failed(RuntimeException failure) {
        List<Pending<?>> rest;
        synchronized (failures) {
            failures.add(failure);
            rest = failFast && failures.size() == 1 ? List.copyOf(started) : List.of();
        }
        rest.forEach(Pending::cancel);
    }

    /**
     * Waits for everything started.
     *
     * @throws RuntimeException in a {@link #failFast} scope: the first failure
     */
    public void join() {
        List<CompletionStage<?>> all;
        synchronized (failures) {
            all = List.copyOf(ended);
        }
        CountDownLatch open = new CountDownLatch(all.size());
        all.forEach(noted -> noted.whenComplete((value, failure) -> open.countDown()));
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (java.util.concurrent.CancellationException)
                    new java.util.concurrent.CancellationException("interrupted while waiting").initCause(e);
        }
        RuntimeException first = failFast ? firstFailure() : null;
        if (first != null) {
            throw first;
        }
    }

    private @Nullable RuntimeException firstFailure() {
        synchronized (failures) {
            return failures.isEmpty() ? null : failures.getFirst();
        }
    }

    /** What has failed so far, in the order it did; cancelled calls are among them. */
    public List<RuntimeException> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Cancels what is not finished. */
    @Override
    public void close() {
        synchronized (failures) {
            started.forEach(Pending::cancel);
        }
    }
}
