package dev.muster.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.Flow;

/**
 * A response whose head has come and whose body is read as it comes, in one of the ways below and once. What is not read
 * is not fetched: a reader that is slow or stops holds the server back, and less than a megabyte waits in memory,
 * whatever the length of the body. The response timeout bounds each silence of the server while the reader waits, the
 * deadline the whole.
 *
 * <p>It holds a connection until its end was read or it was closed, so close it always. Reading fails with an
 * {@link HttpException} where the body is not whole; bytes that came before that are delivered first. One thread reads;
 * any may close.
 */
public interface StreamedResponse extends AutoCloseable {
    int status();

    /** Those in front of the body; without Content-Encoding and Content-Length where the engine decompresses. */
    Headers headers();

    /** How many bytes the body will have, -1 where that is not known: it comes in chunks or compressed. */
    long length();

    /** The body, unchunked and decompressed. Reading blocks, which on a virtual thread costs no platform thread. */
    InputStream body();

    /**
     * The same for one subscriber, who gets buffers of its own on a virtual thread, as many as it asked for. Cancelling
     * closes the response.
     */
    Flow.Publisher<ByteBuffer> publisher();

    /** Writes all that is left to a blocking channel, at the least cost; answers how many bytes. */
    long transferTo(WritableByteChannel to) throws IOException;

    /** Writes all that is left to a file, made or overwritten; answers how many bytes. */
    long saveTo(Path file) throws IOException;

    /** The fields behind a chunked body (RFC 9110 §6.5); none before its end was read. */
    Headers trailers();

    /**
     * Wants no more. What is left of the body is read over where that is little, which keeps the connection; otherwise the
     * connection ends. Idempotent.
     */
    @Override
    void close();
}
