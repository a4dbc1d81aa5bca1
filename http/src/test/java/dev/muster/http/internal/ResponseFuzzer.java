package dev.muster.http.internal;

import java.util.Arrays;
import java.util.List;

/**
 * What a coverage-guided fuzzer (Jazzer, by {@code http/fuzz}) calls with bytes that lead to code not seen before: the
 * parser must say what they are, and say the same however they are cut.
 */
public final class ResponseFuzzer {
    private ResponseFuzzer() {}

    /** The first byte says whether the request was a HEAD, and in which pieces the rest comes. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean toHead = input[0] < 0;
        int piece = 1 + (input[0] & 0x3f);
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        List<String> whole = Parsed.of(stream, toHead, Integer.MAX_VALUE);
        List<String> pieces = Parsed.of(stream, toHead, piece);
        if (!whole.equals(pieces)) {
            throw new AssertionError("in pieces of " + piece + ": " + pieces + "\ninstead of " + whole);
        }
    }
}
