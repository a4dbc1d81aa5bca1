package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Decompresses gzip (RFC 1952) in any pieces, several members one behind another, checksums verified. */
final class GzipDecoder implements BodySink, AutoCloseable {
    private enum State {
        HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        DATA,
        TRAILER
    }

    private static final int FHCRC = 2;
    private static final int FEXTRA = 4;
    private static final int FNAME = 8;
    private static final int FCOMMENT = 16;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] plain = new byte[16 * 1024];
    private State state = State.HEADER;
    private int at;
    private int flags;
    private int extra;
    private long trailer;
    private boolean empty = true;
    private @Nullable BodySink to;

    /** A new body, whose decompressed bytes go to {@code sink}. */
    void begin(BodySink sink) {
        to = sink;
        empty = true;
        member();
    }

    @Override
    public void accept(byte[] bytes, int from, int length) throws BadResponse {
        int index = from;
        int end = from + length;
        empty &= length == 0;
        while (index < end) {
            if (state == State.DATA) {
                index = inflate(bytes, index, end);
            } else {
                step(bytes[index++] & 0xff);
            }
        }
    }

    /** A body of nothing is no gzip, but it is what some servers send for an empty answer. */
    @Override
    public void end() throws BadResponse {
        if (!empty && (state != State.HEADER || at != 0)) {
            throw malformed("compressed content that ends too early");
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private void member() {
        inflater.reset();
        crc.reset();
        state = State.HEADER;
        at = 0;
        trailer = 0;
    }

    private int inflate(byte[] bytes, int from, int end) throws BadResponse {
        inflater.setInput(bytes, from, end - from);
        try {
            while (true) {
                int count = inflater.inflate(plain);
                if (count > 0) {
                    crc.update(plain, 0, count);
                    sink().accept(plain, 0, count);
                } else if (inflater.finished()) {
                    state = State.TRAILER;
                    at = 0;
                    return end - inflater.getRemaining();
                } else if (inflater.needsDictionary()) {
                    throw malformed("compressed content that needs a dictionary");
                } else {
                    return end;
                }
            }
        } catch (DataFormatException e) {
            throw malformed("compressed content that is damaged: " + e.getMessage());
        }
    }

    private BodySink sink() {
        BodySink sink = to;
        if (sink == null) {
            throw new IllegalStateException("not begun");
        }
        return sink;
    }

    private void step(int b) throws BadResponse {
        switch (state) {
            case HEADER -> header(b);
            case EXTRA_LENGTH -> {
                extra |= b << (8 * at++);
                if (at == 2) {
                    next(extra == 0 ? State.NAME : State.EXTRA);
                }
            }
            case EXTRA -> {
                if (--extra == 0) {
                    next(State.NAME);
                }
            }
            case NAME, COMMENT -> {
                if (b == 0) {
                    next(state == State.NAME ? State.COMMENT : State.HEADER_CRC);
                }
            }
            case HEADER_CRC -> {
                if (++at == 2) {
                    next(State.DATA);
                }
            }
            case TRAILER -> trailer(b);
            case DATA -> throw new IllegalStateException(state.name());
        }
    }

    private void header(int b) throws BadResponse {
        boolean good = switch (at) {
            case 0 -> b == 0x1f;
            case 1 -> b == 0x8b;
            case 2 -> b == 8;
            case 3 -> (b & 0xe0) == 0;
            default -> true;
        };
        if (!good) {
            throw malformed("content that is said to be gzip and is not");
        }
        if (at == 3) {
            flags = b;
        }
        if (++at == 10) {
            extra = 0;
            next(State.EXTRA_LENGTH);
        }
    }

    /** On to {@code wanted}, or to what comes behind it where the header has no such part. */
    private void next(State wanted) {
        at = 0;
        state = wanted;
        if (state == State.EXTRA_LENGTH && (flags & FEXTRA) == 0) {
            state = State.NAME;
        }
        if (state == State.NAME && (flags & FNAME) == 0) {
            state = State.COMMENT;
        }
        if (state == State.COMMENT && (flags & FCOMMENT) == 0) {
            state = State.HEADER_CRC;
        }
        if (state == State.HEADER_CRC && (flags & FHCRC) == 0) {
            state = State.DATA;
        }
    }

    /** Checksum and size of what was decompressed, least significant byte first. */
    private void trailer(int b) throws BadResponse {
        trailer |= (long) b << (8 * at++);
        if (at == 8) {
            if ((trailer & 0xffff_ffffL) != crc.getValue()
                    || trailer >>> 32 != (inflater.getBytesWritten() & 0xffff_ffffL)) {
                throw malformed("compressed content whose checksum is wrong");
            }
            member();
        }
    }
}
