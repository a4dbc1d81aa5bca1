package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads status line and header fields, in any pieces. Strict (RFC 9112 §2.2, §4, §5): lines end in CR LF, no folding,
 * no blank before a colon, nothing that two readers could take for different things.
 *
 * <p>The answers of one connection resemble each other. The last head is kept as bytes: the same bytes again are the
 * same {@link ResponseHead}, and where only some values differ only those are read. Otherwise a line that was there
 * before gives the same strings.
 */
final class HeadParser {
    private static final byte[] START = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);
    private static final boolean[] TOKEN = new boolean[256];

    static {
        Arrays.fill(TOKEN, '!', '~' + 1, true);
        for (byte c : "\"(),/:;<=>?@[\\]{}".getBytes(StandardCharsets.US_ASCII)) {
            TOKEN[c] = false;
        }
    }

    private final int most;

    /** Where each line of the head being read ends, behind its LF, counted from the head's first byte. */
    private int[] ends = new int[16];

    private int lines;
    private int scanned;

    /** The part of a head that came before the rest did. */
    private byte[] kept = new byte[0];

    private int keptLength;

    private @Nullable ResponseHead head;

    /** The last head's bytes and lines. */
    private byte[] last = new byte[0];

    private int lastLength;
    private int[] lastEnds = new int[16];

    HeadParser(int most) {
        // Far from where sums overflow, and far above any head.
        this.most = Math.min(most, 1 << 30);
    }

    /** Reads on; where the head ends in this piece the index behind it, otherwise -1. */
    int feed(byte[] bytes, int from, int to) throws BadResponse {
        if (keptLength == 0) {
            int end = alike(bytes, from, to);
            if (end >= 0) {
                return end;
            }
            checkStart(bytes, from, to - from);
            if (scan(bytes, from, Math.min(to - from, most))) {
                return from + parse(bytes, from);
            }
        }
        int before = keptLength;
        keep(bytes, from, Math.min(to - from, most + 1 - before));
        if (before > 0 && scan(kept, 0, Math.min(keptLength, most))) {
            return from + parse(kept, 0) - before;
        }
        if (keptLength > most) {
            throw BadResponse.tooLarge("the header is larger than " + most + " bytes");
        }
        return -1;
    }

    /** The head that {@link #feed} found. */
    ResponseHead head() {
        ResponseHead found = head;
        if (found == null) {
            throw new IllegalStateException("no head yet");
        }
        return found;
    }

    /** How many bytes of a head have come that is not whole. */
    int pending() {
        return keptLength;
    }

    /** Reads a whole head that is the last but for some values, and answers the index behind it; -1: it is not, or not whole. */
    private int alike(byte[] bytes, int from, int to) throws BadResponse {
        ResponseHead before = head;
        if (before == null) {
            return -1;
        }
        if (ends.length < lastEnds.length) {
            ends = new int[lastEnds.length];
        }
        Headers headers = before.headers();
        boolean framing = false;
        int most = Math.min(to, from + this.most);
        int at = from;
        int was = 0;
        int line = 0;
        while (true) {
            int rest = Math.min(lastLength - was, most - at);
            int same = Arrays.mismatch(bytes, at, at + rest, last, was, was + rest);
            if (same < 0) {
                if (rest < lastLength - was) {
                    return -1;
                }
                break;
            }
            line = copyEnds(line, was + same, at - from - was);
            if (line == 0 || line > headers.size()) {
                return -1;
            }
            String name = headers.name(line - 1);
            int colon = lastEnds[line - 1] + name.length();
            int begin = at + colon + 1 - was;
            int end = at + same;
            while (end < most && bytes[end] != '\n') {
                end++;
            }
            boolean whole = end < most && bytes[end - 1] == '\r';
            if (was + same <= colon || !whole || control(bytes, begin, end) < end - 1) {
                return -1;
            }
            headers = headers.with(line - 1, value(bytes, begin, end - 1));
            framing |= Framing.reads(name);
            at = end + 1;
            was = lastEnds[line];
            ends[line++] = at - from;
        }
        if (at > from) {
            int length = at - from + lastLength - was;
            copyEnds(line, lastLength, at - from - was);
            head = framing ? Framing.head(before.status(), before.http11(), headers) : before.with(headers);
            remember(bytes, from, length);
            return from + length;
        }
        return from + lastLength;
    }

    /** Notes where lines end that are as before, {@code further} on; answers the one that {@code place} of the last head lies in. */
    private int copyEnds(int line, int place, int further) {
        int next = line;
        while (next < head().headers().size() + 2 && lastEnds[next] <= place) {
            ends[next] = lastEnds[next] + further;
            next++;
        }
        return next;
    }

    private void keep(byte[] bytes, int from, int count) throws BadResponse {
        if (keptLength + count > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(keptLength + count, Math.min(2 * kept.length, most + 1)));
        }
        System.arraycopy(bytes, from, kept, keptLength, count);
        keptLength += count;
        checkStart(kept, 0, keptLength);
    }

    private static void checkStart(byte[] bytes, int base, int length) throws BadResponse {
        int count = Math.min(length, START.length);
        if (!Arrays.equals(bytes, base, base + count, START, 0, count)) {
            throw malformed("what came does not begin with HTTP/1");
        }
    }

    /** Looks for the empty line, from where it stopped looking; notes where lines end. */
    private boolean scan(byte[] bytes, int base, int length) throws BadResponse {
        for (int i = scanned; i < length; i++) {
            if (bytes[base + i] != '\n') {
                continue;
            }
            if (i == 0 || bytes[base + i - 1] != '\r') {
                throw malformed("a header line ends in LF without CR");
            }
            if (lines == ends.length) {
                ends = Arrays.copyOf(ends, lines * 2);
            }
            boolean empty = i - 1 == (lines == 0 ? 0 : ends[lines - 1]);
            ends[lines++] = i + 1;
            if (empty) {
                return true;
            }
        }
        scanned = length;
        return false;
    }

    /** Reads the whole head at {@code base}; answers its length and is ready for the next. */
    private int parse(byte[] bytes, int base) throws BadResponse {
        int length = ends[lines - 1];
        String[] pairs = new String[2 * Math.max(0, lines - 2)];
        Framing framing = new Framing();
        int same = 1;
        for (int line = 1; line < lines - 1; line++) {
            int from = base + ends[line - 1];
            int to = base + ends[line] - 2;
            same = field(bytes, from, to, pairs, 2 * (line - 1), same);
            framing.field(pairs[2 * (line - 1)], pairs[2 * (line - 1) + 1]);
        }
        head = status(bytes, base, base + ends[0] - 2, framing, Headers.of(pairs));
        remember(bytes, base, length);
        return length;
    }

    private void remember(byte[] bytes, int base, int length) {
        if (last.length < length) {
            last = new byte[length + 64];
        }
        System.arraycopy(bytes, base, last, 0, length);
        lastLength = length;
        int[] spare = lastEnds;
        lastEnds = ends;
        ends = spare;
        lines = 0;
        scanned = 0;
        keptLength = 0;
    }

    /**
     * One field into {@code pairs}; answers the line of the last head that is likely to be like the next one.
     */
    private int field(byte[] bytes, int from, int to, String[] pairs, int pair, int likely) throws BadResponse {
        Headers before = head == null ? Headers.none() : head.headers();
        int lastFields = before.size();
        for (int line = likely; line <= lastFields && line < likely + 3; line++) {
            if (Arrays.equals(bytes, from, to, last, lastEnds[line - 1], lastEnds[line] - 2)) {
                pairs[pair] = before.name(line - 1);
                pairs[pair + 1] = before.value(line - 1);
                return line + 1;
            }
        }
        int colon = from;
        while (colon < to && TOKEN[bytes[colon] & 0xff]) {
            colon++;
        }
        if (colon == from || colon == to || bytes[colon] != ':') {
            throw malformed(badName(bytes, from, to, colon));
        }
        int bad = control(bytes, colon + 1, to);
        if (bad < to) {
            throw malformed("a header value holds " + (bytes[bad] == 0 ? "NUL" : "CR without LF"));
        }
        pairs[pair + 1] = value(bytes, colon + 1, to);
        if (likely <= lastFields && nameOfLine(likely, bytes, from, colon)) {
            pairs[pair] = before.name(likely - 1);
            return likely + 1;
        }
        pairs[pair] = latin1(bytes, from, colon);
        return likely;
    }

    /** Where the first byte is that no value may hold; {@code to} where there is none. */
    private static int control(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\r' || bytes[i] == 0) {
                return i;
            }
        }
        return to;
    }

    private static String value(byte[] bytes, int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && blank(bytes[begin])) {
            begin++;
        }
        while (end > begin && blank(bytes[end - 1])) {
            end--;
        }
        return latin1(bytes, begin, end);
    }

    /** One character for each byte. */
    @SuppressWarnings("deprecation") // exactly what is wanted here, and without a look at the charset each time
    private static String latin1(byte[] bytes, int from, int to) {
        return new String(bytes, 0, from, to - from);
    }

    private boolean nameOfLine(int line, byte[] bytes, int from, int colon) {
        int at = lastEnds[line - 1];
        return Arrays.equals(bytes, from, colon + 1, last, at, Math.min(at + colon + 1 - from, lastLength));
    }

    /** tchar of RFC 9110 §5.6.2. */
    static boolean token(char c) {
        return c < 256 && TOKEN[c];
    }

    /** One of the blanks about a value (OWS of RFC 9110 §5.6.3). */
    static boolean blank(int c) {
        return c == ' ' || c == '\t';
    }

    private static String badName(byte[] bytes, int from, int to, int at) {
        if (from < to && blank(bytes[from])) {
            return "a folded header line";
        }
        if (at < to && blank(bytes[at])) {
            return "a blank before the colon of a header field";
        }
        return at == to ? "a header line without a colon" : "a header name that is not a token";
    }

    private static ResponseHead status(byte[] bytes, int from, int to, Framing framing, Headers headers)
            throws BadResponse {
        int digits = from + START.length + 2;
        if (to < digits + 3 || bytes[digits - 1] != ' ' || (to > digits + 3 && bytes[digits + 3] != ' ')) {
            throw malformed("a status line that is not one");
        }
        int minor = bytes[digits - 2] - '0';
        int status = 0;
        for (int i = digits; i < digits + 3; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                throw malformed("a status that is not a number");
            }
            status = 10 * status + digit;
        }
        for (int i = digits + 3; i < to; i++) {
            if (bytes[i] == '\r' || bytes[i] == 0) {
                throw malformed("a status line with a control character");
            }
        }
        if (minor < 0 || minor > 9 || status < 100) {
            throw malformed("a status line that is not one");
        }
        return framing.made(status, minor > 0, headers);
    }
}
