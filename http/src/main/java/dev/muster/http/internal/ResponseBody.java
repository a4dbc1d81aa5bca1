package dev.muster.http.internal;

import org.jspecify.annotations.Nullable;

/**
 * Where the bodies of one connection's answers go: collected, decompressed and collected, or thrown away because nobody
 * waits for them. The place where a body that is handed on as it comes will begin.
 */
final class ResponseBody {
    /** Why a connection is given up rather than read on. */
    static final String TOO_MUCH = "the answer of a cancelled request was too long to be read";

    private final BodyBuffer buffer;
    private final int mostDiscarded;
    private @Nullable GzipDecoder gzip;
    private boolean decoded;
    private long discarded;

    ResponseBody(Settings settings) {
        this.buffer = new BodyBuffer(settings.maxBodyBytes());
        this.mostDiscarded = settings.drainBytes();
    }

    /** The body of this answer is to be delivered. {@code hasBody}: there is one. */
    BodySink collect(ResponseHead head, boolean hasBody, boolean decodes) {
        decoded = hasBody && decodes && head.gzip();
        if (!decoded) {
            buffer.begin(!hasBody ? 0 : head.chunked() ? -1 : head.length());
            return buffer;
        }
        GzipDecoder decoder = gzip == null ? new GzipDecoder() : gzip;
        gzip = decoder;
        buffer.begin(-1);
        decoder.begin(buffer);
        return decoder;
    }

    /** The body, or the rest of it, is read over. {@code known} bytes are to come, -1 where that is not known. */
    BodySink discard(long known) throws BadResponse {
        discarded = 0;
        if (known > mostDiscarded) {
            throw tooMuch();
        }
        return this::count;
    }

    /** What was collected. */
    byte[] take() {
        return buffer.take();
    }

    /** Whether it came compressed. */
    boolean decoded() {
        return decoded;
    }

    void close() {
        if (gzip != null) {
            gzip.close();
        }
    }

    private void count(byte[] bytes, int from, int length) throws BadResponse {
        discarded += length;
        if (discarded > mostDiscarded) {
            throw tooMuch();
        }
    }

    private static BadResponse tooMuch() {
        return new BadResponse(BadResponse.Kind.NOT_WORTH_DRAINING, TOO_MUCH);
    }
}
