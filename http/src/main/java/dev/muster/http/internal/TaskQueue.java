package dev.muster.http.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What other threads ask of the loop. Lock-free: a pusher swaps the newest task in, the loop takes all at once and
 * turns them round. A task is its own node, so queueing allocates nothing.
 */
@SuppressWarnings("ReferenceEquality") // SHUT is a mark
final class TaskQueue {
    /** Something to be run once on the loop. */
    abstract static class Task {
        private @Nullable Task older;

        abstract void run();

        static Task of(Runnable body) {
            return new Task() {
                @Override
                void run() {
                    body.run();
                }
            };
        }
    }

    private static final Task SHUT = new Task() {
        @Override
        void run() {}
    };
    private static final VarHandle NEWEST;

    static {
        try {
            NEWEST = MethodHandles.lookup().findVarHandle(TaskQueue.class, "newest", Task.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // through NEWEST
    private volatile @Nullable Task newest;

    /** False when the queue is shut: the task will not be run. */
    boolean push(Task task) {
        while (true) {
            Task seen = newest;
            if (seen == SHUT) {
                return false;
            }
            task.older = seen;
            if (NEWEST.weakCompareAndSet(this, seen, task)) {
                return true;
            }
        }
    }

    boolean isEmpty() {
        Task seen = newest;
        return seen == null || seen == SHUT;
    }

    /** All tasks pushed so far, oldest first, linked by {@link #next}. */
    @Nullable
    Task take() {
        return newest == null ? null : turned((Task) NEWEST.getAndSet(this, null));
    }

    /** What was left; nothing can be pushed any more. */
    @Nullable
    Task shut() {
        return turned((Task) NEWEST.getAndSet(this, SHUT));
    }

    /** The task behind this one in the chain that {@link #take} answered, which it leaves. */
    @Nullable
    static Task next(Task task) {
        Task next = task.older;
        task.older = null;
        return next;
    }

    private static @Nullable Task turned(@Nullable Task newest) {
        Task chain = null;
        Task at = newest == SHUT ? null : newest;
        while (at != null) {
            Task older = at.older;
            at.older = chain;
            chain = at;
            at = older;
        }
        return chain;
    }
}
