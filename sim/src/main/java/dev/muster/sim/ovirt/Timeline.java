package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/**
 * What is still to happen, and when. Nothing happens by itself: whoever is about to look {@link #settle settles} first.
 * Thread-safe.
 */
final class Timeline {
    private final LongSupplier nanos;
    private final long start;
    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong(Due::nanos).thenComparingLong(Due::number));
    private volatile boolean waiting;
    private long number;

    private record Due(long nanos, long number, Runnable change) {}

    /** @param nanos a clock as {@link System#nanoTime} is one */
    Timeline(LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    private long now() {
        return nanos.getAsLong() - start;
    }

    /** The time in this cloud, in milliseconds since 1970. */
    long millis() {
        return Invented.EPOCH_MILLIS + now() / 1_000_000;
    }

    /** Has something happen after a time, or at once after none. */
    synchronized void after(Duration time, Runnable change) {
        if (time.isZero()) {
            change.run();
        } else {
            due.add(new Due(now() + time.toNanos(), number++, change));
            waiting = true;
        }
    }

    /** Has everything happen whose time has come. */
    void settle() {
        if (!waiting) {
            return;
        }
        synchronized (this) {
            for (Due next; (next = due.peek()) != null && next.nanos <= now(); ) {
                due.remove();
                next.change.run();
            }
            waiting = !due.isEmpty();
        }
    }

    /** Waits until so much time has passed, then settles. */
    void sleep(Duration time) {
        long end = now() + time.toNanos();
        try {
            for (long left; (left = end - now()) > 0; ) {
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settle();
    }
}
