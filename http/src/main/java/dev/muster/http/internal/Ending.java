package dev.muster.http.internal;

import org.jspecify.annotations.Nullable;

/** How a connection ended, and so what its unanswered requests may hope for. */
record Ending(Kind kind, String why, @Nullable Throwable cause) {
    enum Kind {
        /** The server said that it would answer no more: what was behind was not carried out. */
        ANNOUNCED,
        /** By the server or the network, unannounced. */
        BROKEN,
        /** By us, for the sake of one request. */
        OURS,
        /** The client was closed. */
        SHUT
    }

    static Ending announced(String why) {
        return new Ending(Kind.ANNOUNCED, why, null);
    }

    static Ending broken(String why, @Nullable Throwable cause) {
        return new Ending(Kind.BROKEN, why, cause);
    }

    static Ending ours(String why) {
        return new Ending(Kind.OURS, why, null);
    }

    static Ending shut() {
        return new Ending(Kind.SHUT, "the client was closed", null);
    }
}
