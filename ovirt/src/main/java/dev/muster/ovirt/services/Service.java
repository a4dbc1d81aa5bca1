package dev.muster.ovirt.services;

import dev.muster.core.Endpoint;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A place in the API: what all services have. Sends nothing by itself. Immutable and thread-safe. */
public abstract class Service {
    private final Endpoint endpoint;
    private final String path;

    Service(Endpoint endpoint, String path) {
        this.endpoint = endpoint;
        this.path = path;
    }

    /** Where its operations are sent. */
    public final Endpoint endpoint() {
        return endpoint;
    }

    /** Its path below the API's root, as {@code /vms/123/nics}; empty for the root. */
    public final String path() {
        return path;
    }

    /** The path of a service below this one; the segment is encoded. */
    final String below(String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("an empty identifier below " + path);
        }
        return path + '/' + URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    final Ask ask(String method) {
        return Ask.of(endpoint, method, path);
    }

    final Ask act(String action) {
        return Ask.of(endpoint, "POST", path + '/' + action);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? "/" : path;
    }
}
