package dev.muster.http.internal;

import dev.muster.http.HttpException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one origin that wait, and who goes where:
 *
 * <ol>
 *   <li>Where answers come in any order (HTTP/2), one connection takes all it is allowed to before another is opened; and
 *       as long as it is not known whether an origin can do that, only one is.
 *   <li>Oldest first. A connection with nothing unanswered takes the oldest request that waits.
 *   <li>While fewer connections stand than are allowed, one is opened for each request that still waits, all at once;
 *       these requests wait for them.
 *   <li>Only what is beyond that is pipelined, behind the fewest unanswered requests first, and never behind one that has
 *       been waiting for unusually long.
 *   <li>A request that does not share waits in a queue of its own for a connection with nothing unanswered; one connection
 *       for each such request is spared from pipelining, so that it runs empty.
 *   <li>A request that may be written just once more gets a connection that nothing was sent on: many servers end a
 *       connection after some answers without a word, and no request is to be hit by that again and again.
 *   <li>A connection that will soon take no more does not count any longer: its successor is opened while it is still
 *       answering.
 *   <li>Second copies of slow requests go before all others, and never to the connection of the first: {@link Hedges}.
 * </ol>
 */
final class Placement {
    /** An answer is late when nothing has come for this many times what one takes from its request, and this much more. */
    private static final int LATE_FACTOR = 2;

    private static final long LATE_NANOS = 20_000_000L;

    private final Engine engine;
    private final Limit limit;
    private final Connections connections;
    private final @Nullable Hedges hedges;
    private final ExchangeQueue sharing = new ExchangeQueue();
    private final ExchangeQueue alone = new ExchangeQueue();
    /** Those of {@link #connections}. */
    private final List<Connection> open;

    /** How many requests may go in this handing out. */
    private int places;

    private long usualNanos;

    Placement(Pool pool, Connections connections, @Nullable Hedges hedges) {
        this.engine = pool.engine;
        this.limit = pool.limit;
        this.connections = connections;
        this.open = connections.open;
        this.hedges = hedges;
    }

    /** A request waits, behind all others. */
    void add(Exchange exchange) {
        (exchange.shares ? sharing : alone).addLast(exchange);
    }

    /** A request waits again, before all others. */
    void again(Exchange exchange) {
        (exchange.shares ? sharing : alone).addFirst(exchange);
    }

    /** An answer took so long from its request. */
    void took(long nanos) {
        usualNanos = usualNanos == 0 ? nanos : usualNanos + (nanos - usualNanos) / 8;
    }

    /** How many wait. */
    int waiting() {
        return sharing.size() + alone.size() + (hedges == null ? 0 : hedges.queue.size());
    }

    /** Hands out this many at most; answers how many went. */
    int handOut(int most) {
        places = most;
        hedge();
        multiplex();
        toIdle();
        connections.openMore(ready());
        deepen();
        return most - places;
    }

    /** Takes out all that wait. */
    List<Exchange> clear() {
        List<Exchange> all = new ArrayList<>();
        for (ExchangeQueue queue : List.of(sharing, alone)) {
            for (Exchange waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                all.add(waiting);
            }
        }
        return all;
    }

    /** Fails those who have waited since then. */
    void unreachable(long since, String why, @Nullable Throwable cause) {
        if (hedges != null) {
            failWaiting(hedges.queue, since, why, cause);
        }
        failWaiting(sharing, since, why, cause);
        failWaiting(alone, since, why, cause);
    }

    /** Second copies go first, as they have waited longest. */
    private void hedge() {
        if (hedges == null) {
            return;
        }
        for (Exchange copy = hedges.queue.peek(); places > 0 && copy != null; copy = hedges.queue.peek()) {
            Connection connection = besides(copy.besides());
            if (connection == null) {
                return;
            }
            hedges.queue.remove(copy);
            connection.add(copy);
            places--;
        }
    }

