package dev.muster.http.internal;

import java.util.ArrayDeque;

/** Second copies of one origin's slow requests: which requests are watched, and which copies wait for a place. */
final class Hedges {
    /** Copies that wait for a connection. */
    final ExchangeQueue queue = new ExchangeQueue();

    private final Pool pool;
    private final Hedging hedging;
    /** Oldest first, those among them that are answered too. */
    private final ArrayDeque<Exchange> watched = new ArrayDeque<>();

    private final Timers.Timer timer = new Timers.Timer() {
        @Override
        void fire(long now) {
            look(now);
        }
    };
    private long written;

    Hedges(Pool pool, Hedging hedging) {
        this.pool = pool;
        this.hedging = hedging;
    }

    /** A request is about to be written. */
    void written(Exchange exchange, long now) {
        if (!exchange.onlyReads() || exchange.sends() > 0) {
            return;
        }
        if (exchange.isSecond()) {
            written++;
            return;
        }
        hedging.asked();
        watch(exchange, now);
    }

    /** This answer counts for its request. */
    void answered(Exchange exchange, long now) {
        if (exchange.onlyReads() && !exchange.finished()) {
            hedging.answered(exchange.waited(now));
            arm();
        }
    }

    /** How many copies were written. */
    long written() {
        return written;
    }

    private void watch(Exchange exchange, long now) {
        forget();
        exchange.watchedSince = now;
        watched.addLast(exchange);
        arm();
    }

    private void look(long now) {
        for (forget(); !watched.isEmpty() && now - watched.element().watchedSince >= hedging.patience(); forget()) {
            Exchange slow = watched.remove();
            // What waits for a place is not slow, and an origin that turns requests away gets none twice.
            if (slow.queue == null && pool.unburdened(now) && hedging.pay()) {
                queue.addLast(slow.second());
                pool.touch();
            } else {
                watch(slow, now);
            }
        }
        arm();
    }

    private void forget() {
        while (!watched.isEmpty() && watched.element().finished()) {
            watched.remove();
        }
    }

    private void arm() {
        if (!timer.isSet() && !watched.isEmpty() && hedging.patience() != Hedging.UNKNOWN) {
            pool.engine.timers.set(timer, watched.element().watchedSince + hedging.patience());
        }
    }
}
