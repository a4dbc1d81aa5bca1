package dev.muster.http.internal;

import dev.muster.http.BodySource;
import dev.muster.http.HttpException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The half of HTTP/1.1 that writes: one request behind another, each body from memory or from a source as it is read. A
 * request that expects 100-continue holds its body back for a while (RFC 9110 §10.1.1).
 */
final class Http1Writer {
    static final long FAR = Long.MAX_VALUE;

    private static final String LAST_CHUNK = "0\r\n\r\n";

    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final Timers.Timer patience = new Timers.Timer() {
        @Override
        void fire(long now) {
            proceed();
        }
    };

    /** The request whose body is being encoded, and how far that is. */
    private @Nullable Exchange writing;

    private int bodyAt;
    private @Nullable Upload upload;
    /** A piece of the upload that is on its way to the kernel. */
    private @Nullable ByteBuffer lent;

    private boolean holding;
    private boolean halted;
    private long encoded;

    Http1Writer(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
    }

    /** How many bytes have been encoded. */
    long encoded() {
        return encoded;
    }

    /** Whether a further request can begin. */
    boolean idle() {
        return writing == null;
    }

    /** Begins with a request. */
    void begin(Exchange exchange, Outbox out, long now) {
        exchange.start = encoded;
        exchange.end = FAR;
        writing = exchange;
        bodyAt = 0;
        holding = exchange.expects();
        halted = false;
        int before = out.length();
        pool.encoder.head(exchange.request, holding, out);
        encoded += out.length() - before;
        Duration patient = exchange.request.expectContinue();
        if (holding && patient != null) {
            engine.timers.set(patience, now + Engine.nanos(patient));
        }
    }

    /** Goes on with the body, as far as there is any and {@code out} has room; true when it is whole. */
    boolean body(Outbox out) {
        Exchange exchange = writing;
        if (exchange == null || holding || halted) {
            return false;
        }
        int before = out.length();
        BodySource source = exchange.request.source();
        boolean whole = source == null ? bytes(exchange.request.body(), out) : source(exchange, source, out);
        encoded += out.length() - before;
        if (whole) {
            exchange.end = encoded;
            writing = null;
        }
        return whole;
    }

    /** The server wants the body, or has been silent for long enough. */
    void proceed() {
        if (holding) {
            holding = false;
            engine.timers.cancel(patience);
            connection.mark();
        }
    }

    /** The answer is here before the request is whole: no more of it is sent. Whether its body had not begun. */
    boolean halt() {
        boolean held = holding;
        halted = writing != null;
        stop();
        return held;
    }

    /** Whether it is the caller's body that is waited for. */
    boolean starved() {
        return upload != null && upload.starved();
    }

    /** Whether this request, which has the connection for itself, is not whole yet: its body is held back or on its way. */
    @SuppressWarnings("ReferenceEquality") // this very one
    boolean uploading(Exchange exchange) {
        return exchange == writing && !exchange.shares;
    }

    /** Nothing more is written. */
    void stop() {
        holding = false;
        engine.timers.cancel(patience);
        if (upload != null) {
            upload.cancel();
            upload = null;
        }
    }

    private boolean bytes(byte @Nullable [] bytes, Outbox out) {
        if (bytes != null && bodyAt < bytes.length) {
            bodyAt += out.putSome(bytes, bodyAt);
        }
        return bytes == null || bodyAt == bytes.length;
    }

    private boolean source(Exchange exchange, BodySource source, Outbox out) {
        Upload reading = upload;
        if (reading == null) {
            reading = new Upload(engine, source, () -> ready(exchange));
            upload = reading;
            exchange.spend();
            reading.start();
        }
        boolean chunked = source.length() < 0;
        ByteBuffer written = lent;
        if (written != null) {
            lent = null;
            reading.give(written);
            out.put(chunked ? "\r\n" : "");
        }
        ByteBuffer piece = reading.next();
        if (piece != null) {
            if (chunked) {
                out.put(Integer.toHexString(piece.remaining()));
                out.put("\r\n");
            }
            encoded += piece.remaining();
            lent = piece;
            out.follow(piece);
            return false;
        }
        if (!reading.ended()) {
            return false;
        }
        out.put(chunked ? LAST_CHUNK : "");
        upload = null;
        return true;
    }

    /** The source has something, or an end. */
    @SuppressWarnings("ReferenceEquality") // this very one
    private void ready(Exchange exchange) {
        Upload reading = upload;
        if (exchange != writing || reading == null) {
            return;
        }
        Throwable failure = reading.failure();
        if (failure == null) {
            connection.mark();
            return;
        }
        exchange.fail(new HttpException.BodyUnreadable(exchange.request, failure));
        connection.close(Ending.ours("a request's body could not be read"));
    }
}
