package dev.muster.core.internal;

import java.util.concurrent.CompletableFuture;

/** A place in a queue: whoever has it waits until all before it have ended, and ends it to let the next one go on. */
final class Turn {
    private final CompletableFuture<?> before;
    private final CompletableFuture<Boolean> done = new CompletableFuture<>();

    private Turn(CompletableFuture<?> before) {
        this.before = before;
    }

    /** The first of a queue. */
    static Turn first() {
        return new Turn(CompletableFuture.completedFuture(true));
    }

    /** The one behind this. */
    Turn next() {
        return new Turn(done);
    }

    /** One inside this: it may go on when this one may. */
    Turn inside() {
        return new Turn(before);
    }

    void await() {
        before.join();
    }

    void end() {
        done.complete(true);
    }

    /** Ends as soon as all before it have ended. */
    void endInTurn() {
        var _ = before.thenRun(this::end);
    }

    /** Ends when another has ended. */
    void endAfter(Turn other) {
        var _ = other.done.thenRun(this::end);
    }
}
