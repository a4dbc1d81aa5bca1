package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What comes on a connection, lent to the thread that reads a long body: to hand it each buffer costs more than to fetch
 * that. The loop leaves the connection alone meanwhile but may end it at any time. The last of a body is never lent, so
 * that where it ends, and what comes behind it, stays the loop's affair.
 *
 * <p>One thread reads and gives back; {@link #end} may come from another.
 */
final class Loan {
    /** Less is not worth a selector. */
    static final long LEAST = 1 << 20;

    /** More than a TLS record. */
    private static final int PIECE = 64 * 1024;

    private final SocketChannel channel;
    private final Transport transport;
    private final long silence;
    private final Consumer<Loan> back;

    private long left;
    private long count;
    private long heard;
    private @Nullable IOException failure;
    /** All that has come was read. */
    private boolean drained;

    private volatile boolean over;
    private volatile @Nullable Selector selector;

    /**
     * @param most how many bytes may be read
     * @param silence how long to wait for some of them, in nanoseconds
     * @param back told by the reader that it reads no more
     */
    Loan(SocketChannel channel, Transport transport, long most, long silence, Consumer<Loan> back) {
        this.channel = channel;
        this.transport = transport;
        this.left = most;
        this.silence = silence;
        this.back = back;
    }

    // What the reader does.

    /** Waits for some bytes; false when there will be none this way, as the loop goes on or has ended it. */
    boolean read(ByteBuffer into) {
        heard = System.nanoTime();
        try {
            if (fetch(into)) {
                return true;
            }
        } catch (IOException e) {
            failure = e;
        } catch (ClosedSelectorException ended) {
            return false;
        }
        if (!over) {
            giveBack();
        }
        return false;
    }

    private boolean fetch(ByteBuffer into) throws IOException {
        while (!over && left >= PIECE && (!drained || await())) {
            int some = transport.read(into.limit((int) Math.min(into.capacity(), left)));
            drained = some == 0 || transport.drained(into);
            if (some < 0) {
                return false;
            }
            if (some > 0) {
                left -= some;
                count += some;
                return true;
            }
        }
        return false;
    }

    private void giveBack() {
        try {
            end();
        } catch (IOException e) {
            failure = e;
        }
        back.accept(this);
    }

    /** Waits until there is something to read; false where it has been too long, or the thread is interrupted. */
    private boolean await() throws IOException {
        Selector own = selector();
        long waited = 0;
        while (waited < silence) {
            if (own.select(ready -> {}, (silence - waited) / 1_000_000 + 1) > 0) {
                return true;
            }
            if (over || Thread.currentThread().isInterrupted()) {
                return false;
            }
            waited = System.nanoTime() - heard;
        }
        return false;
    }

    private Selector selector() throws IOException {
        Selector own = selector;
        if (own == null) {
            own = Selector.open();
            selector = own;
            if (over) {
                // Whoever ended this may not have seen it.
                own.close();
            }
            channel.register(own, SelectionKey.OP_READ);
        }
        return own;
    }

    // What the loop does.

    /** How many bytes were read. */
    long count() {
        return count;
    }

    /** Since when the reader has been waiting for the server. */
    long heard() {
        return heard;
    }

    /** What the connection broke with; null where it did not. */
    @Nullable
    IOException failure() {
        return failure;
    }

    /** Nothing more may be read; a reader that waits is woken. */
    void end() throws IOException {
        over = true;
        Selector own = selector;
        if (own != null) {
            own.close();
        }
    }
}
