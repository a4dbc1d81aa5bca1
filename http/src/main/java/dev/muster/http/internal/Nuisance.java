package dev.muster.http.internal;

/** Counts frames that bring nothing, so that a server cannot keep us busy with them. Some are part of any long life. */
final class Nuisance {
    private static final int MOST = 1000;
    private static final long WITHIN = 10_000_000_000L;
    /** Acknowledgements that wait because the server reads nothing. */
    private static final int MOST_UNSENT = 64 * 1024;

    private int count;
    private long since;

    void count(String what, int unsent, long now) throws BadFrame {
        if (count == 0 || now - since > WITHIN) {
            count = 0;
            since = now;
        }
        if (++count > MOST) {
            throw BadFrame.flood("a flood of " + what);
        }
        if (unsent > MOST_UNSENT) {
            throw BadFrame.flood("a flood of " + what + " by a server that does not read");
        }
    }
}
