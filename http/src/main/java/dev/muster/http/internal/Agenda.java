package dev.muster.http.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done within the loop's turn: connections to read from, pools that have requests to hand out, connections to
 * write to. Whatever fails in an unforeseen way goes down alone. Confined to the loop.
 */
final class Agenda {
    private List<Pool> touched = new ArrayList<>();
    private List<Pool> touchedSpare = new ArrayList<>();
    private List<Connection> unwritten = new ArrayList<>();
    private List<Connection> unwrittenSpare = new ArrayList<>();
    private final List<Connection> unread = new ArrayList<>();

    /** This pool has something to hand out or to open, at the end of the turn. */
    void touched(Pool pool) {
        touched.add(pool);
    }

    /** This connection has something to write, at the end of the turn. */
    void unwritten(Connection connection) {
        unwritten.add(connection);
    }

    /** This connection has more to read although its socket may not say so. */
    void unread(Connection connection) {
        unread.add(connection);
    }

    boolean hasUnread() {
        return !unread.isEmpty();
    }

    // Reading and writing stay apart: in one method the compiler makes one of them all, which took it a quarter of a
    // second.

    /** A connection's socket has something, or takes something. */
    void ready(Connection connection) {
        try {
            connection.ready();
        } catch (Throwable thrown) {
            connection.giveUp(thrown);
        }
    }

    /** Reads from those that have more. */
    void readOn() {
        if (unread.isEmpty()) {
            return;
        }
        List<Connection> now = List.copyOf(unread);
        unread.clear();
        for (Connection connection : now) {
            try {
                connection.readOn();
            } catch (Throwable thrown) {
                connection.giveUp(thrown);
            }
        }
    }

    /** Hands out and writes until nothing of that is left. */
    void settle() {
        while (!touched.isEmpty() || !unwritten.isEmpty()) {
            handOut();
            write();
        }
    }

    private void handOut() {
        List<Pool> pools = touched;
        touched = touchedSpare;
        touchedSpare = pools;
        for (Pool pool : pools) {
            try {
                pool.handOut();
            } catch (Throwable thrown) {
                pool.giveUp(thrown);
            }
        }
        pools.clear();
    }

    private void write() {
        List<Connection> connections = unwritten;
        unwritten = unwrittenSpare;
        unwrittenSpare = connections;
        for (Connection connection : connections) {
            try {
                connection.write();
            } catch (Throwable thrown) {
                connection.giveUp(thrown);
            }
        }
        connections.clear();
    }
}
