package dev.muster.core;

import dev.muster.http.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Who we are to a cloud, and where its services are. Thread-safe; callers share one grant and one log-in. */
public interface Session {

    /**
     * What a log-in gave.
     *
     * @param headers sent with every request; their values are secret
     * @param services the base URI of each service, without a trailing slash
     * @param expires when it ends, or null where the cloud does not say
     */
    record Grant(
            Headers headers,
            Map<String, URI> services,
            @Nullable Instant expires) {
        @Override
        public String toString() {
            return "Grant[services=" + services.keySet() + ", expires=" + expires + "]";
        }
    }

    /** The present grant; logs in if there is none. */
    CompletionStage<Grant> grant();

    /** A grant other than one that a service no longer takes; logs in unless somebody just did. */
    CompletionStage<Grant> renew(Grant stale);

    /** Ends the grant at the cloud if there is one; never fails and never starts a log-in. */
    CompletionStage<@Nullable Void> end();
}
