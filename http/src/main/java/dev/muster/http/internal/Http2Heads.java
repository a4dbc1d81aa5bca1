package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.Headers;
import dev.muster.http.internal.hpack.HpackDecoder;
import dev.muster.http.internal.hpack.HpackException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads header blocks as response heads and trailers (RFC 9113 §8.2, §8.3). The last head is kept: the same bytes again,
 * while nothing has changed in the table, are the same {@link ResponseHead}, and of a head that resembles it only those
 * fields are looked at that the table did not have.
 */
final class Http2Heads implements HpackDecoder.Receiver {
    private final HpackDecoder decoder;
    private final int most;

    private String[] pairs = new String[32];
    private int count;
    private int status;
    private boolean inTrailers;
    private @Nullable String problem;

    private byte[] last = new byte[256];
    private int lastLength = -1;
    private long lastChanges;
    private @Nullable ResponseHead lastHead;

    Http2Heads(int most) {
        this.most = most;
        this.decoder = new HpackDecoder(HpackDecoder.TABLE_SIZE, most);
    }

    ResponseHead head(byte[] bytes, int from, int to) throws HpackException, BadResponse {
        ResponseHead known = lastHead;
        long changes = decoder.changes();
        if (known != null
                && lastLength >= 0
                && changes == lastChanges
                && Arrays.equals(bytes, from, to, last, 0, lastLength)) {
            return known;
        }
        inTrailers = false;
        status = -1;
        read(bytes, from, to);
        if (status < 0) {
            throw malformed("an answer without a status");
        }
        ResponseHead head = made();
        lastHead = head;
        lastLength = -1;
        if (decoder.changes() == changes) {
            if (last.length < to - from) {
                last = new byte[to - from];
            }
            System.arraycopy(bytes, from, last, 0, to - from);
            lastLength = to - from;
            lastChanges = changes;
        }
        return head;
    }

    private ResponseHead made() throws BadResponse {
        ResponseHead before = lastHead;
        Headers alike = before == null || before.status() != status ? null : alike(before.headers());
        if (before != null && alike != null) {
            return before.with(alike);
        }
        return Framing.head(status, true, Headers.of(Arrays.copyOf(pairs, count)));
    }

    /** These fields with the values that were read; null where more than values differ, or those of fields that matter. */
    @SuppressWarnings("ReferenceEquality") // the very strings of the table
    private @Nullable Headers alike(Headers before) {
        if (before.size() != count / 2) {
            return null;
        }
        Headers alike = before;
        for (int i = 0; i < before.size(); i++) {
            String name = pairs[2 * i];
            String value = pairs[2 * i + 1];
            if (name != before.name(i) || (value != before.value(i) && Framing.reads(name))) {
                return null;
            }
            alike = value == before.value(i) ? alike : alike.with(i, value);
        }
        return alike;
    }

    /** Whether the last head had this very field in this place, so that it is a good one. */
    @SuppressWarnings("ReferenceEquality") // the very strings of the table
    private boolean known(String name, String value) {
        ResponseHead before = lastHead;
        int place = count / 2;
        return before != null
                && place < before.headers().size()
                && before.headers().name(place) == name
                && before.headers().value(place) == value;
    }

    /** The fields behind a body. */
    Headers trailers(byte[] bytes, int from, int to) throws HpackException, BadResponse {
        inTrailers = true;
        read(bytes, from, to);
        return Headers.of(Arrays.copyOf(pairs, count));
    }

    /** A block that nobody waits for: the table must know it all the same. */
    void skip(byte[] bytes, int from, int to) throws HpackException {
        decoder.decode(bytes, from, to, (name, value) -> {});
    }

    private void read(byte[] bytes, int from, int to) throws HpackException, BadResponse {
        count = 0;
        problem = null;
        boolean whole = decoder.decode(bytes, from, to, this);
        if (!whole) {
            throw BadResponse.tooLarge("the header is larger than " + most + " bytes");
        }
        if (problem != null) {
            throw malformed(problem);
        }
    }

    @Override
    public void field(String name, String value) {
        if (problem != null) {
            return;
        }
        if (!name.isEmpty() && name.charAt(0) == ':') {
            problem = pseudo(name, value);
            return;
        }
        problem = known(name, value) ? null : bad(name, value);
        if (problem == null) {
            if (count == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * count);
            }
            pairs[count++] = name;
            pairs[count++] = value;
        }
    }

    private @Nullable String pseudo(String name, String value) {
        if (inTrailers || count > 0) {
            return "a pseudo-header behind other fields";
        }
        if (!name.equals(":status")) {
            return "a pseudo-header that no answer has";
        }
        if (status >= 0) {
            return "two statuses";
        }
        int number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return "a status that is not a number";
            }
            number = Math.min(10 * number + digit, 1000);
        }
        if (value.length() != 3 || number < 100) {
            return "a status that is not one";
        }
        status = number;
        return null;
    }

    private static @Nullable String bad(String name, String value) {
        if (name.isEmpty()) {
            return "an empty header name";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c >= 'A' && c <= 'Z') || !HeadParser.token(c)) {
                return "a header name that is not a token in lower case";
            }
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0) {
                return "a header value with a control character";
            }
        }
        if (!value.isEmpty()
                && (HeadParser.blank(value.charAt(0)) || HeadParser.blank(value.charAt(value.length() - 1)))) {
            return "a header value that begins or ends with a blank";
        }
        return switch (name) {
            case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" ->
                "the field " + name + ", which HTTP/2 does not have";
            default -> null;
        };
    }
}
