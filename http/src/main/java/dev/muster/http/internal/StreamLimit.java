package dev.muster.http.internal;

/** How many requests a server takes on an HTTP/2 connection: at once, as it said and as it was found to bear, and in all. */
final class StreamLimit {
    /** Of a server that says nothing about it: as many as it should (RFC 9113 §6.5.2). */
    private static final int UNTOLD = 100;

    private static final int MOST = 1000;

    private final Connections connections;
    private int allowed = UNTOLD;
    private int bearable = MOST;

    StreamLimit(Connections connections) {
        this.connections = connections;
    }

    /** How many more may be sent, of a connection that has {@code outstanding} and has taken so many in all. */
    int room(int outstanding, int taken) {
        return Math.min(left(taken), Math.min(allowed, bearable) - outstanding);
    }

    /** How many more the server takes before it ends the connection; 0 and less: none. */
    int left(int taken) {
        return connections.budget() - taken;
    }

    /** The server says how many it takes at once. */
    void allow(int streams) {
        allowed = streams < 0 ? MOST : Math.min(streams, MOST);
    }

    /** The server refused one beside so many others, whatever it had said. */
    void refused(int others) {
        bearable = Math.max(1, others);
    }

    /** The server answered one. */
    void answered() {
        if (bearable < MOST) {
            bearable++;
        }
    }

    /** The server ended the connection after so many, and has turned away what was sent behind them. */
    void cut(int taken) {
        connections.took(taken);
    }

    /** All that were sent are answered. A server that ends here would have said so no later than with its last answer. */
    void spent(int taken) {
        if (left(taken) == 0) {
            connections.tookMore();
        }
    }
}
