package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its making to its end: the socket, its readiness, its bytes, its one timer. What the bytes mean is
 * the codec's affair.
 */
final class Connection {
    final long number;
    /** When it began to be made. */
    final long begun = System.nanoTime();

    /** Set by the pool for the time of one handing out. */
    boolean spared;

    private final Engine engine;
    private final Pool pool;
    private final Dialer dialer;
    private final Timers.Timer timer = new Timers.Timer() {
        @Override
        void fire(long now) {
            overdue(now);
        }
    };
    private @Nullable Established established;
    private boolean closed;
    private boolean marked;
    /** Why nothing more can be written; null where it can. */
    private @Nullable IOException writeFailure;

    private boolean writeStuck;
    private long lastUsed;
    private long idleTimeout;

    /** What there is once the peer has agreed to everything. */
    private record Established(SelectionKey key, ExchangeCodec codec, SocketReader reader, SocketWriter writer) {}

    Connection(Pool pool) {
        this.pool = pool;
        this.engine = pool.engine;
        this.number = engine.nextConnection();
        this.idleTimeout = engine.settings.idleTimeout();
        this.dialer = new Dialer(this, pool);
    }

    void connect() {
        if (engine.listened()) {
            engine.emit(new HttpEvent.Connecting(begun, number, pool.origin.toString()));
        }
        dialer.dial();
    }

    /** The dialer is done. */
    void established(SocketChannel channel, SelectionKey key, Transport transport) {
        ExchangeCodec codec = pool.connections.speaksHttp2(transport.protocol())
                ? new Http2Codec(this, pool)
                : new Http1Codec(this, pool);
        SocketReader reader = new SocketReader(engine, this, channel, transport, codec);
        SocketWriter writer = new SocketWriter(engine, this, transport, codec);
        established = new Established(key, codec, reader, writer);
        lastUsed = engine.tick();
        key.interestOps(SelectionKey.OP_READ);
        if (engine.listened()) {
            engine.emit(new HttpEvent.Connected(lastUsed, number, codec.protocol()));
        }
        rearm();
        mark();
        pool.connections.opened(this);
    }

    /** The dialer has given up. */
    void unreachable(String why, @Nullable Throwable cause) {
        if (closed) {
            return;
        }
        closed = true;
        if (engine.listened()) {
            engine.emit(new HttpEvent.ConnectFailed(
                    engine.tick(), number, new HttpException.Unreachable(pool.origin + ": " + why, cause)));
        }
        pool.connections.failed(this, why, cause);
    }

    boolean isClosed() {
        return closed;
    }

    int room(boolean shares) {
        return established == null || closed || writeFailure != null ? 0 : established.codec.room(shares);
    }

    boolean multiplexes() {
        return established != null && established.codec.multiplexes();
    }

    int outstanding() {
        return established == null ? 0 : established.codec.outstanding();
    }

    int unwritten() {
        return established == null ? 0 : established.codec.unwritten();
    }

    boolean fresh() {
        return established != null && established.codec.fresh();
    }

    boolean retiring() {
        return established == null || writeFailure != null || established.codec.retiring();
    }

    long waitingSince() {
        return established == null ? begun : established.codec.waitingSince();
    }

    boolean idle() {
        return established != null && outstanding() == 0;
    }

    /** When it was last known to be alive. */
    long lastUsed() {
        return lastUsed;
    }

    /** The server said for how long it keeps an idle connection. Ours ends a little sooner than that. */
    void keepsIdleFor(int seconds) {
        long theirs = Math.max(seconds * 1_000_000_000L - 1_000_000_000L, 500_000_000L);
        idleTimeout = Math.min(engine.settings.idleTimeout(), theirs);
    }

    void add(Exchange exchange) {
        if (established != null) {
            established.codec.add(exchange);
            mark();
        }
    }

    /** The place of an answered request is free. */
    void answered(long now) {
        lastUsed = now;
        if (idle()) {
            pool.connections.idle(this);
        }
        pool.touch();
    }

    /** Looks whether the peer has ended an idle connection meanwhile; false if so. */
    boolean stillThere() {
        read();
        return !closed;
    }

