package dev.muster.observe;

import dev.muster.http.Headers;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request from when it was asked for to its end. Times are {@link System#nanoTime()}.
 *
 * @param sent when it was written last, or its first copy was; 0 = never
 * @param firstByte when the answer began; 0 = it did not
 * @param connection which carried it last, or its first copy; 0 = none
 * @param protocol what that connection speaks, by its ALPN name; empty where there was none
 * @param sends how often it was written, a second copy for its slowness not counted
 * @param hedged whether it was written twice because it was slow
 * @param throttles how often the server said: later
 * @param status of the answer; 0 = there was none
 * @param headers of the answer; none where there was none
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
        String protocol,
        int sends,
        int throttles,
        boolean hedged,
        int status,
        Headers headers,
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
        private final Map<Long, Open> open = new HashMap<>();
        /** What each connection speaks. */
        private final Map<Long, String> protocols = new HashMap<>();

        private final Consumer<Observed> ended;

        Listener(Consumer<Observed> ended) {
            this.ended = ended;
        }

        /** A request under way, as far as it is known. */
        private static final class Open {
            private final HttpEvent.Queued queued;
            private long sent;
            private long firstByte;
            private long connection;
            private String protocol = "";
            private int sends;
            private int throttles;
            private boolean hedged;

            Open(HttpEvent.Queued queued) {
                this.queued = queued;
            }

            Observed ended(long now, int status, Headers headers, long bytes, @Nullable HttpException failure) {
                return new Observed(
                        queued.value(),
                        queued.nanos(),
                        sent,
                        firstByte,
                        now,
                        connection,
                        protocol,
                        sends,
                        throttles,
                        hedged,
                        status,
                        headers,
                        bytes,
                        failure);
            }
        }

        @Override
        public void accept(HttpEvent event) {
            switch (event) {
                case HttpEvent.Queued e -> open.put(e.request(), new Open(e));
                case HttpEvent.Sent e -> sent(e);
                case HttpEvent.Hedged e -> of(e.request()).ifPresent(at -> at.hedged = true);
                case HttpEvent.FirstByte e -> of(e.request()).ifPresent(at -> at.firstByte = e.nanos());
                case HttpEvent.Throttled e -> of(e.request()).ifPresent(at -> at.throttles++);
                case HttpEvent.Done e ->
                    end(e.request(), at -> at.ended(e.nanos(), e.status(), e.headers(), e.bodyBytes(), null));
                case HttpEvent.Failed e -> end(e.request(), at -> at.ended(e.nanos(), 0, Headers.none(), 0, e.why()));
                case HttpEvent.Connected e -> protocols.put(e.connection(), e.protocol());
                case HttpEvent.Disconnected e -> protocols.remove(e.connection());
                default -> {
                    // What else happens to connections is no request's.
                }
            }
        }

        private void sent(HttpEvent.Sent e) {
            of(e.request()).ifPresent(at -> {
                at.sent = e.nanos();
                at.firstByte = 0;
                at.connection = e.connection();
                at.protocol = protocols.getOrDefault(e.connection(), "");
                at.sends++;
            });
        }

        private Optional<Open> of(long request) {
            return Optional.ofNullable(open.get(request));
        }

        private void end(long request, Function<Open, Observed> how) {
            Open at = open.remove(request);
            if (at != null) {
                ended.accept(how.apply(at));
            }
        }
    }
}
