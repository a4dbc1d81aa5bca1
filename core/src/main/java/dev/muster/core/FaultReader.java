package dev.muster.core;

import dev.muster.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Finds what a cloud says in the body of an error, in that cloud's own form. Thread-safe. */
@FunctionalInterface
public interface FaultReader {

    /**
     * The cloud's own words, or null where the body holds none. May throw: then there are none.
     *
     * @param response an answer whose status is not a success
     */
    @Nullable
    String message(HttpResponse response);

    /**
     * Whether the cloud turns a request away for now, and has not done any of it, although the status is neither 429 nor 503, which
     * always say so. Such a request is asked again as those are, and told as {@link MusterException.Throttled} in the end. Asked on
     * the engine's own thread, so it must be quick. May throw: then it does not.
     *
     * @param response an answer of status 400 and above
     */
    default boolean throttles(HttpResponse response) {
        return false;
    }
}
