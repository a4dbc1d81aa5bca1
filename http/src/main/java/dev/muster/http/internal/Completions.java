package dev.muster.http.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries results to callers' code, which may take its time, on virtual threads. To start one costs more than a request does, so
 * the results of one turn share a few, each of which takes one after another. Those that are still there a moment later, as what
 * was called waits for something (perhaps for another of them), get a thread each.
 *
 * <p>Confined to the loop but for {@link #complete}.
 */
public final class Completions {
    /** Nanoseconds that a result may wait for what was called before it. */
    private static final long PATIENCE = 1_000_000;
    /** Results that one thread is given. */
    private static final int SHARE = 16;

    private final Engine engine;
    private final List<Runnable> gathered = new ArrayList<>();
    /** Oldest first. */
    private final Queue<Batch> started = new ArrayDeque<>();

    private final Timers.Timer patience = new Timers.Timer() {
        @Override
        void fire(long now) {
            hurry(now);
        }
    };

    Completions(Engine engine) {
        this.engine = engine;
    }

    /** Runs, off the loop and soon, what reaches a caller's code. From any thread. */
    public void complete(Runnable completion) {
        if (engine.onLoop() && !engine.stopping()) {
            gathered.add(completion);
        } else {
            alone(completion);
        }
    }

    /** A turn is over. */
    void start() {
        if (gathered.isEmpty()) {
            return;
        }
        if (gathered.size() == 1) {
            alone(gathered.removeLast());
            return;
        }
        long now = System.nanoTime();
        Batch batch = new Batch(gathered.toArray(new Runnable[0]), now + PATIENCE);
        gathered.clear();
        batch.carry(Math.ceilDiv(batch.left(), SHARE));
        started.add(batch);
        hurry(now);
    }

    /** The loop ends, and with it all patience. */
    void end() {
        for (Batch batch = started.poll(); batch != null; batch = started.poll()) {
            batch.carry(batch.left());
        }
    }

    private static void alone(Runnable completion) {
        Thread.ofVirtual().name("muster-http-done").start(completion);
    }

    /** Gives a thread to each result that has waited long enough. */
    private void hurry(long now) {
        Batch oldest = started.peek();
        while (oldest != null && (oldest.left() == 0 || oldest.due - now <= 0)) {
            oldest.carry(oldest.left());
            started.remove();
            oldest = started.peek();
        }
        if (oldest != null) {
            engine.timers.set(patience, oldest.due);
        }
    }

    /** What came in one turn. However many threads run it, each result is carried out once. */
    private static final class Batch implements Runnable {
        private final Runnable[] results;
        private final AtomicInteger taken = new AtomicInteger();
        private final long due;

        Batch(Runnable[] results, long due) {
            this.results = results;
            this.due = due;
        }

        int left() {
            return Math.max(0, results.length - taken.get());
        }

        void carry(int threads) {
            for (int i = 0; i < threads; i++) {
                alone(this);
            }
        }

        @Override
        public void run() {
            for (int i = taken.getAndIncrement(); i < results.length; i = taken.getAndIncrement()) {
                results[i].run();
            }
        }
    }
}
