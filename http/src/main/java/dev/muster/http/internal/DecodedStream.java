package dev.muster.http.internal;

import dev.muster.http.HttpException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Decompresses a body as it is read. As it may be of any length, what is bounded is how much a little can become: a
 * compressor that is not out to harm hardly ever reaches {@link #MOST_EXPANSION}, and never for long.
 *
 * <p>One thread reads; any may close.
 */
final class DecodedStream extends InputStream {
    private static final int MOST_EXPANSION = 200;
    /** So much may come of anything. */
    private static final long HARMLESS = 64L << 20;

    private final PipeStream raw;
    private final ContentDecoder decoder;
    private final String request;
    private final byte[] piece = new byte[8 * 1024];
    private long taken;
    private long made;
    private boolean ended;
    private boolean closed;

    DecodedStream(PipeStream raw, ContentDecoder decoder, String request) {
        this.raw = raw;
        this.decoder = decoder;
        this.request = request;
        decoder.begin();
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
        try {
            while (true) {
                int count = decoded(bytes, from, length);
                if (count > 0) {
                    bound(count);
                    return count;
                }
                if (ended) {
                    return -1;
                }
                more();
            }
        } catch (BadResponse bad) {
            raw.close();
            String message = request + ": " + bad.why();
            throw bad.kind() == BadResponse.Kind.TOO_LARGE
                    ? new HttpException.TooLarge(message)
                    : new HttpException.Malformed(message, null);
        }
    }

    /** From any thread: the decoder is not taken from a reader that is in the midst of it. */
    @Override
    public void close() {
        synchronized (decoder) {
            closed = true;
            decoder.close();
        }
        raw.close();
    }

    private int decoded(byte[] bytes, int from, int length) throws IOException, BadResponse {
        synchronized (decoder) {
            mustBeOpen();
            return ended ? 0 : decoder.read(bytes, from, length);
        }
    }

    private void more() throws IOException, BadResponse {
        int count = raw.read(piece);
        synchronized (decoder) {
            mustBeOpen();
            if (count < 0) {
                decoder.end();
                ended = true;
            } else {
                taken += count;
                decoder.input(piece, 0, count);
            }
        }
    }

    private void mustBeOpen() throws HttpException {
        if (closed) {
            throw new HttpException.Closed(request + ": the response was closed");
        }
    }

    private void bound(int count) throws BadResponse {
        made += count;
        if (made > HARMLESS && made / MOST_EXPANSION > taken) {
            throw BadResponse.tooLarge("the body decompresses to more than " + MOST_EXPANSION + " times its size ("
                    + made + " bytes from " + taken
                    + "); ask for it with Accept-Encoding: identity if that is what it should be");
        }
    }
}
