package dev.muster.http.internal;

import java.util.Arrays;

/** Frames that go before all others, put together until there is a write: acknowledgements, windows, resets. */
final class ControlFrames {
    private byte[] bytes = new byte[256];
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    void moveTo(Outbox out) {
        out.put(bytes, 0, length);
        length = 0;
    }

    void put(byte[] from) {
        need(from.length);
        System.arraycopy(from, 0, bytes, length, from.length);
        length += from.length;
    }

    /** Alternating names and values. */
    void settings(int... settings) {
        begin(settings.length * 3, Frames.SETTINGS, 0, 0);
        for (int i = 0; i < settings.length; i += 2) {
            int16(settings[i]);
            int32(settings[i + 1]);
        }
    }

    void settingsAck() {
        begin(0, Frames.SETTINGS, Frames.ACK, 0);
    }

    void ping() {
        begin(8, Frames.PING, 0, 0);
        int32(0);
        int32(0);
    }

    void pingAck(byte[] from, int at) {
        begin(8, Frames.PING, Frames.ACK, 0);
        int32(Frames.int32(from, at));
        int32(Frames.int32(from, at + 4));
    }

    void window(int stream, int increment) {
        begin(4, Frames.WINDOW_UPDATE, 0, stream);
        int32(increment);
    }

    void reset(int stream, ErrorCode code) {
        begin(4, Frames.RST_STREAM, 0, stream);
        int32(code.number);
    }

    /** We take nothing from the server's side, so the last stream of theirs is 0. */
    void goAway(ErrorCode code) {
        begin(8, Frames.GOAWAY, 0, 0);
        int32(0);
        int32(code.number);
    }

    private void begin(int payload, int type, int flags, int stream) {
        need(Frames.HEADER + payload);
        bytes[length++] = 0;
        int16(payload);
        bytes[length++] = (byte) type;
        bytes[length++] = (byte) flags;
        int32(stream);
    }

    private void int16(int value) {
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    private void int32(int value) {
        int16(value >>> 16);
        int16(value);
    }

    private void need(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
