package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The bytes of one connection on their way from the kernel: to its codec, or to the reader of a long body to whom they are lent. */
final class SocketReader {
    /** Reads before other connections get their turn. */
    private static final int READS = 8;

    private final Engine engine;
    private final Connection connection;
    private final SocketChannel channel;
    private final Transport transport;
    private final ExchangeCodec codec;
    private boolean paused;
    private @Nullable Loan lent;

    SocketReader(
            Engine engine, Connection connection, SocketChannel channel, Transport transport, ExchangeCodec codec) {
        this.engine = engine;
        this.connection = connection;
        this.channel = channel;
        this.transport = transport;
        this.codec = codec;
    }

    /** Reads what has come, as far as others need not wait for long; what goes wrong ends the connection. */
    void read() {
        for (int i = 0; i < READS; i++) {
            if (codec.behind()) {
                pause(true);
                return;
            }
            try {
                if (!readSome()) {
                    connection.drained();
                    return;
                }
            } catch (BadResponse bad) {
                connection.close(Ending.ours(bad.why()));
            } catch (IOException e) {
                connection.broke(e);
            }
            if (connection.isClosed()) {
                return;
            }
        }
        engine.agenda.unread(connection);
    }

    /** Reads what one buffer takes; false when there is nothing more. */
    private boolean readSome() throws IOException, BadResponse {
        ByteBuffer straight = codec.into();
        ByteBuffer into = straight == null ? engine.inbox.clear() : straight;
        int count = transport.read(into);
        if (count == 0) {
            return false;
        }
        boolean drained = count > 0 && transport.drained(into);
        long now = engine.tick();
        if (count < 0) {
            codec.ended(now);
            connection.close(Ending.broken("the connection closed", null));
        } else if (straight == null) {
            codec.received(engine.inboxBytes, 0, count, now);
        } else {
            codec.filled(count, now);
        }
        return !drained;
    }

    /** Whether nothing is read because a reader is behind. */
    boolean paused() {
        return paused;
    }

    /** A reader has caught up. */
    void resume() {
        if (paused) {
            pause(false);
            // TLS may hold something that the socket does not know of.
            engine.agenda.unread(connection);
            connection.rearm();
        }
    }

    private void pause(boolean stop) {
        paused = stop;
        connection.interest();
    }

    /** Whether somebody else reads, so that nothing is to be read here. */
    boolean lent() {
        return lent != null;
    }

    /** Lets the reader of this body read so much of it itself, and wait so long for it. */
    void lend(BodyPipe reader, long most, long silence) {
        Loan loan = new Loan(
                channel, transport, most, silence, back -> engine.execute(TaskQueue.Task.of(() -> returned(back))));
        lent = loan;
        pause(true);
        reader.lend(loan);
    }

    private void returned(Loan back) {
        if (connection.isClosed()) {
            return;
        }
        lent = null;
        codec.returned(back.count(), back.heard());
        IOException failure = back.failure();
        if (failure == null) {
            connection.resume();
        } else {
            connection.broke(failure);
        }
    }

    /** Closes the socket; whoever it is lent to reads no more. */
    void end() throws IOException {
        if (lent == null) {
            transport.close();
        } else {
            // Its reader may be in the midst of it, which a goodbye must not get between.
            lent.end();
        }
        channel.close();
    }
}
