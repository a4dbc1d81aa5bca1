package dev.muster.http.internal;

import dev.muster.http.Headers;

/** Where the bytes of one response body go, as they come. */
interface BodySink {
    void accept(byte[] bytes, int from, int length) throws BadResponse;

    /** The fields behind the body, just before its end. */
    default void trailers(Headers fields) {}

    /** No more will come. */
    default void end() throws BadResponse {}

    /** Whether it keeps nothing, so that a body may be as long as it likes. */
    default boolean unbounded() {
        return false;
    }
}
