package dev.muster.http.internal;

import dev.muster.http.BodySource;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a {@link BodySource}, on a virtual thread of its own, a few buffers ahead of what the connection takes.
 * The loop takes pieces and gives them back when they are written; where there is none it is told when there is.
 */
final class Upload {
    private static final int CHUNKS = 4;
    private static final Object END = new Object();

    private final Engine engine;
    private final BodySource source;
    private final Runnable ready;
    private final Thread reader;
    private final ConcurrentLinkedQueue<ByteBuffer> full = new ConcurrentLinkedQueue<>();
    private final AtomicInteger ahead = new AtomicInteger();
    private final AtomicBoolean hungry = new AtomicBoolean();
    private volatile @Nullable Object end;
    private volatile boolean cancelled;
    /** How many bytes the loop has taken. */
    private long taken;
    /** The loop found nothing, and has not come back since. */
    private boolean starved;

    /** {@code ready}: called on the loop when there is something after {@link #next} had nothing. */
    Upload(Engine engine, BodySource source, Runnable ready) {
        this.engine = engine;
        this.source = source;
        this.ready = ready;
        this.reader = Thread.ofVirtual().name("muster-http-upload").unstarted(this::read);
    }

    void start() {
        reader.start();
    }

    // What the loop does.

    /** The next piece, to be given back; null where there is none yet, or no more. */
    @Nullable
    ByteBuffer next() {
        ByteBuffer piece = full.poll();
        if (piece == null && end == null) {
            hungry.set(true);
            piece = full.poll();
            if (piece != null || end != null) {
                hungry.set(false);
            }
        }
        starved = piece == null && end == null;
        taken += piece == null ? 0 : piece.remaining();
        return piece;
    }

    /** Whether the source is waited for, be it that it has something by now: until that is taken nobody else is late. */
    boolean starved() {
        return starved;
    }

    void give(ByteBuffer written) {
        engine.buffers.give(written);
        ahead.decrementAndGet();
        LockSupport.unpark(reader);
    }

    /**
     * Whether all of it has been taken. Where the length is known nobody waits for the reader to say so: the server knows it as well, and
     * its answer may be here first.
     */
    @SuppressWarnings("ReferenceEquality") // END is a mark
    boolean ended() {
        return taken == source.length() || (end == END && full.isEmpty());
    }

    /** Why the source could not be read; null where it could so far. */
    @Nullable
    Throwable failure() {
        return end instanceof Throwable why ? why : null;
    }

    /** Nothing more of it is wanted. */
    void cancel() {
        cancelled = true;
        starved = false;
        hungry.set(false);
        reader.interrupt();
    }

    // What the reader does.

    private void read() {
        Object how = END;
        try (ReadableByteChannel in = source.open()) {
            long left = source.length() < 0 ? Long.MAX_VALUE : source.length();
            while (left > 0 && room()) {
                int count = piece(in, left);
                if (count < 0) {
                    if (source.length() >= 0) {
                        throw new EOFException("it ends " + left + " bytes too early");
                    }
                    break;
                }
                left -= count;
            }
        } catch (Throwable thrown) {
            how = thrown;
        }
        end = how;
        tell(true);
    }

    private int piece(ReadableByteChannel in, long left) throws IOException {
        ByteBuffer buffer = engine.buffers.take();
        buffer.limit((int) Math.min(buffer.capacity(), left));
        int count = in.read(buffer);
        if (count <= 0) {
            engine.buffers.give(buffer);
            return count;
        }
        ahead.incrementAndGet();
        full.add(buffer.flip());
        tell(false);
        return count;
    }

    private boolean room() {
        while (!cancelled && ahead.get() >= CHUNKS) {
            LockSupport.park(this);
        }
        return !cancelled;
    }

    private void tell(boolean always) {
        if ((hungry.compareAndSet(true, false) || always) && !cancelled) {
            engine.execute(TaskQueue.Task.of(ready));
        }
    }
}
