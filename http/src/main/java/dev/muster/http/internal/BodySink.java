package dev.muster.http.internal;

/** Where the bytes of one response body go, as they come. */
interface BodySink {
    void accept(byte[] bytes, int from, int length) throws BadResponse;

    /** No more will come. */
    default void end() throws BadResponse {}
}
