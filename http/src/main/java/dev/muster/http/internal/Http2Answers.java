package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What becomes of heads and content, once it is known whose they are: the answers of one HTTP/2 connection. */
final class Http2Answers {
    private static final int MOST_INTERIM = 32;

    private final Pool pool;
    private final Engine engine;
    /** Called with a stream whose reader has caught up. */
    private final Consumer<Http2Stream> wanted;
    /** Those whose body somebody reads as it comes, and for whom some has come. */
    private final List<Http2Stream> reading = new ArrayList<>();

    private final ArrayDeque<ResponseBody> spareBodies = new ArrayDeque<>();

    Http2Answers(Pool pool, Consumer<Http2Stream> wanted) {
        this.pool = pool;
        this.engine = pool.engine;
        this.wanted = wanted;
    }

    void head(Http2Stream stream, ResponseHead head, boolean last, long now) throws BadResponse {
        if (!stream.begun) {
            stream.begun = true;
            if (engine.listened()) {
                engine.emit(new HttpEvent.FirstByte(now, stream.exchange.number));
            }
        }
        if (!head.interim()) {
            begin(stream, head);
        } else if (last) {
            throw malformed("an interim response that is the last");
        } else if (++stream.interims > MOST_INTERIM) {
            throw malformed("more than " + MOST_INTERIM + " interim responses");
        }
    }

    private void begin(Http2Stream stream, ResponseHead head) throws BadResponse {
        stream.head = head;
        stream.hasBody = head.hasBody(stream.toHead());
        ResponseBody body = spareBodies.isEmpty() ? new ResponseBody(engine.settings) : spareBodies.pop();
        stream.body = body;
        if (stream.exchange.streaming != null && !pool.mayTurnAway(head.status())) {
            BodyPipe pipe = body.stream(stream.exchange, head, stream.hasBody, () -> wanted.accept(stream));
            stream.pipe = pipe;
            stream.sink = pipe;
        } else {
            stream.sink = body.collect(head, stream.hasBody, stream.exchange.decodes);
        }
        stream.most = stream.sink.unbounded() ? Long.MAX_VALUE : engine.settings.maxBodyBytes();
        if (stream.hasBody && head.length() > stream.most) {
            throw BadResponse.tooLarge("the body is " + head.length() + " bytes, more than " + stream.most);
        }
    }

    void content(Http2Stream stream, byte[] bytes, int from, int count) throws BadResponse {
        if (!stream.hasBody) {
            throw malformed(stream.head == null ? "content before the head" : "content where there can be none");
        }
        stream.received += count;
        long promised = Objects.requireNonNull(stream.head).length();
        if (promised >= 0 && stream.received > promised) {
            throw malformed("a body of more bytes than Content-Length says, " + promised);
        }
        if (stream.received > stream.most) {
            throw BadResponse.tooLarge("the body is larger than " + stream.most + " bytes");
        }
        stream.sink.accept(bytes, from, count);
        if (stream.pipe != null && !reading.contains(stream)) {
            reading.add(stream);
        }
    }

    /** The server has said all; what it said is good or it is refused here. */
    void end(Http2Stream stream) throws BadResponse {
        ResponseHead head = stream.head;
        if (head == null) {
            throw malformed("content before the head");
        }
        if (stream.hasBody && head.length() >= 0 && head.length() != stream.received) {
            throw malformed("a body of " + stream.received + " bytes where Content-Length says " + head.length());
        }
        stream.sink.trailers(stream.trailers);
        stream.sink.end();
    }

    /** Tells the caller, unless it is asked again. */
    void deliver(Http2Stream stream, long now) {
        ResponseHead head = Objects.requireNonNull(stream.head);
        ResponseBody body = Objects.requireNonNull(stream.body);
        boolean decoded = body.decoded();
        byte[] content = body.take();
        giveBack(stream);
        BodyPipe pipe = stream.pipe;
        if (pipe != null) {
            pool.streamed(head.status());
            stream.exchange.streamed(head, pipe.received(), now);
            return;
        }
        HttpResponse response = stream.exchange.response(head, decoded, content, stream.trailers, now);
        if (!pool.turnsAway(response)) {
            pool.answered(stream.exchange, response.status(), false, 0, now);
        } else if (pool.turnedAway(stream.exchange, response, now)) {
            return;
        }
        stream.exchange.succeed(response, now);
    }

    /** All that came at once has been taken in: those who read along get theirs. */
    void handOn(long now) {
        if (!reading.isEmpty()) {
            for (Http2Stream stream : reading) {
                stream.since = now;
                handOn(stream);
            }
            reading.clear();
        }
    }

    /** A reader that is behind gets only buffers that are full, so that the window bounds what it can hold. */
    void handOn(Http2Stream stream) {
        BodyPipe pipe = stream.pipe;
        if (pipe != null) {
            if (!pipe.behind()) {
                pipe.filled();
            }
            pipe.handOver();
        }
    }

    /** The stream needs its body no more. */
    void giveBack(Http2Stream stream) {
        ResponseBody body = stream.body;
        if (body != null) {
            stream.body = null;
            body.forget();
            spareBodies.push(body);
        }
    }

    void close() {
        spareBodies.forEach(ResponseBody::close);
    }
}
