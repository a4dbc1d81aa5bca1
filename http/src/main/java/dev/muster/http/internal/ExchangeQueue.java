package dev.muster.http.internal;

import org.jspecify.annotations.Nullable;

/** Exchanges in order, linked through themselves: any of them leaves at once, and nothing is allocated. */
final class ExchangeQueue {
    private @Nullable Exchange first;
    private @Nullable Exchange last;
    private int size;

    void addLast(Exchange exchange) {
        Exchange before = last;
        exchange.queue = this;
        exchange.before = before;
        exchange.behind = null;
        if (before == null) {
            first = exchange;
        } else {
            before.behind = exchange;
        }
        last = exchange;
        size++;
    }

    void addFirst(Exchange exchange) {
        Exchange after = first;
        exchange.queue = this;
        exchange.before = null;
        exchange.behind = after;
        if (after == null) {
            last = exchange;
        } else {
            after.before = exchange;
        }
        first = exchange;
        size++;
    }

    /** Takes out an exchange that is in this queue. */
    void remove(Exchange exchange) {
        Exchange before = exchange.before;
        Exchange behind = exchange.behind;
        if (before == null) {
            first = behind;
        } else {
            before.behind = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.before = before;
        }
        exchange.queue = null;
        exchange.before = null;
        exchange.behind = null;
        size--;
    }

    @Nullable
    Exchange peek() {
        return first;
    }

    @Nullable
    Exchange poll() {
        Exchange taken = first;
        if (taken != null) {
            remove(taken);
        }
        return taken;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }
}
