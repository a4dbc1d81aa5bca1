package dev.muster.http.internal;

/** Decompresses one body after another, in any pieces, and makes no more of it than is asked for. */
interface ContentDecoder extends AutoCloseable {
    /** A new body. */
    void begin();

    /** The next piece of it. Called when {@link #read} has answered 0. */
    void input(byte[] bytes, int from, int length);

    /** Decompresses; answers how many bytes, 0 where it needs the next piece. */
    int read(byte[] into, int at, int length) throws BadResponse;

    /** There is no further piece. */
    void end() throws BadResponse;

    @Override
    void close();
}
