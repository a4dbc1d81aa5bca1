package dev.muster.http.internal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts what a server sends into frames, in any pieces, and checks what can be checked without knowing a stream (RFC 9113
 * §4, §6). The content of DATA is told as it comes; everything else when it is whole, read where it lies if it came in
 * one piece. A header block is told when its last fragment is there.
 */
final class FrameReader {
    /** Who the frames are for. */
    interface Receiver {
        /** A DATA frame begins; {@code length} counts against the windows. */
        void dataBegins(int stream, int length) throws BadFrame;

        void data(int stream, byte[] bytes, int from, int count) throws BadFrame;

        /** The frame is over. {@code padding}: how much of it was no content. */
        void dataEnds(int stream, int content, int padding, boolean last) throws BadFrame;

        void headers(int stream, boolean last, byte[] bytes, int from, int to) throws BadFrame;

        void reset(int stream, ErrorCode code) throws BadFrame;

        void setting(int name, int value) throws BadFrame;

        /** All settings of a frame have been told, or ours were acknowledged. */
        void settled(boolean acknowledged) throws BadFrame;

        void ping(boolean acknowledged, byte[] bytes, int from) throws BadFrame;

        void goAway(int lastStream, ErrorCode code, String debug) throws BadFrame;

        /** {@code stream} is 0 for the window of the connection. */
        void window(int stream, int increment) throws BadFrame;

        /** A frame that asks for nothing: a priority, or of a type nobody knows. */
        void ignored() throws BadFrame;
    }

    /** A header block in more pieces than this is an attack, or as good as one. */
    private static final int MOST_FRAGMENTS = 64;

    private static final int MOST_DEBUG = 200;

    private final Receiver receiver;
    private final int mostBlock;
    private boolean settled;

    /** A frame, or its beginning, that did not come in one piece. */
    private byte[] kept = new byte[256];

    private int keptLength;

    /** The frame that is being read. */
    private int type;

    private int flags;
    private int stream;

    /** Of the DATA frame that is being read: what is to come of content and padding, and what there is of both. */
    private boolean inData;

    private boolean padded;
    private int contentLeft;
    private int paddingLeft;
    private int content;
    private int padding;

    /** The stream whose header block is not whole, 0 for none. */
    private int fragmented;

    private boolean fragmentedLast;
    private int fragments;
    private byte[] block = {};
    private int blockLength;

    FrameReader(Receiver receiver, int mostHeader) {
        this.receiver = receiver;
        this.mostBlock = Math.max(mostHeader, Frames.FRAME_SIZE);
    }

    void feed(byte[] bytes, int from, int to) throws BadFrame {
        int at = from;
        while (at < to) {
            if (inData) {
                at = data(bytes, at, to);
            } else if (keptLength > 0) {
                at = keep(bytes, at, to);
            } else if (to - at < Frames.HEADER) {
                at = keep(bytes, at, to);
            } else {
                int length = begin(bytes, at);
                if (type == Frames.DATA) {
                    at += Frames.HEADER;
                    beginData(length);
                } else if (to - at < Frames.HEADER + length) {
                    at = keep(bytes, at, to);
                } else {
                    at += Frames.HEADER;
                    frame(bytes, at, at + length);
                    at += length;
                }
            }
        }
    }

    /** Puts bytes aside until there is a whole header, or a whole frame; answers the index behind them. */
    private int keep(byte[] bytes, int from, int to) throws BadFrame {
        int at = from;
        if (keptLength < Frames.HEADER) {
            at = keep(bytes, at, to, Frames.HEADER);
            if (keptLength < Frames.HEADER) {
                return at;
            }
        }
        int length = begin(kept, 0);
        if (type == Frames.DATA) {
            keptLength = 0;
            beginData(length);
            return at;
        }
        at = keep(bytes, at, to, Frames.HEADER + length);
        if (keptLength == Frames.HEADER + length) {
            keptLength = 0;
            frame(kept, Frames.HEADER, Frames.HEADER + length);
        }
        return at;
    }

