package dev.muster.core;

import dev.muster.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Finds what a cloud says in the body of an error, in that cloud's own form. */
@FunctionalInterface
public interface FaultReader {

    /**
     * The cloud's own words, or null where the body holds none. May throw: then there are none.
     *
     * @param response an answer whose status is not a success
     */
    @Nullable
    String message(HttpResponse response);
}
