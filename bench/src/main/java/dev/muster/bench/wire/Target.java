package dev.muster.bench.wire;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a contender is to ask, and with how much.
 *
 * @param authority the server's certificate where the origin is https, which alone is to be trusted
 * @param depth with HTTP/2 the number of streams
 */
record Target(URI origin, @Nullable Path authority, int connections, int depth, Kind kind) {
    /** What is done there. */
    enum Kind {
        H1,
        H2,
        DOWNLOAD
    }

    boolean http2() {
        return kind == Kind.H2;
    }

    int places() {
        return connections * depth;
    }
}
