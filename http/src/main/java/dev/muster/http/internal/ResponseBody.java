package dev.muster.http.internal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the bodies of one connection's answers go: collected, decompressed and collected, or thrown away because nobody
 * waits for them.
 */
final class ResponseBody {
    /** Why a connection is given up rather than read on. */
    static final String TOO_MUCH = "the answer of a cancelled request was too long to be read";

    private final BodyBuffer buffer;
    private final int mostDiscarded;
    private @Nullable DecodingSink gzip;
    private @Nullable DecodingSink deflate;
    private boolean decoded;
    private long discarded;

    ResponseBody(Settings settings) {
        this.buffer = new BodyBuffer(settings.maxBodyBytes());
        this.mostDiscarded = settings.drainBytes();
    }

    /** The body of this answer is to be delivered. {@code hasBody}: there is one. */
    BodySink collect(ResponseHead head, boolean hasBody, boolean decodes) {
        decoded = hasBody && decodes && head.encoding() != ContentEncoding.AS_IS;
        if (!decoded) {
            buffer.begin(!hasBody ? 0 : head.chunked() ? -1 : head.length());
            return buffer;
        }
        buffer.begin(-1);
        DecodingSink decoding = decoding(head.encoding());
        decoding.decoder().begin();
        return decoding;
    }

    /** The body of this answer is read as it comes. {@code wanted}: called on the loop when the reader has caught up. */
    BodyPipe stream(Exchange exchange, ResponseHead head, boolean hasBody, Runnable wanted) {
        long length = !hasBody ? 0 : head.chunked() ? -1 : head.length();
        boolean compressed = hasBody && exchange.decodes && head.encoding() != ContentEncoding.AS_IS;
        BodyPipe pipe = new BodyPipe(exchange.engine, length, wanted, exchange::cancel);
        Objects.requireNonNull(exchange.streaming).open(exchange, head, compressed, pipe);
        return pipe;
    }

    /** The body, or the rest of it, is read over. {@code known} bytes are to come, -1 where that is not known. */
    BodySink discard(long known) throws BadResponse {
        discarded = 0;
        decoded = false;
        forget();
        if (known > mostDiscarded) {
            throw tooMuch();
        }
        return this::count;
    }

    /** What was collected of a body is not wanted: it may be large, and it may be long until the next. */
    void forget() {
        buffer.forget();
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
            gzip.decoder().close();
        }
        if (deflate != null) {
            deflate.decoder().close();
        }
    }

    /** Kept for the next body, as most of an origin's are alike. */
    private DecodingSink decoding(ContentEncoding encoding) {
        DecodingSink kept = encoding == ContentEncoding.GZIP ? gzip : deflate;
        if (kept != null) {
            return kept;
        }
        DecodingSink made = new DecodingSink(encoding.decoder(), buffer);
        if (encoding == ContentEncoding.GZIP) {
            gzip = made;
        } else {
            deflate = made;
        }
        return made;
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
