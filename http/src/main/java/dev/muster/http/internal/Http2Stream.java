package dev.muster.http.internal;

import dev.muster.http.Headers;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One request on its stream, and how far its answer has come. */
final class Http2Stream {
    final int id;
    final Exchange exchange;

    /** Since when the server could have answered: the last of the request was written. */
    long since;

    /** What is left of the request: null when all of it is encoded. */
    byte @Nullable [] sending;

    int sent;
    /** Where the request's body is read from, as long as it is not all sent; its piece that is being sent. */
    @Nullable
    Upload upload;

    @Nullable
    ByteBuffer piece;

    /** How many bytes of it are still to be sent, negative where that is not known. */
    long left = -1;

    /** Whether it stands in the queue of those that have something to send. */
    boolean queued;

    long sendWindow;
    int receiveWindow;
    /** What was taken in, but not yet given back to the window. */
    int consumed;

    int interims;
    boolean begun;

    @Nullable
    ResponseHead head;

    @Nullable
    ResponseBody body;

    /** Where the body goes while somebody reads it as it comes. */
    @Nullable
    BodyPipe pipe;

    long most;
    Headers trailers = Headers.none();

    BodySink sink = (bytes, from, length) -> {};
    boolean hasBody;
    long received;

    Http2Stream(int id, Exchange exchange, int receiveWindow) {
        this.id = id;
        this.exchange = exchange;
        this.receiveWindow = receiveWindow;
    }

    /** Whether the request is not whole yet. */
    boolean unfinished() {
        return sending != null || upload != null;
    }

    /** Nothing more of the request is sent. */
    void stopSending() {
        sending = null;
        Upload reading = upload;
        if (reading != null) {
            reading.cancel();
            upload = null;
        }
    }

    boolean toHead() {
        return exchange.request.method().equals("HEAD");
    }

    long due() {
        return since + exchange.responseTimeout();
    }

    /** How far the answer has come, for a message. */
    String progress() {
        ResponseHead found = head;
        if (found == null) {
            return "before the answer";
        }
        return "after " + received + (found.length() >= 0 ? " of " + found.length() : "") + " bytes of the body";
    }
}
