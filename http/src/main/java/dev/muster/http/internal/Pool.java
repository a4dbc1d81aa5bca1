package dev.muster.http.internal;

import dev.muster.http.HttpException;
import dev.muster.http.Protocol;
import dev.muster.http.Proxies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests and connections of one origin, and who goes where:
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
 *   <li>Nothing goes while the origin has asked for a pause, and no more than it was found to bear: {@link Throttle}.
 * </ol>
 */
final class Pool {
    /** After a failed connect, while others stand, no further is tried for this long. */
    private static final long CONNECT_PAUSE = 1_000_000_000L;

    /** An answer is late when it takes this many times the usual, and this much more. */
    private static final int LATE_FACTOR = 4;

    private static final long LATE_NANOS = 20_000_000L;

    final Engine engine;
    final Origin origin;
    /** Through which proxy the origin is reached; null where straight. */
    final Proxies.@Nullable Proxy proxy;

    final RequestEncoder encoder;
    final Pipelining pipelining;
    final Addresses addresses;
    final Throttle throttle;

    private final ExchangeQueue sharing = new ExchangeQueue();
    private final ExchangeQueue alone = new ExchangeQueue();
    private final Resting resting = new Resting(this);
    private final List<Connection> open = new ArrayList<>();
    private final List<Connection> connecting = new ArrayList<>();
    private final Timers.Timer retry = new Timers.Timer() {
        @Override
        void fire(long now) {
            touch();
        }
    };
    private final Timers.Timer resume = new Timers.Timer() {
        @Override
        void fire(long now) {
            touch();
        }
    };
    private boolean touched;
    /** How many requests may go in this handing out. */
    private int places;

    /** Whether the next connection is likely to multiplex, so that one is enough. */
    private boolean multiplexing;

    private boolean onlyHttp1;
    /** All allowed connections are wanted, once it is known that one is not enough. */
    private boolean prepared;

    private boolean connectFailed;
    private long connectFailedAt;
    private long usualNanos;

    Pool(Engine engine, Origin origin) {
        this.engine = engine;
        this.origin = origin;
        this.proxy = engine.settings.proxies().find(origin.secure(), origin.host(), origin.port());
        this.encoder = new RequestEncoder(origin, proxy);
        this.pipelining = new Pipelining(engine.settings.pipeline());
        this.multiplexing = engine.settings.speaks(Protocol.HTTP_2)
                && (origin.secure() || !engine.settings.speaks(Protocol.HTTP_1_1));
        this.addresses = new Addresses(engine, origin, proxy);
        long most = (long) engine.settings.connections() * engine.settings.pipeline();
        this.throttle = new Throttle((int) Math.min(most, Integer.MAX_VALUE), ThreadLocalRandom.current());
    }

    /** What the next connection may speak, by ALPN names, the best first. */
    String[] protocols() {
        return Stream.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                .filter(engine.settings::speaks)
                .filter(protocol -> protocol == Protocol.HTTP_1_1 || !onlyHttp1)
                .map(Protocol::alpn)
                .toArray(String[]::new);
    }

    /** Whether that is what the server agreed to, empty where it did not choose. */
    boolean understands(String agreed) {
        return engine.settings.speaks(Protocol.HTTP_1_1) || !origin.secure() || agreed.equals(Protocol.HTTP_2.alpn());
    }

    /** Where nothing is agreed on, HTTP/2 is for those who speak nothing else (prior knowledge, RFC 9113 §3.3). */
    boolean speaksHttp2(String agreed) {
        return agreed.equals(Protocol.HTTP_2.alpn())
                || (!origin.secure() && !engine.settings.speaks(Protocol.HTTP_1_1));
    }

    /** The server wants it so for a request. */
    void onlyHttp1() {
        onlyHttp1 = engine.settings.speaks(Protocol.HTTP_1_1) && origin.secure();
        multiplexing &= !onlyHttp1;
    }

    void submit(Exchange exchange) {
        (exchange.shares ? sharing : alone).addLast(exchange);
        touch();
    }

    /** A request goes again, before all that wait. */
    void again(Exchange exchange) {
        (exchange.shares ? sharing : alone).addFirst(exchange);
        touch();
    }

    /**
     * This request was answered 429 or 503, which all requests heed. Whether it will be asked again; otherwise this answer
     * is for the caller.
     */
    boolean turnedAway(Exchange exchange, ResponseHead answer, long now) {
        long retryAfter = RetryAfter.nanos(answer.headers(), Instant.now());
        throttle.throttled(exchange.lastSent(), retryAfter, now);
        if (!exchange.repeatable() || exchange.throttles() >= engine.settings.retries()) {
            return false;
        }
        long wait = throttle.wait(exchange.throttles(), retryAfter, now);
        if (wait > Throttle.LONGEST || !exchange.wantedAt(now + wait) || !throttle.pay()) {
            return false;
        }
        exchange.throttled(answer.status(), wait, now);
        resting.add(exchange, now + wait);
        return true;
    }

    /** Something happened that may let a request go. */
    void touch() {
        if (!touched) {
            touched = true;
            engine.touched(this);
        }
    }

