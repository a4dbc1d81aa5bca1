package dev.muster.http.internal;

/**
 * Whether the server of an HTTP/2 connection is alive: silence puts it in doubt, and a PING (RFC 9113 §6.7) ends the doubt one
 * way or the other. Knows no clock: times are {@link System#nanoTime()} as told.
 */
final class Heartbeat {
    /** How long a server in doubt may take to answer. */
    private static final long PATIENCE = 10_000_000_000L;

    private long heard;
    private boolean doubted;
    private long doubtedSince;

    Heartbeat(long now) {
        this.heard = now;
    }

    /** Something came: answers whether that ended a doubt. */
    boolean heard(long now) {
        heard = now;
        boolean before = doubted;
        doubted = false;
        return before;
    }

    /** Whether nothing came for so long. */
    boolean silentFor(long nanos, long now) {
        return now - heard > nanos;
    }

    /** A PING is sent. */
    void doubt(long now) {
        doubted = true;
        doubtedSince = now;
    }

    /** Whether a PING has no answer yet. */
    boolean inDoubt() {
        return doubted;
    }

    /** Whether it has had time enough for one. */
    boolean isDead(long now) {
        return doubted && doubtedSince + PATIENCE - now <= 0;
    }

    /** When that may be so, unless something else is due before. */
    long due(long other) {
        return doubted && doubtedSince + PATIENCE - other < 0 ? doubtedSince + PATIENCE : other;
    }
}
