package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.Headers;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a chunked body (RFC 9112 §7.1) in any pieces. Extensions are read over, trailers kept, both within a bound
 * that grows with the content: some servers pad or sign each chunk.
 */
final class ChunkedReader {
    private enum State {
        SIZE_START,
        SIZE,
        SIZE_BLANK,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER_START,
        TRAILER,
        TRAILER_LF,
        END_LF,
        DONE
    }

    /** Digits of a chunk size: up to 2^60, leading zeros included. */
    private static final int MOST_DIGITS = 15;

    private final int mostOverhead;
    private State state = State.DONE;
    private long left;
    private int digits;
    private int overhead;
    private final StringBuilder line = new StringBuilder();
    /** Names and values in turn. */
    private final List<String> trailers = new ArrayList<>();

    /** {@code mostOverhead}: how many bytes of extensions and trailers one body may have beyond as many as it has content. */
    ChunkedReader(int mostOverhead) {
        this.mostOverhead = mostOverhead;
    }

    void begin() {
        state = State.SIZE_START;
        overhead = 0;
        trailers.clear();
    }

    /** The fields behind the body that was read last. */
    Headers trailers() {
        return trailers.isEmpty() ? Headers.none() : Headers.of(trailers.toArray(new String[0]));
    }

    boolean done() {
        return state == State.DONE;
    }

    /** Reads on, up to the end of the body or of the piece; answers the index behind what it read. */
    int feed(byte[] bytes, int from, int to, BodySink sink) throws BadResponse {
        int at = from;
        while (at < to && state != State.DONE) {
            if (state == State.DATA) {
                int count = (int) Math.min(left, to - at);
                sink.accept(bytes, at, count);
                left -= count;
                at += count;
                overhead = Math.max(0, overhead - count);
                if (left == 0) {
                    state = State.DATA_CR;
                }
            } else {
                state = step(bytes[at++]);
            }
        }
        return at;
    }

    private State step(byte b) throws BadResponse {
        return switch (state) {
            case SIZE_START -> {
                left = 0;
                digits = 0;
                yield size(b);
            }
            // Bad whitespace: not to be sent, but to be read (RFC 9112 §7.1.1).
            case SIZE -> HeadParser.blank(b) ? State.SIZE_BLANK : b == '\r' || b == ';' ? behindSize(b) : size(b);
            case SIZE_BLANK -> HeadParser.blank(b) ? over(b, State.SIZE_BLANK) : behindSize(b);
            case EXTENSION -> b == '\r' ? State.SIZE_LF : over(b, State.EXTENSION);
            case SIZE_LF -> lf(b, left == 0 ? State.TRAILER_START : State.DATA);
            case DATA_CR -> {
                if (b != '\r') {
                    throw malformed("a chunk longer than its size");
                }
                yield State.DATA_LF;
            }
            case DATA_LF -> lf(b, State.SIZE_START);
            case TRAILER_START -> b == '\r' ? State.END_LF : trailer(b);
            case TRAILER -> b == '\r' ? State.TRAILER_LF : trailer(b);
            case TRAILER_LF -> {
                State next = lf(b, State.TRAILER_START);
                keep();
                yield next;
            }
            case END_LF -> lf(b, State.DONE);
            case DATA, DONE -> throw new IllegalStateException(state.name());
        };
    }

    private State size(byte b) throws BadResponse {
        int digit = Character.digit(b, 16);
        if (digit < 0 || ++digits > MOST_DIGITS) {
            throw malformed(digit < 0 ? "a chunk size that is not a number" : "a chunk size that is too long");
        }
        left = left << 4 | digit;
        return State.SIZE;
    }

    private static State behindSize(byte b) throws BadResponse {
        if (b != '\r' && b != ';') {
            throw malformed("a chunk size that is not a number");
        }
        return b == '\r' ? State.SIZE_LF : State.EXTENSION;
    }

    private State over(byte b, State next) throws BadResponse {
        if (b == '\n' || b == 0) {
            throw malformed("a chunk line with " + (b == 0 ? "NUL" : "LF without CR"));
        }
        if (++overhead > mostOverhead) {
            throw BadResponse.tooLarge("chunk extensions and trailers are larger than " + mostOverhead + " bytes");
        }
        return next;
    }

    private State trailer(byte b) throws BadResponse {
        line.append((char) (b & 0xff));
        return over(b, State.TRAILER);
    }

    /** What is no field is none, as long as it is a line: it decides nothing. */
    private void keep() {
        int colon = line.indexOf(":");
        String text = line.toString();
        line.setLength(0);
        if (colon > 0) {
            try {
                Headers field = Headers.of(
                        text.substring(0, colon), text.substring(colon + 1).strip());
                trailers.add(field.name(0));
                trailers.add(field.value(0));
            } catch (IllegalArgumentException notAField) {
                return;
            }
        }
    }

    private static State lf(byte b, State next) throws BadResponse {
        if (b != '\n') {
            throw malformed("CR without LF in a chunked body");
        }
        return next;
    }
}
