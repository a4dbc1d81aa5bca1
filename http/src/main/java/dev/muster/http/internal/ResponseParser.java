package dev.muster.http.internal;

import dev.muster.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts what a server sends into responses, in any pieces (RFC 9112 §6.3). */
final class ResponseParser {
    /** Who the responses are for. */
    interface Receiver {
        /** The first byte of a response came: is one expected? */
        void begun() throws BadResponse;

        /** An interim response came (RFC 9110 §15.2). */
        default void interim(int status) {}

        /** Whether the response being read answers a HEAD request. */
        boolean toHead();

        /** The head is whole; the answer is where its body goes. */
        BodySink head(ResponseHead head) throws BadResponse;

        /** The response is whole. False: nothing further is to be read from this connection. */
        boolean complete() throws BadResponse;
    }

    private enum State {
        START,
        HEAD,
        FIXED,
        CHUNKED,
        UNTIL_END
    }

    private static final int MOST_INTERIM = 32;
    private static final byte[] FAREWELL = "HTTP/1.1 408".getBytes(StandardCharsets.ISO_8859_1);

    private final Receiver receiver;
    private final long mostBody;
    private final int mostHeader;
    private final HeadParser heads;
    private @Nullable ChunkedReader chunks;
    private final BodySink counted = new BodySink() {
        @Override
        public void accept(byte[] bytes, int from, int length) throws BadResponse {
            take(bytes, from, length);
        }
    };
    private State state = State.START;
    private BodySink sink = counted;
    private long most;
    private long received;
    private long expected;
    private int interims;
    private Headers trailers = Headers.none();

    ResponseParser(Receiver receiver, int mostHeader, long mostBody) {
        this.receiver = receiver;
        this.mostBody = mostBody;
        this.mostHeader = mostHeader;
        this.heads = new HeadParser(mostHeader);
    }

    void feed(byte[] bytes, int from, int to) throws BadResponse {
        int at = from;
        while (at < to) {
            if (state == State.START) {
                receiver.begun();
                state = State.HEAD;
            }
            int next = state == State.HEAD ? head(bytes, at, to) : body(bytes, at, to);
            if (next < 0) {
                return;
            }
            at = next;
        }
    }

    /** The server sent all it will. True where that is the end of a response, which is then complete. */
    boolean end() throws BadResponse {
        if (state == State.UNTIL_END) {
            complete();
            return true;
        }
        return false;
    }

    /** Whether a response is partly here. */
    boolean midway() {
        return state != State.START;
    }

    /** How far the response being read has come, for a message. */
    String progress() {
        return switch (state) {
            case START -> "before the answer";
            case HEAD -> heads.pending() == 0 ? "before the answer" : "within the header of the answer";
            case FIXED -> "after " + received + " of " + expected + " bytes of the body";
            case CHUNKED, UNTIL_END -> "after " + received + " bytes of the body";
        };
    }

    /** How many bytes of the body are known to be to come, 0 where the length is unknown. */
    long known() {
        return state == State.FIXED ? expected - received : 0;
    }

    /** So many of {@link #known}, and not the last, have gone past. */
    void within(long count) {
        received += count;
    }

    /** So many of {@link #known} have gone past. False: nothing further is to be read from this connection. */
    boolean passed(int count) throws BadResponse {
        within(count);
        return received < expected || complete();
    }

    /** What is read of this response's body from now on goes here. */
    void divert(BodySink other) {
        sink = other;
    }

    private int head(byte[] bytes, int from, int to) throws BadResponse {
        int next = heads.feed(bytes, from, to);
        if (next < 0) {
            return -1;
        }
        ResponseHead head = heads.head();
        if (head.interim()) {
            if (++interims > MOST_INTERIM) {
                throw BadResponse.malformed("more than " + MOST_INTERIM + " interim responses");
            }
            receiver.interim(head.status());
            return next;
        }
        interims = 0;
        received = 0;
        boolean hasBody = head.hasBody(receiver.toHead());
        expected = hasBody ? head.length() : 0;
        sink = receiver.head(head);
        most = sink.unbounded() ? Long.MAX_VALUE : mostBody;
        if (hasBody && expected > most) {
            throw BadResponse.tooLarge("the body is " + expected + " bytes, more than " + most);
        }
        if (hasBody && head.chunked()) {
            chunks().begin();
            state = State.CHUNKED;
        } else if (hasBody && expected < 0) {
            state = State.UNTIL_END;
        } else {
            state = State.FIXED;
            return expected == 0 && !complete() ? -1 : next;
        }
        return next;
    }

    private int body(byte[] bytes, int from, int to) throws BadResponse {
        if (state == State.CHUNKED) {
            int next = chunks().feed(bytes, from, to, counted);
            return chunks().done() && !complete() ? -1 : next;
        }
        if (state == State.UNTIL_END) {
            take(bytes, from, to - from);
            return to;
        }
        int count = (int) Math.min(expected - received, to - from);
        take(bytes, from, count);
        return received == expected && !complete() ? -1 : from + count;
    }

    /** Made for the first chunked body, which most connections never see. */
    private ChunkedReader chunks() {
        ChunkedReader reader = chunks;
        if (reader == null) {
            reader = new ChunkedReader(mostHeader);
            chunks = reader;
        }
        return reader;
    }

    private void take(byte[] bytes, int from, int count) throws BadResponse {
        received += count;
        if (received > most) {
            throw BadResponse.tooLarge("the body is larger than " + most + " bytes");
        }
        sink.accept(bytes, from, count);
    }

    /** The fields behind the body of the response that is complete. */
    Headers trailers() {
        return trailers;
    }

    private boolean complete() throws BadResponse {
        trailers = state == State.CHUNKED ? chunks().trailers() : Headers.none();
        sink.trailers(trailers);
        sink.end();
        state = State.START;
        return receiver.complete();
    }

    /** Whether these bytes are a server's farewell to an idle connection, which nobody asked for and which harms nobody. */
    static boolean farewell(byte[] bytes, int from, int to) {
        return to - from >= FAREWELL.length
                && Arrays.equals(bytes, from, from + FAREWELL.length, FAREWELL, 0, FAREWELL.length);
    }
}
