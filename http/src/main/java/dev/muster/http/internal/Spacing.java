package dev.muster.http.internal;

/**
 * How far apart the answers of one connection come whose requests have to wait for each other. httpd, nginx and HAProxy
 * serve a connection's requests one after another: what is unanswered there beyond 1 + round trip / time in the server
 * would only wait.
 */
final class Spacing {
    private static final int ENOUGH = 8;

    private long nanos;
    private int seen;

    /**
     * An answer behind another came.
     *
     * @param took from when its request was written
     * @param apart from the answer before it
     * @param usual what answers take that wait for none
     */
    void answered(long took, long apart, long usual) {
        if (usual == 0) {
            return;
        }
        if (took > usual + usual / 4) {
            nanos = seen == 0 ? apart : nanos + (apart - nanos) / 8;
            seen = Math.min(seen + 1, ENOUGH);
        } else {
            // It came as fast as if it were alone. Where all do, more of them might.
            nanos -= nanos / 128;
        }
    }

    /** 0 while unknown. */
    long nanos() {
        return seen < ENOUGH ? 0 : nanos;
    }

    /** How many unanswered on a connection are of use, up to {@code most}. */
    int useful(long usual, int most) {
        // Rounded up, and one more, as answers do not come evenly.
        return nanos() == 0 ? most : (int) Math.min(usual / nanos + 2, most);
    }
}
