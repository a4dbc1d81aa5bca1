package dev.muster.http.internal;

import java.util.Arrays;
import java.util.List;

/** Frames of HTTP/2 for a coverage-guided fuzzer, as {@link ResponseFuzzer}: they say the same however they are cut. */
public final class FrameFuzzer {
    private FrameFuzzer() {}

    /** The first byte says in which pieces the rest comes. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = 1 + (input[0] & 0x3f);
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        List<String> whole = FrameFuzzTest.told(stream, Integer.MAX_VALUE);
        List<String> pieces = FrameFuzzTest.told(stream, piece);
        if (!whole.equals(pieces)) {
            throw new AssertionError("in pieces of " + piece + ": " + pieces + "\ninstead of " + whole);
        }
    }
}
