package dev.muster.http.internal;

import java.util.Arrays;

/**
 * Collects one body after another into an array of its own size. Where the size is known that array is filled at once;
 * where not, a scratch that is kept for the next body grows, and what it holds is copied once.
 */
final class BodyBuffer implements BodySink {
    private static final byte[] EMPTY = {};
    /** A promised length up to this is believed: more is allocated only as it comes. */
    private static final int BELIEVED = 1 << 20;

    private static final int KEPT = 64 * 1024;

    private final long most;
    private byte[] scratch = EMPTY;
    private byte[] bytes = EMPTY;
    private int length;
    private long promised;

    BodyBuffer(long most) {
        this.most = Math.min(most, Integer.MAX_VALUE - 8);
    }

    /** A new body of {@code promised} bytes, -1 where that is unknown. */
    void begin(long promised) {
        this.promised = promised;
        length = 0;
        if (promised < 0) {
            bytes = scratch;
        } else {
            bytes = promised == 0 ? EMPTY : new byte[(int) Math.min(promised, BELIEVED)];
        }
    }

    @Override
    public void accept(byte[] from, int at, int count) throws BadResponse {
        if (count > most - length) {
            throw BadResponse.tooLarge("the body is larger than " + most + " bytes");
        }
        int needed = length + count;
        if (needed > bytes.length) {
            long wanted = Math.min(Math.max(needed, Math.max(2L * bytes.length, 4096)), most);
            bytes = Arrays.copyOf(bytes, (int) (promised < 0 ? wanted : Math.min(wanted, promised)));
        }
        System.arraycopy(from, at, bytes, length, count);
        length = needed;
    }

    /** Nobody wants what came so far. */
    void forget() {
        bytes = EMPTY;
        length = 0;
    }

    /** The body, which is the caller's from now on. */
    byte[] take() {
        byte[] body = promised >= 0 && length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        if (promised < 0 && bytes.length <= KEPT) {
            scratch = bytes;
        }
        bytes = EMPTY;
        return body;
    }
}
