package dev.muster.http;

import org.jspecify.annotations.Nullable;

/**
 * A part of a representation, in bytes (RFC 9110 §14): what is asked for with {@link HttpRequest#range}, and what a 206
 * says that it is.
 *
 * @param first the first byte, counted from 0; -1: the last {@code last} bytes, whatever the length
 * @param last the last byte, itself included; -1: to the end
 * @param total how long the whole is; -1 where that is not known, as always in a question
 */
public record ByteRange(long first, long last, long total) {
    public ByteRange {
        boolean suffix = first == -1 && last > 0 && total == -1;
        boolean part = first >= 0 && (last == -1 || last >= first) && (total == -1 || (last >= 0 && last < total));
        if (!suffix && !part) {
            throw new IllegalArgumentException("not a range: " + first + " to " + last + " of " + total);
        }
    }

    /** From a byte to the end. */
    public static ByteRange from(long first) {
        return new ByteRange(first, -1, -1);
    }

    /** From a byte to another, itself included. */
    public static ByteRange of(long first, long last) {
        return new ByteRange(first, last, -1);
    }

    /** The last bytes. */
    public static ByteRange last(long count) {
        return new ByteRange(-1, count, -1);
    }

    /** The part that a 206 holds by its Content-Range; null where the response is not one part of a whole. */
    public static @Nullable ByteRange of(int status, Headers headers) {
        String field = headers.first("Content-Range");
        if (status != 206 || field == null || !field.regionMatches(true, 0, "bytes ", 0, 6)) {
            return null;
        }
        int dash = field.indexOf('-');
        int slash = field.indexOf('/');
        if (dash < 0 || slash < dash) {
            return null;
        }
        try {
            String whole = field.substring(slash + 1).strip();
            long total = whole.equals("*") ? -1 : number(whole);
            return new ByteRange(
                    number(field.substring(6, dash).strip()),
                    number(field.substring(dash + 1, slash).strip()),
                    total);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    /** As the value of a Range field. */
    String asked() {
        return first < 0 ? "bytes=-" + last : "bytes=" + first + "-" + (last < 0 ? "" : last);
    }

    private static long number(String digits) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new NumberFormatException("not a number");
        }
        return Long.parseLong(digits);
    }
}
