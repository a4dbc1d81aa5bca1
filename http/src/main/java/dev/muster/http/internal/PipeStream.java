package dev.muster.http.internal;

import dev.muster.http.HttpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** The reader's end of a {@link BodyPipe}. One thread at a time. */
final class PipeStream extends InputStream {
    private final BodyPipe pipe;
    private @Nullable ByteBuffer piece;
    private volatile boolean ended;
    private volatile boolean closed;

    PipeStream(BodyPipe pipe) {
        this.pipe = pipe;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = 0;
        // What has come already is read without waiting for more.
        while (count < length && (count == 0 || piece != null || pipe.ready())) {
            ByteBuffer at = piece();
            if (at == null) {
                return count == 0 ? -1 : count;
            }
            int some = Math.min(length - count, at.remaining());
            at.get(bytes, from + count, some);
            count += some;
            done(at);
        }
        return count;
    }

    @Override
    public int available() {
        ByteBuffer at = piece;
        return at == null ? 0 : at.remaining();
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        byte[] copy = new byte[16 * 1024];
        long total = 0;
        for (ByteBuffer at = piece(); at != null; at = piece()) {
            while (at.hasRemaining()) {
                int count = Math.min(copy.length, at.remaining());
                at.get(copy, 0, count);
                out.write(copy, 0, count);
                total += count;
            }
            done(at);
        }
        return total;
    }

    /** All that is left, without a copy in between. */
    long transferTo(WritableByteChannel out) throws IOException {
        long total = 0;
        for (ByteBuffer at = piece(); at != null; at = piece()) {
            while (at.hasRemaining()) {
                total += out.write(at);
            }
            done(at);
        }
        return total;
    }

    /** Whether the end was read. */
    boolean ended() {
        return ended;
    }

    /** Ends the reading. What is left of a body that was nearly whole is read over; otherwise its connection ends. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            piece = null;
            pipe.cancel();
        }
    }

    private @Nullable ByteBuffer piece() throws IOException {
        mustBeOpen();
        ByteBuffer at = piece;
        if (at == null && !ended) {
            at = pipe.take();
            // Whoever closes drops what is left, so that an end may be none.
            mustBeOpen();
            ended = at == null;
            piece = at;
        }
        return at;
    }

    private void mustBeOpen() throws HttpException {
        if (closed) {
            throw new HttpException.Closed("the response was closed");
        }
    }

    private void done(ByteBuffer at) {
        if (!at.hasRemaining()) {
            piece = null;
            pipe.give(at);
        }
    }
}