    /** An answer took this long from when the server could have begun with it. */
    void answeredWithin(long nanos) {
        usualNanos = usualNanos == 0 ? nanos : usualNanos + (nanos - usualNanos) / 8;
    }

    void opened(Connection connection) {
        connecting.remove(connection);
        open.add(connection);
        connectFailed = false;
        multiplexing = connection.multiplexes();
        pipelining.opened(connection.number);
        if (prepared && !multiplexing) {
            prepare();
        }
        touch();
    }

    /** Those who waited for this connection from its beginning fail with it, unless another can still serve them. */
    void connectFailed(Connection connection, String why, @Nullable Throwable cause) {
        connecting.remove(connection);
        connectFailed = true;
        connectFailedAt = engine.now();
        pipelining.failed();
        touch();
        if (!open.isEmpty() || !connecting.isEmpty()) {
            engine.timers.set(retry, connectFailedAt + CONNECT_PAUSE);
            return;
        }
        failWaiting(sharing, connection.begun, why, cause);
        failWaiting(alone, connection.begun, why, cause);
    }

    void closed(Connection connection) {
        open.remove(connection);
        touch();
    }

    /** One connection turned out to be dead from idling: others that idled as long are not trusted either. */
    void distrustIdle(long since) {
        for (Connection connection : List.copyOf(open)) {
            if (connection.idle() && connection.lastUsed() - since <= 0) {
                connection.close(Ending.ours("another idle connection was found dead"));
            }
        }
    }

    void handOut() {
        touched = false;
        long pause = throttle.pause(engine.now());
        if (pause > 0) {
            engine.timers.set(resume, engine.now() + pause);
            return;
        }
        places = throttle.limited() ? throttle.limit() - outstanding() : Integer.MAX_VALUE;
        multiplex();
        toIdle();
        openMore();
        deepen();
    }

    void shut() {
        for (Connection connection : List.copyOf(open)) {
            connection.close(Ending.shut());
        }
        for (ExchangeQueue queue : List.of(sharing, alone, resting.queue)) {
            for (Exchange waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                waiting.fail(new HttpException.Closed(waiting.request + ": the client was closed"));
            }
        }
        for (Connection connection : List.copyOf(connecting)) {
            connection.close(Ending.shut());
        }
    }

    /** Fills the connections that multiplex, one after another. */
    private void multiplex() {
        for (int i = 0; multiplexing && i < open.size(); i++) {
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
        Connection best = null;
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
        if (used != null && connecting.isEmpty() && standing() >= engine.settings.connections()) {
            used.close(Ending.ours("a fresh connection is needed for a request that was lost before"));
        }
        return null;
    }

    /** How many of the requests that wait may go. */
    private int ready() {
        return Math.min(sharing.size() + alone.size(), places);
    }

    private int outstanding() {
        int outstanding = 0;
        for (int i = 0; i < open.size(); i++) {
            outstanding += open.get(i).outstanding();
        }
        return outstanding;
    }

    /** How many connections count. */
    private int standing() {
        int standing = connecting.size();
        for (int i = 0; i < open.size(); i++) {
            standing += open.get(i).retiring() ? 0 : 1;
        }
        return standing;
    }

    private void openMore() {
        int waiting = ready() - connecting.size();
        if (waiting <= 0) {
            return;
        }
        if (connectFailed && !open.isEmpty() && engine.now() - connectFailedAt < CONNECT_PAUSE) {
            return;
        }
        int most = engine.settings.connections();
        int places = Math.min(most - standing(), 2 * most - open.size() - connecting.size());
        int useful = multiplexing ? Math.min(1 - connecting.size(), waiting) : waiting;
        for (int more = Math.min(places, useful); more > 0; more--) {
            Connection connection = new Connection(this);
            connecting.add(connection);
            connection.connect();
        }
    }

    /** Work is about to come: opens every connection that is allowed, so that none of it waits for a handshake. */
    void prepare() {
        prepared = multiplexing;
        int most = multiplexing ? 1 : engine.settings.connections();
        for (int more = most - standing(); more > 0; more--) {
            Connection connection = new Connection(this);
            connecting.add(connection);
            connection.connect();
        }
    }

    private void deepen() {
        if (sharing.isEmpty()) {
            return;
        }
        int spared = spare(alone.size());
        while (ready() > connecting.size()) {
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
        Connection best = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.spared || connection.room(true) <= 0 || late(connection)) {
                continue;
            }
            if (best == null
                    || connection.outstanding() < best.outstanding()
                    || (connection.outstanding() == best.outstanding()
                            && connection.waitingSince() - best.waitingSince() > 0)) {
                best = connection;
            }
        }
        return best;
    }

    private boolean late(Connection connection) {
        return connection.outstanding() > 0
                && engine.now() - connection.waitingSince() > LATE_FACTOR * usualNanos + LATE_NANOS;
    }

    private void failWaiting(ExchangeQueue queue, long begun, String why, @Nullable Throwable cause) {
        Exchange waiting = queue.peek();
        while (waiting != null) {
            Exchange next = waiting.behind;
            if (waiting.asked - begun <= 0) {
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
