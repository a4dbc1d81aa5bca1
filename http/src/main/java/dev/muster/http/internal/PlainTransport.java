package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * TCP as it is.
 *
 * @param between outside the heap, the loop's for all its connections: what lies on the heap passes through it, as the JDK
 *     has to look for such a buffer each time. A {@link Loan} needs none of it, as its reader's buffers are outside the heap.
 */
record PlainTransport(SocketChannel channel, ByteBuffer between) implements Transport {
    @Override
    public boolean handshake() {
        return true;
    }

    @Override
    public String protocol() {
        return "";
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (into.isDirect()) {
            return channel.read(into);
        }
        between.clear().limit(Math.min(between.capacity(), into.remaining()));
        int count = channel.read(between);
        if (count > 0) {
            into.put(between.flip());
        }
        return count;
    }

    /** A read that leaves room has emptied the socket: asking again would be a system call for nothing. */
    @Override
    public boolean drained(ByteBuffer into) {
        return into.hasRemaining();
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining() && writeSome(from) > 0) {
            // The kernel took some; perhaps it takes more.
        }
    }

    private int writeSome(ByteBuffer from) throws IOException {
        if (from.isDirect()) {
            return channel.write(from);
        }
        int at = from.position();
        int count = Math.min(between.capacity(), from.remaining());
        between.clear().put(0, from, at, count).limit(count);
        int written = channel.write(between);
        from.position(at + written);
        return written;
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void close() {}
}
