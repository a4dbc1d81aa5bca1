package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TCP as it is. */
record PlainTransport(SocketChannel channel) implements Transport {
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
        return channel.read(into);
    }

    /** A read that leaves room has emptied the socket: asking again would be a system call for nothing. */
    @Override
    public boolean drained(ByteBuffer into) {
        return into.hasRemaining();
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining() && channel.write(from) > 0) {
            // The kernel took some; perhaps it takes more.
        }
    }

    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void close() {}
}
