package dev.muster.http;

import dev.muster.http.internal.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;

/**
 * A request's body that is read while it is sent, on a virtual thread and no faster than the server takes it; some hundred
 * kilobytes are in memory at a time. Thread-safe.
 */
public interface BodySource {
    /** How many bytes are sent, which the source must have; -1 where that is unknown: it is sent in chunks. */
    long length();

    /** Whether it can be read again from its beginning. If not, a request that has begun to be sent does not go again. */
    boolean repeatable();

    /**
     * Begins to read. Reading may block.
     *
     * @throws IOException if it cannot be read, or not once more
     */
    ReadableByteChannel open() throws IOException;

    /** A file, as long as it is now. Repeatable. */
    static BodySource file(Path file) throws IOException {
        return Sources.file(file, Files.size(file));
    }

    /** What a stream gives, once; it is closed afterwards. {@code length}: -1 where that is unknown. */
    static BodySource stream(InputStream in, long length) {
        return Sources.once(() -> Sources.channel(in), length);
    }

    /** What streams give that are all alike: one is opened each time the request is sent. Repeatable. */
    static BodySource streams(Callable<? extends InputStream> opener, long length) {
        return Sources.again(() -> Sources.channel(Sources.call(opener)), length);
    }

    /** What a publisher gives, once; it is asked for one buffer after another. {@code length}: -1 where that is unknown. */
    static BodySource publisher(Flow.Publisher<? extends ByteBuffer> publisher, long length) {
        return Sources.once(() -> Sources.channel(publisher), length);
    }
}
