package dev.muster.http.internal;

/**
 * What has been learned about one origin: how deep it may be pipelined.
 *
 * <ol>
 *   <li>Depth 1 until it has answered with HTTP/1.1 and kept the connection, and again after a connection failed until it
 *       does so again (RFC 9112 §9.3.2).
 *   <li>Once a connection has failed, every new connection begins at depth 1 until its own first answer: what killed one
 *       connection should be found alone on the next.
 *   <li>An origin that twice breaks pipelining gets depth 1 for good: answers a few requests and ends the connection
 *       although it had more, or sends what nobody asked for. Two connections that break at the same time are one break,
 *       and a long life on one connection makes a single break forgotten.
 * </ol>
 */
final class Pipelining {
    /** A server that ends a connection after more answers than this has a limit, not a problem. */
    private static final int HANDFUL = 10;

    private static final int LONG_LIFE = 100;
    private static final int BREAKS = 2;

    private final int wanted;
    private boolean proven;
    private boolean failed;
    private int breaks;
    private long lastOpened;
    private long openedAtBreak = -1;

    Pipelining(int wanted) {
        this.wanted = wanted;
    }

    /** How many requests may be unanswered on a connection that has answered {@code served}. */
    int depth(int served) {
        if (!proven || breaks >= BREAKS || (failed && served == 0)) {
            return 1;
        }
        return wanted;
    }

    void opened(long connection) {
        lastOpened = Math.max(lastOpened, connection);
    }

    /** A good answer came, the {@code served}-th of its connection. */
    void answered(boolean persistent11, int served) {
        proven |= persistent11;
        if (served == LONG_LIFE && breaks < BREAKS) {
            breaks = 0;
        }
    }

    /** A connection failed while requests were under way. */
    void failed() {
        proven = false;
        failed = true;
    }

    /**
     * A connection that had answered {@code served} requests ended between two answers, while the next was owed to a
     * request that had been sent before the last answer came.
     */
    void endedEarly(long connection, int served) {
        if (served >= 1 && served <= HANDFUL) {
            broke(connection);
        }
    }

    /** What came was owed to nobody. */
    void broke(long connection) {
        if (connection > openedAtBreak) {
            breaks++;
            openedAtBreak = lastOpened;
        }
    }
}
