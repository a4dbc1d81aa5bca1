package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import java.util.ArrayDeque;

/**
 * Decides about the unanswered requests of a connection that ended:
 *
 * <ol>
 *   <li>What certainly was not carried out goes again, whatever its method, and it does not count: nothing of it was
 *       handed to the kernel, or it stood behind an answer that announced the end.
 *   <li>What may be repeated and was given up for the sake of another (which took too long, or was garbled), or stood behind
 *       another when the connection broke, goes again and does not count.
 *   <li>What may be repeated goes again until it has been written {@link Settings#attempts} times; then it is Lost.
 *   <li>What must not be repeated and may have reached the server fails as OutcomeUnknown.
 * </ol>
 */
final class Replay {
    /** Going again for nothing must come to an end as well, should a server accept and close for ever. */
    private static final int MOST_DETOURS = 100;

    private final Pool pool;
    private final Ending ending;
    private final ArrayDeque<Exchange> again = new ArrayDeque<>();

    Replay(Pool pool, Ending ending) {
        this.pool = pool;
        this.ending = ending;
    }

    /** A request that never left. */
    void unsent(Exchange exchange) {
        if (!over(exchange)) {
            requeueOrLose(exchange, exchange.detour() <= MOST_DETOURS, "before the request was sent");
        }
    }

    /** A request that was encoded; {@code reached}: some of it was handed to the kernel. */
    void sent(Exchange exchange, boolean reached, String progress) {
        sent(exchange, reached, ending.kind() == Ending.Kind.OURS, progress);
    }

    /** The same of one that the server had not come to, as it answers in order. */
    void behind(Exchange exchange, boolean reached) {
        sent(exchange, reached, true, "before the answer");
    }

    private void sent(Exchange exchange, boolean reached, boolean innocent, String progress) {
        if (over(exchange)) {
            return;
        }
        if (exchange.isOpen()) {
            exchange.fail(
                    new HttpException.Lost(exchange.request + ": " + ending.why() + " " + progress, ending.cause()));
        } else if (exchange.spent()
                && (!reached || ending.kind() == Ending.Kind.ANNOUNCED || exchange.request.idempotent())) {
            exchange.fail(new HttpException.Lost(
                    exchange.request + ": " + ending.why() + " " + progress
                            + "; its body can be read only once, so it was not sent again",
                    ending.cause()));
        } else if (!reached || ending.kind() == Ending.Kind.ANNOUNCED || (innocent && exchange.request.idempotent())) {
            exchange.forgive();
            requeueOrLose(exchange, exchange.detour() <= MOST_DETOURS, progress);
        } else if (exchange.request.idempotent()) {
            requeueOrLose(exchange, exchange.attempts() < exchange.engine.settings.attempts(), progress);
        } else {
            exchange.fail(new HttpException.OutcomeUnknown(
                    exchange.request + ": " + ending.why() + " " + progress
                            + "; it may or may not have been carried out",
                    ending.cause()));
        }
    }

    /** Puts what goes again at the head of the queue, in its old order. */
    void finish() {
        while (!again.isEmpty()) {
            pool.again(again.removeLast());
        }
    }

    private boolean over(Exchange exchange) {
        exchange.carriedBy(null);
        if (!exchange.finished() && ending.kind() == Ending.Kind.SHUT) {
            exchange.fail(new HttpException.Closed(exchange.request + ": " + ending.why()));
        }
        return exchange.finished() || exchange.yields(exchange.engine.now());
    }

    private void requeueOrLose(Exchange exchange, boolean within, String progress) {
        if (within) {
            if (exchange.sends() > 0 && exchange.engine.listened()) {
                exchange.engine.emit(
                        new HttpEvent.Resent(exchange.engine.now(), exchange.number, ending.why() + " " + progress));
            }
            again.add(exchange);
        } else {
            int times = exchange.attempts();
            exchange.fail(new HttpException.Lost(
                    exchange.request + ": " + ending.why() + " " + progress
                            + (times > 1 ? ", " + times + " times" : ""),
                    ending.cause()));
        }
    }
}
