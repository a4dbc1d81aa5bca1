package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes to and from the peer, as they are or encrypted. Never blocks. */
interface Transport {
    /** Goes on with what must be agreed first; true when it is agreed. */
    boolean handshake() throws IOException;

    /** The protocol that was agreed on, by its ALPN name; empty where none was. */
    String protocol();

    /** Reads what there is: how many bytes, 0 for none now, -1 when the peer has ended the stream. */
    int read(ByteBuffer into) throws IOException;

    /** Whether the last read, into this buffer, took all there was; what comes later the selector will tell. */
    boolean drained(ByteBuffer into);

    /** Takes of {@code from} what can go now. */
    void write(ByteBuffer from) throws IOException;

    /** Sends what it has itself put aside; true when nothing is left of that. */
    boolean flush() throws IOException;

    /** Says goodbye where the protocol has a word for that, if it can be said at once. */
    void close();
}
