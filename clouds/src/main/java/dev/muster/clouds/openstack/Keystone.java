package dev.muster.clouds.openstack;

import dev.muster.core.Endpoint;
import dev.muster.core.ListRequest;
import dev.muster.core.Listing;

/**
 * Keystone, the identity service, at v3: what the user who logged in may ask of it.
 *
 * @see <a href="https://docs.openstack.org/api-ref/identity/v3/">Identity API</a>
 */
public final class Keystone {
    // Keystone ignores limit and marker and gives everything at once.
    static final ListRequest PROJECTS =
            ListRequest.get("identity", "/auth/projects").rows("projects");

    private final Endpoint endpoint;

    Keystone(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** The projects that the user has a role in, by {@code GET /v3/auth/projects}: those one could log in to. */
    public Listing<Project> projects() {
        return endpoint.list(PROJECTS, Project::read, Project::id);
    }
}