    void ready() {
        if (closed) {
            // Together with another, for whose sake it was given up.
            return;
        }
        Established on = established;
        if (on == null) {
            dialer.ready();
            return;
        }
        int ops = on.key.readyOps();
        if ((ops & SelectionKey.OP_READ) != 0) {
            read();
        }
        if ((ops & SelectionKey.OP_WRITE) != 0 && !closed) {
            // Be it that TLS asked for it by itself, as for an answer to new keys.
            writeStuck = true;
            write();
        }
    }

    void readOn() {
        if (!closed) {
            read();
        }
    }

    private void read() {
        Established on = established;
        if (on != null) {
            on.reader.read();
            if (!closed) {
                on.codec.readOver();
            }
        }
    }

    /** There is nothing more to read. */
    void drained() {
        if (writeFailure != null) {
            broke(writeFailure);
        }
    }

    /** Whether nothing is read because a reader is behind. */
    boolean paused() {
        return established != null && established.reader.paused();
    }

    /** A reader has caught up. */
    void resume() {
        if (established != null && !closed) {
            established.reader.resume();
        }
    }

    /** Whether somebody else reads, so that nothing is to be read here. */
    boolean lent() {
        return established != null && established.reader.lent();
    }

    /** Lets the reader of this body read so much of it itself, and wait so long for it. */
    void lend(BodyPipe reader, long most, long silence) {
        if (established != null && !closed) {
            established.reader.lend(reader, most, silence);
        }
    }

    /** What the socket is watched for has changed. */
    void interest() {
        Established on = established;
        if (on != null) {
            on.key.interestOps(
                    (on.reader.paused() ? 0 : SelectionKey.OP_READ) | (writeStuck ? SelectionKey.OP_WRITE : 0));
        }
    }

    /** Writes all that can be written now. */
    void write() {
        marked = false;
        Established on = established;
        if (on == null || closed || writeFailure != null) {
            return;
        }
        try {
            boolean stuck = !on.writer.write();
            if (stuck != writeStuck) {
                writeStuck = stuck;
                interest();
            }
        } catch (IOException e) {
            // The server may have said why before it stopped listening, which is read to its end.
            writeFailure = e;
            writeStuck = false;
            interest();
            read();
        }
        if (!closed) {
            rearm();
        }
    }

    /** Something is to be written at the end of the turn. */
    void mark() {
        if (!marked && !closed) {
            marked = true;
            engine.agenda.unwritten(this);
        }
    }

    void broke(IOException why) {
        close(Ending.broken("the connection broke (" + why.getMessage() + ")", why));
    }

    /** What went wrong was foreseen by nobody: this connection goes down alone. */
    void giveUp(Throwable why) {
        engine.complain("a connection to " + pool.origin + " is given up", why);
        close(Ending.broken("the connection was given up (" + why + ")", why));
    }

    /** Ends the connection, if it has not ended; what it carried is settled. */
    void close(Ending ending) {
        if (closed) {
            return;
        }
        Established on = established;
        if (on == null) {
            dialer.cancel(ending.why());
            return;
        }
        closed = true;
        engine.timers.cancel(timer);
        farewell(on);
        pool.connections.closed(this);
        on.codec.release(ending);
        try {
            on.reader.end();
        } catch (IOException e) {
            engine.complain("a socket did not close", e);
        }
        if (engine.listened()) {
            engine.emit(new HttpEvent.Disconnected(engine.tick(), number, ending.why()));
        }
    }

    private void farewell(Established on) {
        try {
            if (writeFailure == null) {
                on.writer.farewell();
            }
        } catch (IOException e) {
            // The peer is gone; there is nobody to say goodbye to.
            writeFailure = e;
        }
    }

    /**
     * Makes the timer fire no later than what is due next. It is not moved back when the next thing is due later: it
     * fires, finds nothing overdue and is set again, which is cheaper than moving it for each request.
     */
    void rearm() {
        if (closed || established == null) {
            return;
        }
        long due = due(established);
        if (!timer.isSet() || timer.due() - due > 0) {
            engine.timers.set(timer, due);
        }
    }

    private long due(Established on) {
        return on.codec.outstanding() == 0 ? lastUsed + idleTimeout : on.codec.due();
    }

    private void overdue(long now) {
        Established on = established;
        if (on != null && due(on) - now <= 0) {
            if (on.codec.outstanding() == 0) {
                close(Ending.ours("idle for " + idleTimeout / 1_000_000 + " ms"));
            } else {
                on.codec.overdue(now);
            }
        }
        rearm();
    }
}
