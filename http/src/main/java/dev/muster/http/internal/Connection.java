package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its making to its end: the socket, its readiness, its bytes, its one timer. What the bytes mean is
 * the codec's affair.
 */
final class Connection {
    /** Reads before other connections get their turn. */
    private static final int READS = 8;

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
    private boolean paused;
    private @Nullable Loan lent;
    private long lastUsed;
    private long idleTimeout;

    /** What there is once the peer has agreed to everything. */
    private record Established(
            SocketChannel channel, SelectionKey key, Transport transport, ExchangeCodec codec, SocketWriter writer) {}

    Connection(Pool pool) {
        this.pool = pool;
        this.engine = pool.engine;
        this.number = engine.nextConnection();
        this.idleTimeout = engine.settings.idleTimeout();
        this.dialer = new Dialer(this, pool);
    }

    Origin origin() {
        return pool.origin;
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
        SocketWriter writer = new SocketWriter(engine, this, transport, codec);
        established = new Established(channel, key, transport, codec, writer);
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
            readOften(on);
            if (!closed) {
                on.codec.readOver();
            }
        }
    }

    private void readOften(Established on) {
        for (int i = 0; i < READS; i++) {
            if (on.codec.behind()) {
                pause(on, true);
                return;
            }
            try {
                if (!readSome(on)) {
                    if (writeFailure != null) {
                        broke(writeFailure);
                    }
                    return;
                }
            } catch (BadResponse bad) {
                close(Ending.ours(bad.why()));
            } catch (IOException e) {
                broke(e);
            }
            if (closed) {
                return;
            }
        }
        engine.unread(this);
    }

    /** Reads what one buffer takes; false when there is nothing more. */
    private boolean readSome(Established on) throws IOException, BadResponse {
        ByteBuffer straight = on.codec.into();
        ByteBuffer into = straight == null ? engine.inbox.clear() : straight;
        int count = on.transport.read(into);
        if (count == 0) {
            return false;
        }
        boolean drained = count > 0 && on.transport.drained(into);
        long now = engine.tick();
        if (count < 0) {
            on.codec.ended(now);
            close(Ending.broken("the connection closed", null));
        } else if (straight == null) {
            on.codec.received(engine.inboxBytes, 0, count, now);
        } else {
            on.codec.filled(count, now);
        }
        return !drained;
    }

    /** Whether nothing is read because a reader is behind. */
    boolean paused() {
        return paused;
    }

    /** A reader has caught up. */
    void resume() {
        Established on = established;
        if (on != null && !closed && paused) {
            pause(on, false);
            // TLS may hold something that the socket does not know of.
            engine.unread(this);
            rearm();
        }
    }

    /** Whether somebody else reads, so that nothing is to be read here. */
    boolean lent() {
        return lent != null;
    }

    /** Lets the reader of this body read so much of it itself, and wait so long for it. */
    void lend(BodyPipe reader, long most, long silence) {
        Established on = established;
        if (on != null && !closed) {
            Loan loan = new Loan(
                    on.channel,
                    on.transport,
                    most,
                    silence,
                    back -> engine.execute(TaskQueue.Task.of(() -> returned(on, back))));
            lent = loan;
            pause(on, true);
            reader.lend(loan);
        }
    }

    private void returned(Established on, Loan back) {
        if (closed) {
            return;
        }
        lent = null;
        on.codec.returned(back.count(), back.heard());
        IOException failure = back.failure();
        if (failure == null) {
            resume();
        } else {
            broke(failure);
        }
    }

    private void pause(Established on, boolean stop) {
        paused = stop;
        interest(on);
    }

    private void interest(Established on) {
        on.key.interestOps((paused ? 0 : SelectionKey.OP_READ) | (writeStuck ? SelectionKey.OP_WRITE : 0));
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
                interest(on);
            }
        } catch (IOException e) {
            // The server may have said why before it stopped listening, which is read to its end.
            writeFailure = e;
            writeStuck = false;
            interest(on);
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
            engine.unwritten(this);
        }
    }

    private void broke(IOException why) {
        close(Ending.broken("the connection broke (" + why.getMessage() + ")", why));
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
            if (lent == null) {
                on.transport.close();
            } else {
                // Its reader may be in the midst of it, which a goodbye must not get between.
                lent.end();
            }
            on.channel.close();
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
