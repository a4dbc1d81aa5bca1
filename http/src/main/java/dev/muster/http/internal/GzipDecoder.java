package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses gzip (RFC 1952) in any pieces, several members one behind another, checksums verified. */
final class GzipDecoder implements ContentDecoder {
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
    private byte[] bytes = {};
    private int index;
    private int end;
    /** The inflater has this piece. */
    private boolean fed;

    private State state = State.HEADER;
    private int at;
    private int flags;
    private int extra;
    private long trailer;
    private boolean empty = true;

    @Override
    public void begin() {
        empty = true;
        index = 0;
        end = 0;
        member();
    }

    @Override
    public void input(byte[] piece, int from, int length) {
        bytes = piece;
        index = from;
        end = from + length;
        fed = false;
        empty &= length == 0;
    }

    @Override
    public int read(byte[] into, int from, int length) throws BadResponse {
        while (index < end) {
            if (state == State.DATA) {
                int count = inflate(into, from, length);
                if (count > 0) {
                    return count;
                }
            } else {
                step(bytes[index++] & 0xff);
            }
        }
        return 0;
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

    private int inflate(byte[] into, int from, int length) throws BadResponse {
        if (!fed) {
            inflater.setInput(bytes, index, end - index);
            fed = true;
        }
        try {
            int count = inflater.inflate(into, from, length);
            if (count > 0) {
                crc.update(into, from, count);
            } else if (inflater.finished()) {
                index = end - inflater.getRemaining();
                fed = false;
                state = State.TRAILER;
                at = 0;
            } else if (inflater.needsDictionary()) {
                throw malformed("compressed content that needs a dictionary");
            } else {
                index = end;
            }
            return count;
        } catch (DataFormatException e) {
            throw malformed("compressed content that is damaged: " + e.getMessage());
        }
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