    private int keep(byte[] bytes, int from, int to, int wanted) {
        int count = Math.min(to - from, wanted - keptLength);
        if (wanted > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(wanted, 2 * kept.length));
        }
        System.arraycopy(bytes, from, kept, keptLength, count);
        keptLength += count;
        return from + count;
    }

    /** Reads the header of a frame and says what is wrong with it; answers the length. */
    private int begin(byte[] bytes, int at) throws BadFrame {
        int length = Frames.int24(bytes, at);
        type = bytes[at + 3] & 0xff;
        flags = bytes[at + 4] & 0xff;
        stream = Frames.int31(bytes, at + 5);
        if (!settled && (type != Frames.SETTINGS || (flags & Frames.ACK) != 0)) {
            throw BadFrame.protocol(
                    new String(bytes, at, 5, StandardCharsets.ISO_8859_1).equals("HTTP/")
                            ? "the server answers in HTTP/1"
                            : "the server does not begin with SETTINGS");
        }
        if (length > Frames.FRAME_SIZE) {
            throw size("a frame of " + length + " bytes, where " + Frames.FRAME_SIZE + " are allowed");
        }
        if (fragmented != 0 && (type != Frames.CONTINUATION || stream != fragmented)) {
            throw BadFrame.protocol("a frame within a header block of another");
        }
        check(length);
        return length;
    }

    private void check(int length) throws BadFrame {
        switch (type) {
            case Frames.DATA, Frames.HEADERS, Frames.CONTINUATION -> ofStream();
            case Frames.RST_STREAM -> {
                ofStream();
                exactly(length, 4);
            }
            case Frames.PRIORITY -> {
                ofStream();
                exactly(length, 5);
            }
            case Frames.SETTINGS -> {
                ofConnection();
                if ((flags & Frames.ACK) != 0 ? length > 0 : length % 6 > 0) {
                    throw size("SETTINGS of " + length + " bytes");
                }
            }
            case Frames.PING -> {
                ofConnection();
                exactly(length, 8);
            }
            case Frames.GOAWAY -> {
                ofConnection();
                if (length < 8) {
                    throw size("GOAWAY of " + length + " bytes");
                }
            }
            case Frames.WINDOW_UPDATE -> exactly(length, 4);
            case Frames.PUSH_PROMISE -> throw BadFrame.protocol("a push, which we had refused");
            default -> {}
        }
        if (type == Frames.CONTINUATION && fragmented == 0) {
            throw BadFrame.protocol("a CONTINUATION of nothing");
        }
    }

    private void ofStream() throws BadFrame {
        if (stream == 0) {
            throw BadFrame.protocol("a frame of type " + type + " without a stream");
        }
    }

    private void ofConnection() throws BadFrame {
        if (stream != 0) {
            throw BadFrame.protocol("a frame of type " + type + " on a stream");
        }
    }

    private void exactly(int length, int wanted) throws BadFrame {
        if (length != wanted) {
            throw size("a frame of type " + type + " with " + length + " bytes instead of " + wanted);
        }
    }

    private static BadFrame size(String why) {
        return new BadFrame(ErrorCode.FRAME_SIZE_ERROR, 0, why);
    }

    private void beginData(int length) throws BadFrame {
        receiver.dataBegins(stream, length);
        padded = (flags & Frames.PADDED) != 0;
        contentLeft = length;
        paddingLeft = 0;
        content = length;
        padding = 0;
        if (padded && length == 0) {
            throw size("a padded frame without its padding");
        }
        inData = true;
        if (length == 0) {
            endData();
        }
    }

    private int data(byte[] bytes, int from, int to) throws BadFrame {
        int at = from;
        if (padded) {
            padded = false;
            paddingLeft = bytes[at++] & 0xff;
            contentLeft -= 1 + paddingLeft;
            if (contentLeft < 0) {
                throw BadFrame.protocol("more padding than there is frame");
            }
            padding = 1 + paddingLeft;
            content = contentLeft;
        }
        int count = Math.min(contentLeft, to - at);
        if (count > 0) {
            receiver.data(stream, bytes, at, count);
            contentLeft -= count;
            at += count;
        }
        int skipped = Math.min(paddingLeft, to - at);
        paddingLeft -= skipped;
        if (contentLeft == 0 && paddingLeft == 0) {
            endData();
        }
        return at + skipped;
    }

    private void endData() throws BadFrame {
        inData = false;
        receiver.dataEnds(stream, content, padding, (flags & Frames.END_STREAM) != 0);
    }

    /** A whole frame, of any type but DATA. */
    private void frame(byte[] bytes, int from, int to) throws BadFrame {
        switch (type) {
            case Frames.HEADERS -> headers(bytes, from, to);
            case Frames.CONTINUATION -> fragment(bytes, from, to);
            case Frames.RST_STREAM -> receiver.reset(stream, ErrorCode.of(Frames.int32(bytes, from)));
            case Frames.SETTINGS -> {
                settled = true;
                for (int at = from; at < to; at += 6) {
                    receiver.setting(Frames.int16(bytes, at), Frames.int32(bytes, at + 2));
                }
                receiver.settled((flags & Frames.ACK) != 0);
            }
            case Frames.PING -> receiver.ping((flags & Frames.ACK) != 0, bytes, from);
            case Frames.GOAWAY ->
                receiver.goAway(
                        Frames.int31(bytes, from),
                        ErrorCode.of(Frames.int32(bytes, from + 4)),
                        debug(bytes, from + 8, to));
            case Frames.WINDOW_UPDATE -> receiver.window(stream, Frames.int31(bytes, from));
            default -> receiver.ignored();
        }
    }

    private void headers(byte[] bytes, int from, int to) throws BadFrame {
        int begin = from;
        int end = to;
        if ((flags & Frames.PADDED) != 0) {
            if (begin == end) {
                throw size("a padded frame without its padding");
            }
            end -= bytes[begin++] & 0xff;
        }
        if ((flags & Frames.PRIORITISED) != 0) {
            begin += 5;
        }
        if (begin > end) {
            throw BadFrame.protocol("more padding than there is frame");
        }
        boolean last = (flags & Frames.END_STREAM) != 0;
        if ((flags & Frames.END_HEADERS) != 0) {
            receiver.headers(stream, last, bytes, begin, end);
            return;
        }
        fragmented = stream;
        fragmentedLast = last;
        fragments = 0;
        blockLength = 0;
        fragment(bytes, begin, end);
    }

    private void fragment(byte[] bytes, int from, int to) throws BadFrame {
        int count = to - from;
        if (++fragments > MOST_FRAGMENTS || blockLength + count > mostBlock) {
            throw new BadFrame(
                    ErrorCode.ENHANCE_YOUR_CALM,
                    stream,
                    "a header of more than " + mostBlock + " bytes or " + MOST_FRAGMENTS + " fragments");
        }
        if (blockLength + count > block.length) {
            block = Arrays.copyOf(block, Math.max(blockLength + count, 2 * block.length));
        }
        System.arraycopy(bytes, from, block, blockLength, count);
        blockLength += count;
        if ((flags & Frames.END_HEADERS) != 0) {
            fragmented = 0;
            receiver.headers(stream, fragmentedLast, block, 0, blockLength);
        }
    }

    /** What a server says about its going, as far as it can be read. */
    private static String debug(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < Math.min(to, from + MOST_DEBUG); i++) {
            text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '?');
        }
        return text.toString();
    }
}
