package dev.muster.http.internal;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is about to be written to one connection: many requests in one system call. One for the whole loop. It lies on the
 * heap, where encoding is cheapest; the JDK copies it into a direct buffer that it keeps for the thread.
 */
final class Outbox {
    /** Enough for one write; a single head may be longer. */
    private static final int FULL = 64 * 1024;

    private byte[] bytes = new byte[FULL + 4096];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes);
    private int length;
    private @Nullable ByteBuffer follower;

    void clear() {
        length = 0;
        follower = null;
    }

    /** These bytes go behind what was put, as they are: whoever gave them leaves them alone until {@link #clear}. */
    void follow(ByteBuffer bytes) {
        follower = bytes;
    }

    @Nullable
    ByteBuffer follower() {
        return follower;
    }

    int length() {
        return length;
    }

    boolean isFull() {
        return length >= FULL;
    }

    /** How much more it takes before it is full. */
    int room() {
        return FULL - length;
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    /** As much as fits of {@code from}; answers how much. */
    int putSome(byte[] from, int at) {
        int count = Math.min(Math.max(0, FULL - length), from.length - at);
        put(from, at, count);
        return count;
    }

    void put(byte[] from, int at, int count) {
        need(count);
        System.arraycopy(from, at, bytes, length, count);
        length += count;
    }

    /** The next {@code count} bytes of {@code from}. */
    void put(ByteBuffer from, int count) {
        need(count);
        from.get(bytes, length, count);
        length += count;
    }

    /** Characters up to 0xff, one byte each. */
    @SuppressWarnings("deprecation") // exactly what is wanted here, and the one way that allocates nothing
    void put(String latin1) {
        int count = latin1.length();
        need(count);
        latin1.getBytes(0, count, bytes, length);
        length += count;
    }

    void put(int number) {
        if (number >= 10) {
            put(number / 10);
        }
        need(1);
        bytes[length++] = (byte) ('0' + number % 10);
    }

    /** The header of an HTTP/2 frame. */
    void frame(int payload, int type, int flags, int stream) {
        need(Frames.HEADER);
        bytes[length++] = (byte) (payload >>> 16);
        bytes[length++] = (byte) (payload >>> 8);
        bytes[length++] = (byte) payload;
        bytes[length++] = (byte) type;
        bytes[length++] = (byte) flags;
        bytes[length++] = (byte) (stream >>> 24);
        bytes[length++] = (byte) (stream >>> 16);
        bytes[length++] = (byte) (stream >>> 8);
        bytes[length++] = (byte) stream;
    }

    /** What was put, to be written. Valid until the next {@link #clear}. */
    ByteBuffer flip() {
        return buffer.clear().limit(length);
    }

    private void need(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
            buffer = ByteBuffer.wrap(bytes);
        }
    }
}
