package dev.muster.http.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A binary heap of timers by due time ({@link System#nanoTime()}); a timer knows its place, so it leaves in log n. */
final class Timers {
    /** Something due at a time. Set and cancelled through {@link Timers}, on the loop only. */
    abstract static class Timer {
        private long due;
        private int at = -1;

        abstract void fire(long now);

        final boolean isSet() {
            return at >= 0;
        }

        final long due() {
            return due;
        }
    }

    private @Nullable Timer[] heap = new @Nullable Timer[16];
    private int size;

    /** Sets the timer, or moves it. */
    void set(Timer timer, long due) {
        timer.due = due;
        if (timer.at < 0) {
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            place(timer, size++);
        }
        up(timer);
        down(timer);
    }

    void cancel(Timer timer) {
        int hole = timer.at;
        if (hole < 0) {
            return;
        }
        timer.at = -1;
        Timer last = at(--size);
        heap[size] = null;
        if (!last.equals(timer)) {
            place(last, hole);
            up(last);
            down(last);
        }
    }

    /** Nanoseconds until the next is due, 0 if it is past due, {@link Long#MAX_VALUE} if there is none. */
    long untilNext(long now) {
        return size == 0 ? Long.MAX_VALUE : Math.max(0, at(0).due - now);
    }

    /** The timer that is due, taken out; null when none is. */
    @Nullable
    Timer takeDue(long now) {
        if (size == 0 || at(0).due - now > 0) {
            return null;
        }
        Timer first = at(0);
        cancel(first);
        return first;
    }

    int size() {
        return size;
    }

    private void up(Timer timer) {
        while (timer.at > 0) {
            Timer parent = at((timer.at - 1) / 2);
            if (parent.due - timer.due <= 0) {
                return;
            }
            swap(timer, parent);
        }
    }

    private void down(Timer timer) {
        while (true) {
            int child = 2 * timer.at + 1;
            if (child >= size) {
                return;
            }
            Timer least = at(child);
            if (child + 1 < size && at(child + 1).due - least.due < 0) {
                least = at(child + 1);
            }
            if (timer.due - least.due <= 0) {
                return;
            }
            swap(least, timer);
        }
    }

    private void swap(Timer rising, Timer sinking) {
        int low = rising.at;
        place(rising, sinking.at);
        place(sinking, low);
    }

    private void place(Timer timer, int where) {
        heap[where] = timer;
        timer.at = where;
    }

    @SuppressWarnings("NullAway") // below size every place is taken
    private Timer at(int where) {
        return heap[where];
    }
}
