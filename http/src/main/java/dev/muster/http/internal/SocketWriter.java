package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of one connection on their way to the kernel: what its codec has to send, and what was not taken at once. */
final class SocketWriter {
    /** Writes before other connections get their turn. */
    private static final int WRITES = 16;

    private final Engine engine;
    private final Connection connection;
    private final Transport transport;
    private final ExchangeCodec codec;
    private @Nullable ByteBuffer leftover;
    /** What goes behind that. */
    private @Nullable ByteBuffer follower;

    private long handed;

    SocketWriter(Engine engine, Connection connection, Transport transport, ExchangeCodec codec) {
        this.engine = engine;
        this.connection = connection;
        this.transport = transport;
        this.codec = codec;
    }

    /** Writes all that can be written now; false where the kernel takes no more for the time being. */
    boolean write() throws IOException {
        Outbox outbox = engine.outbox;
        for (int i = 0; i < WRITES; i++) {
            if (!handed(leftover)) {
                return false;
            }
            leftover = null;
            if (!handed(follower)) {
                return false;
            }
            follower = null;
            outbox.clear();
            codec.write(outbox, engine.tick());
            follower = outbox.follower();
            if (outbox.length() == 0 && follower == null) {
                return transport.flush();
            }
            ByteBuffer bytes = outbox.flip();
            if (!handed(bytes)) {
                leftover = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
                return false;
            }
        }
        engine.execute(TaskQueue.Task.of(connection::mark));
        return true;
    }

    /** Whether all of it went to the kernel. */
    private boolean handed(@Nullable ByteBuffer bytes) throws IOException {
        if (bytes == null) {
            return true;
        }
        int before = bytes.remaining();
        try {
            transport.write(bytes);
        } finally {
            handed += before - bytes.remaining();
            codec.handed(handed, engine.now());
        }
        return !bytes.hasRemaining();
    }

    /** Says what the protocol has to say before the end, if it can be said at once. */
    void farewell() throws IOException {
        if (leftover != null) {
            return;
        }
        Outbox outbox = engine.outbox;
        outbox.clear();
        codec.farewell(outbox);
        if (outbox.length() > 0) {
            transport.write(outbox.flip());
        }
    }
}
