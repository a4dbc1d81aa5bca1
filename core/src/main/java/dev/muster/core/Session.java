package dev.muster.core;

import dev.muster.http.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
     * @param scope what it was given for, as {@code region RegionOne, project demo}; told when a service is not there;
     *     empty where there is nothing to tell
     */
    record Grant(
            Headers headers,
            Map<String, URI> services,
            @Nullable Instant expires,
            String scope) {

        /** One without a scope to tell. */
        public Grant(Headers headers, Map<String, URI> services, @Nullable Instant expires) {
            this(headers, services, expires, "");
        }

        @Override
        public String toString() {
            return "Grant[services=" + services.keySet() + ", expires=" + expires + "]";
        }
    }

    /** The present grant; logs in if there is none. */
    CompletionStage<Grant> grant();

    /**
     * A grant other than one that a service no longer takes; logs in unless somebody just did. The same one again where
     * there can be no other: the service's answer then stands.
     */
    CompletionStage<Grant> renew(Grant stale);

    /** Ends the grant at the cloud if there is one; never fails and never starts a log-in. */
    CompletionStage<@Nullable Void> end();

    /** A session that has no log-in: with a key that does not change, or anonymous, as for the log-in itself. */
    static Session fixed(Grant grant) {
        return new Session() {
            @Override
            public CompletionStage<Grant> grant() {
                return CompletableFuture.completedFuture(grant);
            }

            @Override
            public CompletionStage<Grant> renew(Grant stale) {
                return grant();
            }

            @Override
            public CompletionStage<@Nullable Void> end() {
                return CompletableFuture.completedFuture(null);
            }
        };
    }
}
