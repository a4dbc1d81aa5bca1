package dev.muster.http.internal;

import java.util.ArrayDeque;

/** Requests of one origin that were turned away and will be asked again, each at its time. Any of them can leave. */
final class Resting {
    final ExchangeQueue queue = new ExchangeQueue();

    private final Pool pool;
    private final Timers.Timer timer = new Timers.Timer() {
        @Override
        void fire(long now) {
            wake(now);
        }
    };

    Resting(Pool pool) {
        this.pool = pool;
    }

    void add(Exchange exchange, long until) {
        exchange.restsUntil = until;
        queue.addLast(exchange);
        noLaterThan(until);
    }

    private void wake(long now) {
        ArrayDeque<Exchange> due = new ArrayDeque<>();
        Exchange next;
        for (Exchange exchange = queue.peek(); exchange != null; exchange = next) {
            next = exchange.behind;
            if (exchange.restsUntil - now <= 0) {
                queue.remove(exchange);
                due.add(exchange);
            } else {
                noLaterThan(exchange.restsUntil);
            }
        }
        while (!due.isEmpty()) {
            pool.again(due.removeLast());
        }
    }

    private void noLaterThan(long until) {
        if (!timer.isSet() || timer.due() - until > 0) {
            pool.engine.timers.set(timer, until);
        }
    }
}
