package dev.muster.http.internal;

import dev.muster.http.Protocol;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The connections of one origin: which there are, what they speak, and when more are made. */
final class Connections {
    /** After a failed connect, while others stand, no further is tried for this long. */
    private static final long CONNECT_PAUSE = 1_000_000_000L;

    /** What is prepared is made by so many each millisecond: a server busy with a hundred of them answers nobody meanwhile. */
    private static final int AT_ONCE = 4;

    private static final long APART = 1_000_000L;

    /** So many streams as HTTP/2 has numbers for, but one (RFC 9113 §5.1.1). */
    private static final int UNTOLD = (1 << 30) - 1;

    /** Those that stand. */
    final List<Connection> open = new ArrayList<>();

    private final List<Connection> connecting = new ArrayList<>();
    /** Those that became idle, the last first; some of them are busy again by now. */
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();

    private final Pool pool;
    private final Engine engine;
    private final Origin origin;
    private final Limit limit;
    private final Timers.Timer retry = new Timers.Timer() {
        @Override
        void fire(long now) {
            pool.touch();
        }
    };

    private final Timers.Timer some = new Timers.Timer() {
        @Override
        void fire(long now) {
            prepare(preparing);
        }
    };

    /** How many are still to be made before they are asked for. */
    private int preparing;

    /** Whether the next connection is likely to multiplex, so that one is enough. */
    private boolean multiplexing;

    /** After how many requests the last connection that did so turned away what it was sent. */
    private int lastTaken;
    /** How many requests an HTTP/2 connection takes in all. */
    private int budget = UNTOLD;

    private boolean onlyHttp1;
    /** All allowed connections are wanted, once it is known that one is not enough. */
    private boolean prepared;

    private boolean connectFailed;
    private long connectFailedAt;
    private long roundTrip;

    Connections(Pool pool) {
        this.pool = pool;
        this.engine = pool.engine;
        this.origin = pool.origin;
        this.limit = pool.limit;
        this.multiplexing = engine.settings.speaks(Protocol.HTTP_2)
                && (origin.secure() || !engine.settings.speaks(Protocol.HTTP_1_1));
    }

