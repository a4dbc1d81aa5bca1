package dev.muster.core;

import dev.muster.core.internal.Task;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One API operation as a value: building it sends nothing, and it may be asked any number of times. {@link #get()} is the
 * synchronous way, {@link #start()} the asynchronous one; there is no second definition of any operation. Immutable and
 * thread-safe.
 */
@FunctionalInterface
public interface Call<T> {

    /** Sends at once, and answers before the result is there. */
    Pending<T> start();

    /**
     * Sends and waits.
     *
     * @throws MusterException why there is no result
     */
    default T get() {
        return start().join();
    }

    /** The same call with its result turned into something else. */
    default <R> Call<R> map(Function<? super T, ? extends R> function) {
        return then(value -> {
            R result = function.apply(value);
            return () -> Pending.of(result);
        });
    }

    /** The same call and then another, made from its result: one call, with the other's result. */
    default <R> Call<R> then(Function<? super T, ? extends Call<R>> next) {
        return () -> {
            Pending<T> source = start();
            Task<R> result = new Task<>();
            result.onCancel(source::cancel);
            source.whenComplete((value, failure) -> {
                if (failure != null) {
                    result.completeExceptionally(Task.unwrap(failure));
                    return;
                }
                if (result.isDone()) {
                    return;
                }
                try {
                    Pending<R> second = next.apply(value).start();
                    result.onCancel(second::cancel);
                    second.whenComplete((found, why) -> {
                        if (why != null) {
                            result.completeExceptionally(Task.unwrap(why));
                        } else {
                            result.complete(found);
                        }
                    });
                } catch (Throwable e) {
                    // Errors too: whoever waits must hear of them.
                    result.completeExceptionally(e);
                }
            });
            return result;
        };
    }

    /** The same call asked again and again until its answer will do. */
    default Polling<T> until(Predicate<? super T> done) {
        return new Polling<>(this, done);
    }

    /**
     * A call made of others, written as it reads: {@code work} runs on a virtual thread, may wait for what it asks, and is
     * interrupted where the call is cancelled. What it starts belongs into a {@link Scope}, so that it ends with it.
     */
    static <T> Call<T> composed(Supplier<? extends T> work) {
        return () -> {
            Task<T> task = new Task<>();
            Thread thread = Thread.ofVirtual().name("muster-call").unstarted(() -> {
                try {
                    task.complete(work.get());
                } catch (Throwable e) {
                    task.completeExceptionally(e);
                }
            });
            task.onCancel(thread::interrupt);
            thread.start();
            return task;
        };
    }
}