    /** The least busy connection that is not this one, unless that is the only one and multiplexes. */
    private @Nullable Connection besides(long number) {
        Connection best = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            boolean same = connection.number == number;
            if (connection.room(true) <= 0 || (!connection.multiplexes() && (same || late(connection)))) {
                continue;
            }
            if (best == null || best.number == number || (!same && connection.outstanding() < best.outstanding())) {
                best = connection;
            }
        }
        return best;
    }

    /** Fills the connections that multiplex, one after another. */
    private void multiplex() {
        for (int i = 0; connections.multiplexing() && i < open.size(); i++) {
            Connection connection = open.get(i);
            int room = connection.multiplexes() ? connection.room(true) : 0;
            for (Exchange next = oldest(); room > 0 && places > 0 && next != null; next = oldest()) {
                if (!next.request.idempotent() && connection.outstanding() == 0 && !connection.stillThere()) {
                    // Its ending has changed the list, and calls for another handing out.
                    return;
                }
                (next.shares ? sharing : alone).remove(next);
                connection.add(next);
                room--;
                places--;
            }
        }
    }

    private @Nullable Exchange oldest() {
        Exchange first = sharing.peek();
        Exchange lone = alone.peek();
        return first == null || (lone != null && lone.number < first.number) ? lone : first;
    }

    private void toIdle() {
        while (places > 0) {
            Exchange first = oldest();
            if (first == null) {
                return;
            }
            Connection idle = first.lastAttempt() ? fresh(first) : idle(first.shares);
            if (idle == null) {
                return;
            }
            // A kept connection may have ended in silence. For what cannot be sent twice it is worth a look.
            if (first.shares || idle.stillThere()) {
                (first.shares ? sharing : alone).remove(first);
                idle.add(first);
                places--;
            }
        }
    }

    /** The idle connection used last, which is least likely to have been given up by the server. */
    private @Nullable Connection idle(boolean shares) {
        Connection best = connections.lastIdle(shares);
        if (best != null) {
            return best;
        }
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.outstanding() == 0
                    && connection.room(shares) > 0
                    && (best == null || before(connection, best))) {
                best = connection;
            }
        }
        return best;
    }

    /** One that has answered goes before one that may still be shaking hands with what is in between. */
    private static boolean before(Connection one, Connection other) {
        return one.fresh() == other.fresh() ? one.lastUsed() - other.lastUsed() > 0 : other.fresh();
    }

    /** A connection that nothing was sent on; where there is no place for one, a used one makes room. */
    private @Nullable Connection fresh(Exchange exchange) {
        Connection used = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.outstanding() == 0 && connection.room(exchange.shares) > 0) {
                if (connection.fresh()) {
                    return connection;
                }
                used = connection;
            }
        }
        if (used != null && connections.inTheMaking() == 0 && connections.standing() >= limit.connections()) {
            used.close(Ending.ours("a fresh connection is needed for a request that was lost before"));
        }
        return null;
    }

    /** How many of the requests that wait may go. */
    private int ready() {
        return Math.min(waiting(), places);
    }

    private void deepen() {
        if (sharing.isEmpty()) {
            return;
        }
        int spared = spare(alone.size());
        while (ready() > connections.inTheMaking()) {
            Exchange next = sharing.peek();
            Connection connection = next == null || next.lastAttempt() ? null : leastOutstanding();
            if (next == null || connection == null) {
                break;
            }
            sharing.remove(next);
            connection.add(next);
            places--;
        }
        if (spared > 0) {
            open.forEach(connection -> connection.spared = false);
        }
    }

    /** Keeps the least busy connections free of further requests, one for each request that must be alone. */
    private int spare(int count) {
        int spared = 0;
        while (spared < count) {
            Connection connection = leastOutstanding();
            if (connection == null) {
                break;
            }
            connection.spared = true;
            spared++;
        }
        return spared;
    }

    private @Nullable Connection leastOutstanding() {
        Connection prompt = leastOutstanding(true);
        // Where all are late, none is: the origin is, or we were.
        return prompt != null || !allLate() ? prompt : leastOutstanding(false);
    }

    private boolean allLate() {
        for (int i = 0; i < open.size(); i++) {
            if (!late(open.get(i))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Connection leastOutstanding(boolean prompt) {
        Connection best = null;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            int outstanding = connection.outstanding();
            // What costs little first: every connection is looked at for every request.
            if (outstanding > least
                    || (best != null && outstanding == least && connection.waitingSince() - best.waitingSince() <= 0)
                    || connection.spared
                    || connection.room(true) <= 0
                    || (prompt && late(connection))) {
                continue;
            }
            best = connection;
            least = outstanding;
        }
        return best;
    }

    private boolean late(Connection connection) {
        return connection.outstanding() > 0
                && engine.now() - connection.waitingSince() > LATE_FACTOR * usualNanos + LATE_NANOS;
    }

    private void failWaiting(ExchangeQueue queue, long since, String why, @Nullable Throwable cause) {
        Exchange waiting = queue.peek();
        while (waiting != null) {
            Exchange next = waiting.behind;
            if (waiting.asked - since <= 0) {
                queue.remove(waiting);
                waiting.fail(
                        waiting.attempts() == 0
                                ? new HttpException.Unreachable(waiting.request + ": " + why, cause)
                                : new HttpException.Lost(
                                        waiting.request + ": its connection died, and no other could be made: " + why,
                                        cause));
            }
            waiting = next;
        }
    }
}