    /** What the next connection may speak, by ALPN names, the best first. */
    List<String> protocols() {
        return Stream.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                .filter(engine.settings::speaks)
                .filter(protocol -> protocol == Protocol.HTTP_1_1 || !onlyHttp1)
                .map(Protocol::alpn)
                .toList();
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

    boolean multiplexing() {
        return multiplexing;
    }

    /** How many requests an HTTP/2 connection takes in all, as far as that is known. */
    int budget() {
        return budget;
    }

    /**
     * A connection took so many and turned away those behind them. HTTP/2 has no word for such a limit, though servers have
     * one (nginx: keepalive_requests); two in succession that agree are taken for it, while one may be a server that restarts.
     */
    void took(int requests) {
        if (requests > 0 && requests == lastTaken) {
            budget = requests;
        }
        lastTaken = requests;
    }

    /** A connection would have taken more. */
    void tookMore() {
        budget = UNTOLD;
        lastTaken = 0;
    }

    /** How many are being made. */
    int inTheMaking() {
        return connecting.size();
    }

    boolean isEmpty() {
        return open.isEmpty() && connecting.isEmpty();
    }

    void opened(Connection connection) {
        connecting.remove(connection);
        open.add(connection);
        connectFailed = false;
        multiplexing = connection.multiplexes();
        limit.dare();
        pool.pipelining.opened(connection.number);
        if (prepared && !multiplexing) {
            prepare();
        }
        pool.touch();
    }

    /** Those who waited for this connection from its beginning fail with it, unless another can still serve them. */
    void failed(Connection connection, String why, @Nullable Throwable cause) {
        connecting.remove(connection);
        connectFailed = true;
        connectFailedAt = engine.now();
        engine.timers.cancel(some);
        pool.pipelining.failed();
        pool.touch();
        if (standing() == 0) {
            pool.unreachable(connection.begun, why, cause);
        } else if (!open.isEmpty()) {
            limit.refused(open.size() + connecting.size(), connectFailedAt);
        }
        if (!isEmpty()) {
            engine.timers.set(retry, connectFailedAt + CONNECT_PAUSE);
        }
    }

    void closed(Connection connection) {
        open.remove(connection);
        idle.remove(connection);
        pool.touch();
    }

    /** Its last request was answered. */
    void idle(Connection connection) {
        if (idle.size() >= 2 * open.size()) {
            idle.clear();
        }
        idle.push(connection);
    }

    /** The idle connection that was used last, as far as that is known without a look at all of them. */
    @Nullable
    Connection lastIdle(boolean shares) {
        for (Connection last = idle.poll(); last != null; last = idle.poll()) {
            if (last.idle() && last.room(shares) > 0) {
                return last;
            }
        }
        return null;
    }

    /** One connection turned out to be dead from idling: others that idled as long are not trusted either. */
    void distrustIdle(long since) {
        for (Connection connection : List.copyOf(open)) {
            if (connection.idle() && connection.lastUsed() - since <= 0) {
                connection.close(Ending.ours("another idle connection was found dead"));
            }
        }
    }

    int outstanding() {
        int outstanding = 0;
        for (int i = 0; i < open.size(); i++) {
            outstanding += open.get(i).outstanding();
        }
        return outstanding;
    }

    /** How many connections count. */
    int standing() {
        int standing = connecting.size();
        for (int i = 0; i < open.size(); i++) {
            standing += open.get(i).retiring() ? 0 : 1;
        }
        return standing;
    }

    /** How many requests are with a connection, but not written yet. */
    int unwritten() {
        int unwritten = 0;
        for (int i = 0; i < open.size(); i++) {
            unwritten += open.get(i).unwritten();
        }
        return unwritten;
    }

    /** So many requests may go, and find no connection: makes some more, if that is of use. */
    void openMore(int ready) {
        int waiting = ready - connecting.size();
        if (waiting <= 0) {
            return;
        }
        if (connectFailed && !open.isEmpty()) {
            if (engine.now() - connectFailedAt < CONNECT_PAUSE) {
                return;
            }
            connectFailedAt = engine.now();
            limit.dare();
        }
        int most = limit.connections();
        long places = Math.min(most - standing(), 2L * most - open.size() - connecting.size());
        int useful = multiplexing ? Math.min(1 - connecting.size(), waiting) : waiting;
        for (long more = Math.min(places, useful); more > 0; more--) {
            make();
        }
    }

    /** Work is about to come: opens every connection that is allowed so far, so that none of it waits for a handshake. */
    void prepare() {
        prepared = multiplexing;
        prepare(most());
    }

    /** Makes no more than so many, a few now and the others by and by. */
    private void prepare(int tries) {
        int missing = Math.min(tries, most() - standing());
        for (int i = Math.min(missing, AT_ONCE); i > 0; i--) {
            make();
        }
        preparing = missing - AT_ONCE;
        if (preparing > 0) {
            engine.timers.set(some, engine.now() + APART);
        }
    }

    private int most() {
        return multiplexing ? 1 : limit.connections();
    }

    private void make() {
        Connection connection = new Connection(pool);
        connecting.add(connection);
        connection.connect();
    }

    /** A connection was made, without TLS, within this time. */
    void connectedWithin(long nanos) {
        roundTrip = roundTrip == 0 ? nanos : Math.min(roundTrip, nanos);
    }

    /** The shortest time that a connection took to be made, without TLS; 0 while unknown. */
    long roundTrip() {
        return roundTrip;
    }

    /** Ends those that stand. */
    void endOpen() {
        List.copyOf(open).forEach(connection -> connection.close(Ending.shut()));
    }

    /** Gives up those that are being made. */
    void endMaking(Ending why) {
        engine.timers.cancel(some);
        List.copyOf(connecting).forEach(connection -> connection.close(why));
    }
}
