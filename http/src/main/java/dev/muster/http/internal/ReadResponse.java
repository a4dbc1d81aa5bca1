package dev.muster.http.internal;

import dev.muster.http.StreamedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What can be done with a body once it can be read. */
abstract class ReadResponse implements StreamedResponse {
    private static final int COPIED = 64 * 1024;

    private final BodyPublisher publisher = new BodyPublisher(this);

    @Override
    public Flow.Publisher<ByteBuffer> publisher() {
        return publisher;
    }

    @Override
    public long transferTo(WritableByteChannel to) throws IOException {
        return body().transferTo(Channels.newOutputStream(to));
    }

    @Override
    public long saveTo(Path file) throws IOException {
        try (FileChannel to = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            return transferTo(to);
        }
    }

    /** The next bytes, of the receiver's own; null at the end. */
    byte @Nullable [] piece() throws IOException {
        InputStream in = body();
        byte[] bytes = new byte[COPIED];
        int count = in.read(bytes);
        return count < 0 ? null : count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    @Override
    public void close() {
        try {
            body().close();
        } catch (IOException e) {
            // Ours do not throw it.
            throw new UncheckedIOException(e);
        }
    }

    /** Status and length; header fields may be secret. */
    @Override
    public String toString() {
        return status() + ", " + (length() < 0 ? "a body of unknown length" : length() + " bytes");
    }
}
