package dev.muster.observe;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request from when it was asked for to its end. Times are {@link System#nanoTime()}.
 *
 * @param sent when it was written last, or its first copy was; 0 = never
 * @param firstByte when the answer began; 0 = it did not
 * @param connection which carried it last, or its first copy; 0 = none
 * @param sends how often it was written, a second copy for its slowness not counted
 * @param hedged whether it was written twice because it was slow
 * @param throttles how often the server said: later
 * @param status of the answer; 0 = there was none
 * @param bodyBytes of the answer, decoded
 * @param failure why there was no answer; null where there was
 */
record Observed(
        HttpRequest request,
        long queued,
        long sent,
        long firstByte,
        long ended,
        long connection,
        int sends,
        int throttles,
        boolean hedged,
        int status,
        long bodyBytes,
        @Nullable HttpException failure) {

    /** How long it waited for its place on the wire, that of waits between attempts included. */
    long waitedNanos() {
        return (sent == 0 ? ended : sent) - queued;
    }

    /** How the failure is called in statistics, as {@code Timeout}; empty where there was an answer. */
    String failureKind() {
        return failure == null ? "" : failure.getClass().getSimpleName();
    }

    /** Puts together what the events of one client tell. Called by the client's own thread only. */
    static final class Listener implements Consumer<HttpEvent> {
        private final Map<Long, Observed> open = new HashMap<>();
        private final Consumer<Observed> ended;

        Listener(Consumer<Observed> ended) {
            this.ended = ended;
        }

        @Override
        public void accept(HttpEvent event) {
            switch (event) {
                case HttpEvent.Queued e ->
                    open.put(e.request(), new Observed(e.value(), e.nanos(), 0, 0, 0, 0, 0, 0, false, 0, 0, null));
                case HttpEvent.Sent e ->
                    open.computeIfPresent(e.request(), (key, at) -> at.sent(e.nanos(), e.connection()));
                case HttpEvent.FirstByte e -> open.computeIfPresent(e.request(), (key, at) -> at.begun(e.nanos()));
                case HttpEvent.Hedged e -> open.computeIfPresent(e.request(), (key, at) -> at.twice());
                case HttpEvent.Throttled e -> open.computeIfPresent(e.request(), (key, at) -> at.throttled());
                case HttpEvent.Done e -> end(e.request(), e.nanos(), e.status(), e.bodyBytes(), null);
                case HttpEvent.Failed e -> end(e.request(), e.nanos(), 0, 0, e.why());
                default -> {
                    // What happens to connections is no request's.
                }
            }
        }

        private void end(long number, long now, int status, long bodyBytes, @Nullable HttpException failure) {
            Observed at = open.remove(number);
            if (at != null) {
                ended.accept(at.ended(now, status, bodyBytes, failure));
            }
        }
    }

    private Observed sent(long now, long carrier) {
        return new Observed(
                request, queued, now, 0, 0, carrier, sends + 1, throttles, hedged, status, bodyBytes, failure);
    }

    private Observed twice() {
        return new Observed(
                request, queued, sent, firstByte, 0, connection, sends, throttles, true, status, bodyBytes, failure);
    }

    private Observed begun(long now) {
        return new Observed(
                request, queued, sent, now, 0, connection, sends, throttles, hedged, status, bodyBytes, failure);
    }

    private Observed throttled() {
        return new Observed(
                request,
                queued,
                sent,
                firstByte,
                0,
                connection,
                sends,
                throttles + 1,
                hedged,
                status,
                bodyBytes,
                failure);
    }

    private Observed ended(long now, int answer, long bytes, @Nullable HttpException why) {
        return new Observed(
                request, queued, sent, firstByte, now, connection, sends, throttles, hedged, answer, bytes, why);
    }
}
