package dev.muster.http.internal;

import dev.muster.http.internal.hpack.HpackDecoder;
import dev.muster.http.internal.hpack.HpackEncoder;
import dev.muster.http.internal.hpack.HpackException;
import java.util.ArrayList;
import java.util.List;

/**
 * Header blocks of HTTP/2 for a coverage-guided fuzzer, as {@link ResponseFuzzer}: they are fields or they are refused, and fields
 * that we encode anew are the same fields.
 */
public final class HpackFuzzer {
    private static final int LIST = 16 * 1024;

    private HpackFuzzer() {}

    /** Several blocks of one connection, each with its length before it in one byte. */
    public static void fuzzerTestOneInput(byte[] input) throws HpackException {
        HpackDecoder peer = new HpackDecoder(HpackDecoder.TABLE_SIZE, LIST);
        HpackEncoder encoder = new HpackEncoder(HpackDecoder.TABLE_SIZE);
        HpackDecoder decoder = new HpackDecoder(HpackDecoder.TABLE_SIZE, Integer.MAX_VALUE);
        for (int at = 0; at < input.length; ) {
            int end = Math.min(input.length, at + 1 + (input[at] & 0xff));
            List<String> fields = new ArrayList<>();
            encoder.begin();
            try {
                peer.decode(input, at + 1, end, (name, value) -> {
                    fields.add(name);
                    fields.add(value);
                    encoder.field(name, value);
                });
            } catch (HpackException refused) {
                return;
            }
            List<String> again = new ArrayList<>();
            decoder.decode(encoder.bytes(), 0, encoder.length(), (name, value) -> {
                again.add(name);
                again.add(value);
            });
            if (!lower(fields).equals(again)) {
                throw new AssertionError(fields + " became " + again);
            }
            at = end;
        }
    }

    /** Names are in lower case on the wire (RFC 9113 §8.2); a peer that does otherwise is refused above this. */
    private static List<String> lower(List<String> fields) {
        List<String> lower = new ArrayList<>(fields);
        for (int i = 0; i < lower.size(); i += 2) {
            lower.set(i, lower.get(i).toLowerCase(java.util.Locale.ROOT));
        }
        return lower;
    }
}
