package dev.muster.bench.wire;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a contender is to ask, and with how much.
 *
 * @param authority the server's certificate where the origin is https, which alone is to be trusted
 * @param http2 whether HTTP/2 is to be spoken; {@code depth} is then the number of streams
 */
record Target(URI origin, @Nullable Path authority, int connections, int depth, boolean http2) {
    int places() {
        return connections * depth;
    }
}
