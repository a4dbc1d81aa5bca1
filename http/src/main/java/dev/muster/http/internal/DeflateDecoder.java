package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decompresses {@code deflate}: zlib (RFC 1950), or bare deflate (RFC 1951) where the first two bytes are no zlib header. */
final class DeflateDecoder implements ContentDecoder {
    private final byte[] start = new byte[2];
    private int started;
    private byte[] bytes = start;
    private int at;
    private int end;
    private @Nullable Inflater inflater;

    @Override
    public void begin() {
        close();
        started = 0;
        at = 0;
        end = 0;
    }

    @Override
    public void input(byte[] piece, int from, int length) {
        bytes = piece;
        at = from;
        end = from + length;
        while (started < 2 && at < end) {
            start[started++] = bytes[at++];
        }
    }

    @Override
    public int read(byte[] into, int from, int length) throws BadResponse {
        if (started < 2) {
            return 0;
        }
        Inflater open = inflater;
        if (open == null) {
            open = new Inflater(!zlib());
            open.setInput(start, 0, 2);
            inflater = open;
        }
        try {
            while (true) {
                int count = open.inflate(into, from, length);
                if (count > 0) {
                    return count;
                }
                if (open.finished()) {
                    if (open.getRemaining() > 0 || at < end) {
                        throw malformed("something behind compressed content");
                    }
                    return 0;
                }
                if (open.needsDictionary()) {
                    throw malformed("compressed content that needs a dictionary");
                }
                if (at == end) {
                    return 0;
                }
                open.setInput(bytes, at, end - at);
                at = end;
            }
        } catch (DataFormatException e) {
            throw malformed("compressed content that is damaged: " + e.getMessage());
        }
    }

    /** A body of nothing is no deflate, but it is what some servers send for an empty answer. */
    @Override
    public void end() throws BadResponse {
        if (started > 0 && (inflater == null || !inflater.finished())) {
            throw malformed("compressed content that ends too early");
        }
    }

    @Override
    public void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private boolean zlib() {
        int first = start[0] & 0xff;
        int second = start[1] & 0xff;
        return (first & 0x0f) == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0;
    }
}
