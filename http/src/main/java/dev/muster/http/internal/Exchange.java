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

    /** Since when it is looked whether it is slow. Kept by {@link Hedges}. */
    long watchedSince;

    /** Whoever reads the body as it comes; null where it is collected. */
    final @Nullable Streaming streaming;

    private final HttpClient.Handler handler;
    private final boolean second;
    /** The other of two copies, of which the first that is answered counts; null where there is but one. */
    private @Nullable Exchange twin;

    /** The one answer that it waits for with others; null where it goes alone. */
    private Flights.@Nullable Flight flight;

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
    private long connection;

    /** {@code asked}: when; what handlers ask for on the loop is as of their turn, as to look at the clock for each costs more. */
    Exchange(Engine engine, HttpRequest request, HttpClient.Handler handler, long asked) {
        this.engine = engine;
        this.request = request;
        this.handler = handler;
        this.streaming = handler instanceof Streaming reader ? reader : null;
        this.asked = asked;
        this.shares = streaming == null
                && request.idempotent()
                && request.source() == null
                && request.expectContinue() == null
                && request.headers().first("Connection") == null
                && request.headers().first("Expect") == null;
        this.decodes = request.headers().first("Accept-Encoding") == null;
        this.second = false;
    }

    private Exchange(Exchange slow) {
        this.engine = slow.engine;
        this.request = slow.request;
        this.handler = slow.handler;
        this.streaming = null;
        this.asked = engine.now();
        this.number = slow.number;
        this.shares = slow.shares;
        this.decodes = slow.decodes;
        this.deadline = slow.deadline;
        this.second = true;
        this.twin = slow;
    }

    /** Whether it only reads, and has no body: writing it twice does no harm, nor does not writing it. */
    boolean onlyReads() {
        return shares
                && request.body() == null
                && (request.method().equals("GET") || request.method().equals("HEAD"));
    }

    /** A second copy, for the same caller. */
    Exchange second() {
        Exchange copy = new Exchange(this);
        twin = copy;
        return copy;
    }

    /** It never goes itself, but waits with others. */
    void aboard(Flights.Flight shared) {
        flight = shared;
    }

    /** What happens to it is told as that of another caller. */
    void renumber(long another) {
        number = another;
        if (twin != null) {
            twin.number = another;
        }
    }

    /** Whether its callers' exchanges tell of its end, rather than itself. */
    private boolean carries() {
        return handler instanceof Flights.Flight;
    }

    /** Whether it is the second of two copies. */
    boolean isSecond() {
        return second;
    }

    /** The connection that its other copy was written to last. */
    long besides() {
        return twin == null ? 0 : twin.connection;
    }

    /** How long its caller has been waiting since it was written, or its first copy was. */
    long waited(long now) {
        return now - (second && twin != null ? twin.lastSent : lastSent);
    }

    /** Gives way to its other copy, if that is under way. Nobody is told. */
    boolean yields(long now) {
        if (finished || twin == null || twin.finished || twin.sends == 0) {
            return false;
        }
        finished = true;
        finishedAt = now;
        return true;
    }

    /** Begins on the loop. */
    @Override
    void run() {
        try {
            engine.accept(this);
        } catch (Throwable thrown) {
            // Whoever waits sees no log.
            abandon(new HttpException.Unreachable(request + ": it could not be taken on (" + thrown + ")", thrown));
            throw thrown;
        }
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
                        request + ": no answer within the deadline of " + Engine.nanos(time) / 1_000_000 + " ms"));
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
    void abandon(HttpException why) {
        Exchange other = twin;
        if (finished) {
            if (other != null && !other.finished) {
                other.abandon(why);
            }
            return;
        }
        ExchangeQueue waiting = queue;
        if (waiting != null) {
            waiting.remove(this);
        }
        fail(why, System.nanoTime());
        leave(waiting == null);
    }

    private void leave(boolean written) {
        ExchangeCodec carrier = codec;
        if (carrier != null) {
            carrier.abandoned(this, written);
        }
    }

    /** The other copy has decided: nobody is told of this one. */
    private void drop(long now) {
        if (!finish(now)) {
            return;
        }
        ExchangeQueue waiting = queue;
        if (waiting != null) {
            waiting.remove(this);
        }
        // Not now: the answer of the other may be in the midst of being read from the same connection.
        engine.execute(TaskQueue.Task.of(() -> leave(waiting == null)));
    }

    void carriedBy(@Nullable ExchangeCodec carrier) {
        codec = carrier;
    }

    void sent(long now, long connection, int ahead) {
        this.ahead = ahead;
        this.connection = connection;
        lastSent = now;
        boolean first = sends++ == 0;
        if (first) {
            firstSent = now;
        }
        if (engine.listened()) {
            if (first && second) {
                engine.emit(new HttpEvent.Hedged(now, number, connection, waited(now)));
            } else {
                engine.emit(new HttpEvent.Sent(now, number, connection, ahead));
            }
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
        Exchange other = twin;
        if (other != null) {
            Exchange first = second ? other : this;
            Exchange copy = second ? this : other;
            timing = new HttpResponse.Timing(
                    first.firstSent - first.asked,
                    now - lastSent,
                    first.sends + Math.max(0, copy.sends - 1),
                    first.throttles + copy.throttles);
        }
        return new HttpResponse(
                head.status(), decoded ? head.headersDecoded() : head.headers(), body, timing, trailers);
    }

    void succeed(HttpResponse response, long now) {
        if (!finish(now)) {
            return;
        }
        if (engine.listened() && !carries()) {
            engine.emit(new HttpEvent.Done(now, number, response.status(), response.headers(), response.body().length));
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
            engine.emit(new HttpEvent.Done(now, number, head.status(), head.headers(), bytes));
        }
    }

    /** Fails it, as the client takes no more. */
    void refuse() {
        fail(new HttpException.Closed(request + ": the client was closed"));
    }

    void fail(HttpException why) {
        long now = System.nanoTime();
        if (!yields(now)) {
            fail(why, now);
        }
    }

    private void fail(HttpException why, long now) {
        if (!finish(now)) {
            return;
        }
        // One that was never taken on has no number, and nobody was told of it.
        if (engine.listened() && !carries() && number > 0) {
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
        if (twin != null) {
            twin.drop(now);
        }
        if (flight != null) {
            flight.left(this);
        }
        engine.ended(this);
        return true;
    }
}
