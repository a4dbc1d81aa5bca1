package dev.muster.http.internal;

import dev.muster.http.BodySource;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way to one answer. It waits in a queue of its {@link Pool}, is in flight on a codec, waits again
 * where a connection died or the server said: later, and ends once. Confined to the loop but for {@link #cancel}.
 */
final class Exchange extends TaskQueue.Task implements HttpClient.Exchange {
    final Engine engine;
    final HttpRequest request;
    /** Whether it may stand with others on a connection: repeatable, and asking nothing of the connection itself. */
    final boolean shares;

    /** Whether we asked for compressed content, so that the caller must not see any. */
    final boolean decodes;

    final long asked;
    long number;

    /** The queue it waits in, and its neighbours there. Kept by {@link ExchangeQueue}. */
    @Nullable
    ExchangeQueue queue;

    @Nullable
    Exchange before;

    @Nullable
    Exchange behind;

    /** Where its bytes lie in the stream of its connection; {@code end} is far away until all are encoded. */
    long start;

    long end;
    /** Its stream, where its connection has such. */
    int stream;

    /** How many requests were unanswered before it on its connection when it was written. */
    int ahead;

    /** When it will be asked again. Kept by {@link Resting}. */
    long restsUntil;

    /** Whoever reads the body as it comes; null where it is collected. */
    final @Nullable Streaming streaming;

    private final HttpClient.Handler handler;
    private @Nullable ExchangeCodec codec;
    private Timers.@Nullable Timer deadline;
    private boolean finished;
    private long finishedAt;
    private int sends;
    private int forgiven;
    private int detours;
    private int throttles;
    private boolean spent;
    private boolean held;
    private boolean unexpecting;
    private long firstSent;
    private long lastSent;

    Exchange(Engine engine, HttpRequest request, HttpClient.Handler handler) {
        this.engine = engine;
        this.request = request;
        this.handler = handler;
        this.streaming = handler instanceof Streaming reader ? reader : null;
        this.asked = System.nanoTime();
        this.shares = streaming == null
                && request.idempotent()
                && request.source() == null
                && request.expectContinue() == null
                && request.headers().first("Connection") == null
                && request.headers().first("Expect") == null;
        this.decodes = request.headers().first("Accept-Encoding") == null;
    }

    /** Begins on the loop. */
    @Override
    void run() {
        engine.accept(this);
    }

    @Override
    public void cancel() {
        engine.execute(TaskQueue.Task.of(() -> abandon(new HttpException.Closed(request + ": cancelled"))));
    }

    void setDeadline(Duration time) {
        Timers.Timer timer = new Timers.Timer() {
            @Override
            void fire(long now) {
                abandon(new HttpException.TimedOut(
                        request + ": no answer within the deadline of " + time.toMillis() + " ms"));
            }
        };
        deadline = timer;
        engine.timers.set(timer, asked + Engine.nanos(time));
    }

    /** How long the server may take. */
    long responseTimeout() {
        Duration own = request.responseTimeout();
        return own == null ? engine.settings.responseTimeout() : Engine.nanos(own);
    }

    /** Nobody waits any longer: fails the caller at once and frees the place as soon as that is possible. */
    private void abandon(HttpException why) {
        if (finished) {
            return;
        }
        ExchangeQueue waiting = queue;
        if (waiting != null) {
            waiting.remove(this);
        }
        fail(why);
        ExchangeCodec carrier = codec;
        if (carrier != null) {
            carrier.abandoned(this, waiting == null);
        }
    }

    void carriedBy(@Nullable ExchangeCodec carrier) {
        codec = carrier;
    }

    void sent(long now, long connection, int ahead) {
        this.ahead = ahead;
        lastSent = now;
        if (sends++ == 0) {
            firstSent = now;
        }
        if (engine.listened()) {
            engine.emit(new HttpEvent.Sent(now, number, connection, ahead));
        }
    }

    /** How often it was written. */
    int sends() {
        return sends;
    }

    /** When it was written last. */
    long lastSent() {
        return lastSent;
    }

    /** The server turned it away; it will be asked again. No attempt was lost by that. */
    void throttled(int status, long wait, long now) {
        throttles++;
        forgive();
        if (engine.listened()) {
            engine.emit(new HttpEvent.Throttled(now, number, status, wait));
        }
    }

    /** How often it was turned away and asked again. */
    int throttles() {
        return throttles;
    }

    /** Whether anybody will be waiting for it at that time. */
    boolean wantedAt(long time) {
        return !finished && (deadline == null || time - deadline.due() < 0);
    }

    /** The last writing does not count: it was certainly not carried out, or was given up by another's fault. */
    void forgive() {
        forgiven++;
    }

    /** It goes back to the queue without having lost an attempt; answers how often that has happened. */
    int detour() {
        return ++detours;
    }

    /** How many writings count. */
    int attempts() {
        return sends - forgiven;
    }

    /** Whether it will not be written again should this be lost as well. */
    boolean lastAttempt() {
        return attempts() > 0 && attempts() == engine.settings.attempts() - 1;
    }

    /** Whether it asks to be told before it sends its body. */
    boolean expects() {
        boolean hasBody = request.body() != null || request.source() != null;
        return hasBody && request.expectContinue() != null && !unexpecting;
    }

    /** It was answered while its body was held back. */
    void held() {
        held = true;
    }

    /** Whether it was refused only for its expectation (RFC 9110 §15.5.18): it goes again without, as nothing was done. */
    boolean withdrawsExpectation() {
        if (!held || unexpecting || finished) {
            return false;
        }
        unexpecting = true;
        forgive();
        return true;
    }

    /** Its body begins to be read. */
    void spend() {
        BodySource source = request.source();
        spent = source != null && !source.repeatable();
    }

    /** Whether its body is gone. */
    boolean spent() {
        return spent;
    }

    /** Whether it may be sent once more although it may have been carried out. */
    boolean repeatable() {
        return request.idempotent() && !spent;
    }

    /** Whether the head of its answer has been handed on: it cannot go again. */
    boolean isOpen() {
        return streaming != null && streaming.isOpen();
    }

    /** Whether the caller has been told. What still comes for it is thrown away. */
    boolean finished() {
        return finished;
    }

    long finishedAt() {
        return finishedAt;
    }

    HttpResponse response(ResponseHead head, boolean decoded, byte[] body, Headers trailers, long now) {
        HttpResponse.Timing timing = new HttpResponse.Timing(firstSent - asked, now - lastSent, sends, throttles);
        return new HttpResponse(
                head.status(), decoded ? head.headersDecoded() : head.headers(), body, timing, trailers);
    }

    void succeed(HttpResponse response, long now) {
        if (!finish(now)) {
            return;
        }
        if (engine.listened()) {
            engine.emit(new HttpEvent.Done(now, number, response.status(), response.body().length));
        }
        try {
            handler.done(response);
        } catch (Throwable thrown) {
            engine.complain("a handler threw on the answer of " + request, thrown);
        }
    }

    /** The body that was read as it came is whole. */
    void streamed(ResponseHead head, long bytes, long now) {
        if (finish(now) && engine.listened()) {
            engine.emit(new HttpEvent.Done(now, number, head.status(), bytes));
        }
    }

    void fail(HttpException why) {
        long now = System.nanoTime();
        if (!finish(now)) {
            return;
        }
        if (engine.listened()) {
            engine.emit(new HttpEvent.Failed(now, number, why));
        }
        try {
            handler.failed(why);
        } catch (Throwable thrown) {
            engine.complain("a handler threw on the failure of " + request, thrown);
        }
    }

    private boolean finish(long now) {
        if (finished) {
            return false;
        }
        finished = true;
        finishedAt = now;
        if (deadline != null) {
            engine.timers.cancel(deadline);
        }
        return true;
    }
}
