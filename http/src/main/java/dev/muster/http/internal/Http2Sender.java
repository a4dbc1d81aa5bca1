package dev.muster.http.internal;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What goes out on one HTTP/2 connection: heads at once, bodies as far as the windows of the server reach, one frame of
 * each in turn (RFC 9113 §5.2, §6.9).
 */
final class Http2Sender {
    private final Http2Requests requests;
    private final StreamTable streams;
    /** Those with some body left whose own window is open. */
    private final ArrayDeque<Http2Stream> sending = new ArrayDeque<>();

    private int frameSize = Frames.FRAME_SIZE;
    private int initialWindow = Frames.WINDOW;
    private long window = Frames.WINDOW;

    Http2Sender(Origin origin, StreamTable streams) {
        this.requests = new Http2Requests(origin);
        this.streams = streams;
    }

    /** Whether a write would bring something forward. */
    boolean canSend() {
        return window > 0 && !sending.isEmpty();
    }

    /** Begins a request. {@code upload}: where its body is read from, if it is. */
    void open(Http2Stream stream, @Nullable Upload upload, Outbox out) {
        byte[] body = stream.exchange.request.body();
        boolean bodiless = upload == null && (body == null || body.length == 0);
        stream.sendWindow = initialWindow;
        requests.head(stream.exchange.request, stream.id, bodiless, frameSize, out);
        if (!bodiless) {
            stream.sending = body;
            stream.upload = upload;
            queue(stream);
        }
    }

    /** More of a body is there to be sent. */
    void ready(Http2Stream stream) {
        if (stream.upload != null) {
            queue(stream);
        }
    }

    /** Nothing more of this request is sent. While the connection's window is shut, nobody else would take it out of the queue. */
    void stop(Http2Stream stream) {
        stream.stopSending();
        if (stream.queued) {
            stream.queued = false;
            sending.remove(stream);
        }
    }

    /** Goes on with bodies until there is no more, or no window, or {@code out} is full. */
    void bodies(Outbox out, long now) {
        while (window > 0 && out.room() > Frames.HEADER) {
            Http2Stream stream = sending.poll();
            if (stream == null) {
                return;
            }
            stream.queued = false;
            if (stream.upload != null) {
                upload(stream, stream.upload, out, now);
                continue;
            }
            byte[] body = stream.sending;
            if (body == null || stream.sendWindow <= 0) {
                continue;
            }
            int left = body.length - stream.sent;
            int most = Math.min(Math.min(left, frameSize), out.room() - Frames.HEADER);
            int count = (int) Math.min(most, Math.min(window, stream.sendWindow));
            out.frame(count, Frames.DATA, count == left ? Frames.END_STREAM : 0, stream.id);
            out.put(body, stream.sent, count);
            stream.sent += count;
            stream.sendWindow -= count;
            window -= count;
            stream.since = now;
            if (count == left) {
                stream.sending = null;
            } else {
                queue(stream);
            }
        }
    }

    /** One frame of what was read, or the end. */
    private void upload(Http2Stream stream, Upload upload, Outbox out, long now) {
        ByteBuffer piece = stream.piece == null ? upload.next() : stream.piece;
        stream.piece = piece;
        if (piece == null) {
            if (upload.ended()) {
                out.frame(0, Frames.DATA, Frames.END_STREAM, stream.id);
                stream.upload = null;
                stream.since = now;
            }
            return;
        }
        if (stream.sendWindow <= 0) {
            return;
        }
        int most = Math.min(Math.min(piece.remaining(), frameSize), out.room() - Frames.HEADER);
        int count = (int) Math.min(most, Math.min(window, stream.sendWindow));
        // Behind the last byte, as an end by itself might have to wait for a window.
        boolean last = stream.left == count;
        out.frame(count, Frames.DATA, last ? Frames.END_STREAM : 0, stream.id);
        out.put(piece, count);
        stream.left -= count;
        stream.sendWindow -= count;
        window -= count;
        stream.since = now;
        if (!piece.hasRemaining()) {
            stream.piece = null;
            upload.give(piece);
        }
        if (last) {
            stream.upload = null;
        } else {
            queue(stream);
        }
    }

    void tableSize(int value) {
        requests.encoder.allowed(value < 0 ? Integer.MAX_VALUE : value);
    }

    void frameSize(int value) throws BadFrame {
        if (value < Frames.FRAME_SIZE || value > Frames.LARGEST_FRAME) {
            throw BadFrame.protocol("a maximum frame size of " + Integer.toUnsignedString(value));
        }
        frameSize = value;
    }

    /** All streams' windows change with it, and may fall below nothing. */
    void initialWindow(int value) throws BadFrame {
        if (value < 0) {
            throw tooWide(0);
        }
        long change = (long) value - initialWindow;
        initialWindow = value;
        for (Http2Stream stream : streams.inOrder()) {
            if (!widen(stream, change)) {
                throw tooWide(stream.id);
            }
        }
    }

    void widen(int increment) throws BadFrame {
        window += increment;
        if (window > Frames.LARGEST_WINDOW) {
            throw tooWide(0);
        }
    }

    /** False: the window is larger than any may be. */
    boolean widen(Http2Stream stream, long increment) {
        stream.sendWindow += increment;
        if (stream.unfinished() && stream.sendWindow > 0) {
            queue(stream);
        }
        return stream.sendWindow <= Frames.LARGEST_WINDOW;
    }

    private void queue(Http2Stream stream) {
        if (!stream.queued) {
            stream.queued = true;
            sending.addLast(stream);
        }
    }

    private static BadFrame tooWide(int stream) {
        return new BadFrame(ErrorCode.FLOW_CONTROL_ERROR, stream, "a window beyond " + Frames.LARGEST_WINDOW);
    }
}
