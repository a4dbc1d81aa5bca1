package dev.muster.http.internal;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Large buffers outside the heap, which the kernel fills and empties without a copy between. They are dear to make, so a
 * few are kept. Thread-safe.
 */
final class Buffers {
    /** Small enough to stay in a processor's cache on its way from the kernel to the reader. */
    static final int SIZE = 64 * 1024;

    private static final int KEPT = 16;

    private final ConcurrentLinkedQueue<ByteBuffer> kept = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    ByteBuffer take() {
        ByteBuffer buffer = kept.poll();
        if (buffer == null) {
            return ByteBuffer.allocateDirect(SIZE);
        }
        count.decrementAndGet();
        return buffer.clear();
    }

    /** A buffer that nobody uses any longer; one that did not come from here is left to the collector. */
    void give(ByteBuffer buffer) {
        if (buffer.isDirect() && buffer.capacity() == SIZE && count.incrementAndGet() <= KEPT) {
            kept.add(buffer);
        } else if (buffer.isDirect() && buffer.capacity() == SIZE) {
            count.decrementAndGet();
        }
    }
}
