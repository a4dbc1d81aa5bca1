package dev.muster.http.internal;

import dev.muster.http.Headers;
import dev.muster.http.HttpException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One response body on its way from the loop to the thread that reads it. It holds {@link #CHUNKS} buffers and no more:
 * when the reader is that far behind, the loop stops reading from the connection until half of them are free again, and
 * so TCP holds the server back.
 *
 * <p>Lock-free: one side is the loop, the other is one reading thread at a time.
 */
final class BodyPipe implements BodySink {
    static final int CHUNKS = 4;

    private static final Object END = new Object();

    private final Engine engine;
    private final Runnable wanted;
    private final Runnable given;
    private final long length;
    private final ConcurrentLinkedQueue<ByteBuffer> full = new ConcurrentLinkedQueue<>();
    /** How many buffers the reader has not given back. */
    private final AtomicInteger behind = new AtomicInteger();

    /** The loop waits for the reader. */
    private final AtomicBoolean starving = new AtomicBoolean();

    /** What the reader may read itself once it has read what the loop did. */
    private volatile @Nullable Loan loan;

    private volatile @Nullable Object end;
    private volatile @Nullable Thread waiting;
    private volatile Headers trailers = Headers.none();
    private long received;
    private boolean lent;
    /** The loop waits for the reader, or has not heard yet that it need not. */
    private boolean held;

    private @Nullable ByteBuffer filling;

    /**
     * @param length how long the body will be, -1 where that is unknown
     * @param wanted called on the loop when there is room again
     * @param given called by the reader when it wants no more
     */
    BodyPipe(Engine engine, long length, Runnable wanted, Runnable given) {
        this.engine = engine;
        this.length = length;
        this.wanted = wanted;
        this.given = given;
    }

    // What the loop does.

    @Override
    public boolean unbounded() {
        return true;
    }

    /**
     * Whether the reader must take some before any more should come. It stays so until {@link #wanted} is called, be it that the
     * reader has caught up by now: until then nobody else is late.
     */
    boolean behind() {
        if (!held && behind.get() >= CHUNKS) {
            held = true;
            starving.set(true);
            if (behind.get() < CHUNKS && starving.compareAndSet(true, false)) {
                held = false;
            }
        }
        return held;
    }

    private void caughtUp() {
        held = false;
        wanted.run();
    }

    /** Room to read into straight from the connection, to be followed by {@link #filled}. */
    ByteBuffer room() {
        ByteBuffer room = filling;
        if (room == null) {
            room = engine.buffers.take();
            filling = room;
        }
        return room.limit(room.capacity());
    }

    /** No more will be put there for now: it is the reader's, once it is told. */
    void filled() {
        ByteBuffer buffer = filling;
        if (buffer != null && buffer.position() > 0) {
            filling = null;
            received += buffer.position();
            publish(buffer.flip());
        }
    }

    @Override
    public void accept(byte[] bytes, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            ByteBuffer room = room();
            int some = Math.min(left, room.remaining());
            room.put(bytes, at, some);
            at += some;
            left -= some;
            if (!room.hasRemaining()) {
                filled();
            }
        }
    }

    @Override
    public void trailers(Headers fields) {
        trailers = fields;
    }

    @Override
    public void end() {
        finish(END);
    }

    /** The rest will not come. */
    void fail(HttpException why) {
        finish(why);
    }

    /** How many bytes came. */
    long received() {
        return received;
    }

    /** Whether the connection has been lent for this body: that happens once. */
    boolean lent() {
        return lent;
    }

    /** From here on the reader reads the connection itself. */
    void lend(Loan terms) {
        lent = true;
        loan = terms;
        wake();
    }

    /** So many bytes were read by the reader itself. */
    void passed(long count) {
        received += count;
    }

    /** Tells the reader of all that was filled: once, as waking it costs more than to read a buffer. */
    void handOver() {
        if (!full.isEmpty()) {
            wake();
        }
    }

    private void publish(ByteBuffer buffer) {
        behind.incrementAndGet();
        full.add(buffer);
    }

    private void finish(Object how) {
        filled();
        ByteBuffer unused = filling;
        filling = null;
        if (unused != null) {
            engine.buffers.give(unused);
        }
        if (end == null) {
            end = how;
            wake();
        }
    }

    private void wake() {
        Thread reader = waiting;
        if (reader != null) {
            waiting = null;
            LockSupport.unpark(reader);
        }
    }

    // What the reader does.

    /** How many bytes there will be in all, -1 where that is unknown. */
    long length() {
        return length;
    }

    /** Waits for the next piece, which is to be given back; null at the end. */
    @Nullable
    ByteBuffer take() throws HttpException {
        while (true) {
            waiting = Thread.currentThread();
            Object ended = end;
            Loan borrowed = loan;
            ByteBuffer next = full.poll();
            if (next == null && borrowed != null && ended == null) {
                next = read(borrowed);
            }
            if (next != null) {
                waiting = null;
                return next;
            }
            if (ended instanceof HttpException why) {
                throw why;
            }
            if (ended != null) {
                return null;
            }
            if (loan != borrowed) { // given back, or lent meanwhile
                continue;
            }
            if (Thread.currentThread().isInterrupted()) {
                cancel();
                throw new HttpException.Closed("the thread that read a body was interrupted");
            }
            LockSupport.park(this);
        }
    }

    /** The next piece, straight from the connection; null where the loop goes on. */
    private @Nullable ByteBuffer read(Loan borrowed) {
        ByteBuffer room = engine.buffers.take();
        if (borrowed.read(room)) {
            behind.incrementAndGet();
            return room.flip();
        }
        engine.buffers.give(room);
        loan = null;
        return null;
    }

    /** Whether something can be taken without waiting. */
    boolean ready() {
        return !full.isEmpty();
    }

    /** A piece that was taken has been read. */
    void give(ByteBuffer buffer) {
        engine.buffers.give(buffer);
        if (behind.decrementAndGet() <= CHUNKS / 2 && starving.compareAndSet(true, false)) {
            engine.execute(TaskQueue.Task.of(this::caughtUp));
        }
    }

    /** Nothing further is wanted. */
    void cancel() {
        for (ByteBuffer left = full.poll(); left != null; left = full.poll()) {
            engine.buffers.give(left);
        }
        if (end == null) {
            given.run();
        }
    }

    /** The fields behind the body; none before its end. */
    Headers trailers() {
        return trailers;
    }
}
