package dev.muster.http.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS on an {@link SSLEngine}. Encrypting and decrypting happen on the loop; the dear parts of a handshake are computed
 * on a virtual thread, and the loop hears nothing of the socket meanwhile.
 */
final class TlsTransport implements Transport {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    /** What is read at once, in records. */
    private static final int RECORDS = 2;
    /** The same where more lies ready: a long body costs a third less so. */
    private static final int MORE_RECORDS = 6;
    /** How often the socket is read for nothing but what TLS has to say to itself, before others get their turn. */
    private static final int FRUITLESS = 4;

    private final Engine loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final SSLEngine tls;
    /** What is encrypted lies outside the heap. */
    private final boolean direct;

    private final Runnable again;
    /** Encrypted bytes that came, ready to be read. */
    private ByteBuffer in;
    /** Encrypted bytes to go, ready to be read. */
    private final ByteBuffer out;

    private final int packetSize;
    private final int plainSize;
    private boolean begun;
    private boolean agreed;
    private boolean computing;
    /** Why it could not be computed; null where it could. */
    private @Nullable Throwable broken;

    private boolean ended;
    /** Whether the last read from the socket left room, and all that it brought is decrypted. */
    private boolean drained;

    TlsTransport(Engine loop, SocketChannel channel, SelectionKey key, SSLEngine tls, boolean direct, Runnable again) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
        this.tls = tls;
        this.direct = direct;
        this.again = again;
        this.packetSize = tls.getSession().getPacketBufferSize();
        this.in = room(RECORDS * packetSize).flip();
        this.out = room(packetSize).flip();
        this.plainSize = tls.getSession().getApplicationBufferSize();
    }

    @Override
    public boolean handshake() throws IOException {
        if (!begun) {
            begun = true;
            tls.beginHandshake();
        }
        if (broken != null) {
            throw new SSLException("it could not be computed: " + broken, broken);
        }
        while (!computing) {
            switch (tls.getHandshakeStatus()) {
                case NEED_TASK -> compute();
                case NEED_WRAP -> {
                    if (!said() || !say()) {
                        return false;
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!said() || !hear()) {
                        return false;
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    agreed = flush();
                    return agreed;
                }
            }
        }
        return false;
    }

    @Override
    public String protocol() {
        // OpenSSL by way of others knows null for a server that did not choose.
        return Objects.requireNonNullElse(tls.getApplicationProtocol(), "");
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        int before = into.position();
        drained = false;
        int fruitless = 0;
        while (into.remaining() >= plainSize) {
            if (in.hasRemaining()) {
                Status status = unwrap(into).getStatus();
                if (status == Status.CLOSED) {
                    ended = true;
                }
                if (status == Status.OK) {
                    continue;
                }
                if (status == Status.BUFFER_OVERFLOW) {
                    // OpenSSL by way of Netty wants a little more room than it says: the rest is not drained but waits.
                    if (into.position() == before) {
                        throw new SSLException("TLS wants more room for a record than " + into.remaining() + " bytes");
                    }
                    break;
                }
            }
            int got = into.position() - before;
            if (ended) {
                return got > 0 ? got : -1;
            }
            if (drained || (got == 0 && ++fruitless > FRUITLESS)) {
                return got;
            }
            int count = fill();
            if (count < 0 && got == 0) {
                throw new EOFException("the stream ended without a TLS goodbye");
            }
            if (count <= 0) {
                return got;
            }
        }
        drained = false;
        return into.position() - before;
    }

    @Override
    public boolean drained(ByteBuffer into) {
        // Of a goodbye that came with the last bytes the socket says nothing more.
        return drained && !ended;
    }

    @Override
    public void write(ByteBuffer from) throws IOException {
        while (flush() && from.hasRemaining()) {
            wrap(from);
        }
    }

    @Override
    public boolean flush() throws IOException {
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                if (key.isValid()) {
                    key.interestOpsOr(SelectionKey.OP_WRITE);
                }
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        tls.closeOutbound();
        try {
            if (begun && flush()) {
                wrap(NOTHING);
                flush();
            }
        } catch (IOException e) {
            // The peer is gone; there is nobody to say goodbye to.
            out.clear().flip();
        }
    }

    /** Sends what the handshake has to say; false when the socket takes no more. */
    private boolean say() throws IOException {
        wrap(NOTHING);
        return said();
    }

    /** Whether nothing is left of what the handshake had to say. */
    private boolean said() throws IOException {
        if (!out.hasRemaining()) {
            return true;
        }
        boolean said = flush();
        if (said) {
            key.interestOps(SelectionKey.OP_READ);
        }
        return said;
    }

    /** Takes in what the handshake is told; false when there is nothing. */
    private boolean hear() throws IOException {
        ByteBuffer nobodys = loop.inbox.clear();
        SSLEngineResult result = unwrap(nobodys);
        if (nobodys.position() > 0) {
            throw new SSLException("data before the handshake was over");
        }
        if (result.getStatus() == Status.CLOSED) {
            throw new SSLException("the server closed during the handshake");
        }
        // OpenSSL by way of Netty says that the handshake is over (TLS 1.2) when asked once more, for nothing.
        if (result.getStatus() != Status.BUFFER_UNDERFLOW || result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            return true;
        }
        int count = fill();
        if (count < 0) {
            throw new SSLException("the server closed during the handshake");
        }
        return count > 0;
    }

    private int fill() throws IOException {
        in.compact();
        int count;
        try {
            count = channel.read(in);
        } finally {
            in.flip();
        }
        boolean full = in.limit() == in.capacity();
        drained = count >= 0 && !full;
        if (full && in.capacity() < MORE_RECORDS * packetSize) {
            in = room(MORE_RECORDS * packetSize).put(in).flip();
        }
        return count;
    }

    private ByteBuffer room(int bytes) {
        return direct ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }

    private SSLEngineResult unwrap(ByteBuffer into) throws IOException {
        SSLEngineResult result = tls.unwrap(in, into);
        refuseAnew(result);
        // A key update within an open connection: short, so it is answered here.
        if (agreed && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP && flush()) {
            wrap(NOTHING);
            flush();
        }
        return result;
    }

    private void wrap(ByteBuffer from) throws IOException {
        out.clear();
        try {
            SSLEngineResult result = tls.wrap(from, out);
            refuseAnew(result);
            if (result.getStatus() == Status.CLOSED && from.hasRemaining()) {
                throw new SSLException("the server ended TLS");
            }
            if (from.hasRemaining() && result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
                throw new SSLException(
                        "TLS takes nothing to be sent: " + result.getStatus() + ", " + result.getHandshakeStatus());
            }
        } finally {
            out.flip();
        }
    }

    /**
     * A handshake within an open connection, as TLS 1.2 has it and HTTP/2 forbids (RFC 9113 §9.2.1), is not gone through: an engine
     * takes and gives nothing until it is computed, and whoever reads or writes would ask it for ever.
     */
    private void refuseAnew(SSLEngineResult result) throws SSLException {
        if (agreed && result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
            throw new SSLException("the server wants to negotiate TLS anew, which is not done");
        }
    }

    private void compute() {
        computing = true;
        key.interestOps(0);
        Thread.ofVirtual().name("muster-http-tls").start(() -> {
            Throwable failure = null;
            try {
                for (Runnable task = tls.getDelegatedTask(); task != null; task = tls.getDelegatedTask()) {
                    task.run();
                }
            } catch (Throwable thrown) {
                failure = thrown;
            }
            Throwable cause = failure;
            loop.execute(TaskQueue.Task.of(() -> computed(cause)));
        });
    }

    private void computed(@Nullable Throwable failure) {
        computing = false;
        broken = failure;
        if (key.isValid()) {
            key.interestOps(SelectionKey.OP_READ);
            again.run();
        }
    }
}
