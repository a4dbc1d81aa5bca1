package dev.muster.core;

import dev.muster.core.internal.Task;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A call asked again and again until its answer will do: a machine until it runs, a job until it has ended. No thread waits
 * meanwhile. How long at most is for {@link Pending#deadline} to say; cancelling ends it at once.
 *
 * {@snippet :
 * vm.get().until(found -> found.status() == VmStatus.UP)
 *         .watching(found -> System.out.println(found.status()))
 *         .start().deadline(Duration.ofMinutes(5)).join();
 * }
 *
 * <p>A question that got no answer (unreachable, throttled, failed) is asked again as well: what is waited for goes on
 * without us. After {@value #PATIENCE} of them in a row the last failure is the result; other failures are at once.
 * Immutable and thread-safe.
 *
 * @param <T> the answer that will do
 */
public final class Polling<T> implements Call<T> {
    /** Questions without an answer, one after another, that are borne. */
    private static final int PATIENCE = 5;

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(10);

    private final Call<? extends T> ask;
    private final Predicate<? super T> done;
    private final Function<? super T, @Nullable String> hopeless;
    private final Consumer<? super T> watching;
    private final Duration first;
    private final Duration most;

    private Polling(
            Call<? extends T> ask,
            Predicate<? super T> done,
            Function<? super T, @Nullable String> hopeless,
            Consumer<? super T> watching,
            Duration first,
            Duration most) {
        this.ask = ask;
        this.done = done;
        this.hopeless = hopeless;
        this.watching = watching;
        this.first = first;
        this.most = most;
    }

    Polling(Call<? extends T> ask, Predicate<? super T> done) {
        this(ask, done, answer -> null, answer -> {}, FIRST, MOST);
    }

    /** The same with this pause between an answer and the next question; else 0.5 s, growing by half each time to 10 s. */
    public Polling<T> every(Duration pause) {
        if (pause.isNegative()) {
            throw new IllegalArgumentException("a pause is not negative: " + pause);
        }
        Duration kept = Task.countable(pause);
        return new Polling<>(ask, done, hopeless, watching, kept, kept);
    }

    /** The same with somebody told of every answer, on a virtual thread, one after another: for progress. */
    public Polling<T> watching(Consumer<? super T> watcher) {
        return new Polling<>(ask, done, hopeless, watcher, first, most);
    }

    /**
     * The same, ended by an answer that says that it will never do.
     *
     * @param why tells why not, for {@link MusterException.Failed}; null where there is hope
     */
    public Polling<T> unless(Function<? super T, @Nullable String> why) {
        return new Polling<>(ask, done, why, watching, first, most);
    }

    @Override
    public Pending<T> start() {
        Task<T> task = new Task<>();
        ask(task, first, 0);
        return task;
    }

    private void ask(Task<T> task, Duration pause, int unanswered) {
        if (task.isDone()) {
            return;
        }
        Pending<? extends T> question;
        try {
            question = ask.start();
        } catch (Throwable e) {
            task.completeExceptionally(e);
            return;
        }
        task.onCancel(question::cancel);
        question.whenComplete((answer, failure) -> {
            if (failure == null) {
                answered(task, pause, answer);
            } else if (unanswered + 1 < PATIENCE && passing(Task.unwrap(failure))) {
                later(task, pause, unanswered + 1);
            } else {
                task.completeExceptionally(Task.unwrap(failure));
            }
        });
    }

    private void answered(Task<T> task, Duration pause, T answer) {
        try {
            watching.accept(answer);
            String why = hopeless.apply(answer);
            if (why != null) {
                task.completeExceptionally(new MusterException.Failed(null, why));
            } else if (done.test(answer)) {
                task.complete(answer);
            } else {
                later(task, pause, 0);
            }
        } catch (Throwable e) {
            // Errors too, as of an assertion of who watches: whoever waits must hear of them.
            task.completeExceptionally(e);
        }
    }

    private void later(Task<T> task, Duration pause, int unanswered) {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Task.THREADS)
                .execute(() -> ask(task, longer.compareTo(most) > 0 ? most : longer, unanswered));
    }

    private static boolean passing(RuntimeException failure) {
        return failure instanceof MusterException.Unreachable
                || failure instanceof MusterException.Throttled
                || failure instanceof MusterException.Failed;
    }
}
