package dev.muster.http.internal;

import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Equal requests that are under way at the same time share one answer. Each caller keeps its own exchange, with its number and its
 * deadline, which never reaches a pool; what does is one more exchange, which tells them all. It ends when nobody waits for it.
 *
 * <p>Who has changed something must not be shown how it was before. So nothing joins what was asked before a request that may
 * change something was sent, or before it was answered.
 */
final class Flights {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private final Engine engine;
    /** What may be joined, by all that its answer depends on. */
    private final Map<String, Flight> open = new HashMap<>();

    Flights(Engine engine) {
        this.engine = engine;
    }

    /** Whether this exchange is taken care of: otherwise it has to be sent itself. */
    boolean take(Exchange caller) {
        changed(caller);
        if (!caller.onlyReads()) {
            return false;
        }
        String key = key(caller.request);
        Flight flight = open.get(key);
        if (flight == null) {
            flight = new Flight(key, caller);
            open.put(key, flight);
            engine.submit(flight.carrier);
        } else {
            flight.join(caller);
        }
        return true;
    }

    /** This exchange begins or ends. */
    void changed(Exchange exchange) {
        if (!SAFE.contains(exchange.request.method())) {
            open.clear();
        }
    }

    private static String key(HttpRequest request) {
        StringBuilder key = new StringBuilder(request.method())
                .append(' ')
                .append(request.secure())
                .append(request.host())
                .append(':')
                .append(request.port())
                .append(request.target())
                .append('\n')
                .append(request.responseTimeout());
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            key.append('\n')
                    .append(headers.name(i).toLowerCase(Locale.ROOT))
                    .append(':')
                    .append(headers.value(i));
        }
        return key.toString();
    }

    /** One answer and those who wait for it. */
    final class Flight implements HttpClient.Handler {
        private final String key;
        private final Exchange first;
        private final Exchange carrier;
        private final List<Exchange> callers = new ArrayList<>();

        private Flight(String key, Exchange first) {
            this.key = key;
            this.first = first;
            this.carrier = new Exchange(engine, first.request, this, first.asked);
            carrier.renumber(first.number);
            callers.add(first);
            first.aboard(this);
        }

        private void join(Exchange caller) {
            callers.add(caller);
            caller.aboard(this);
            if (engine.listened()) {
                engine.emit(new HttpEvent.Shared(engine.now(), caller.number, carrier.number));
            }
        }

        /** This caller waits no longer. What is written from now on is written for another. */
        void left(Exchange caller) {
            callers.remove(caller);
            if (callers.isEmpty()) {
                open.remove(key, this);
                carrier.abandon(new HttpException.Closed(caller.request + ": nobody waits for it"));
            } else if (carrier.number == caller.number) {
                carrier.renumber(callers.getFirst().number);
            }
        }

        @Override
        public void done(HttpResponse response) {
            long now = engine.now();
            for (Exchange caller : landed()) {
                HttpResponse.Timing timing = timing(caller, response.timing(), now);
                caller.succeed(
                        new HttpResponse(
                                response.status(), response.headers(), response.body(), timing, response.trailers()),
                        now);
            }
        }

        @Override
        public void failed(HttpException why) {
            for (Exchange caller : landed()) {
                caller.fail(caller.equals(first) ? why : again(why));
            }
        }

        private List<Exchange> landed() {
            open.remove(key, this);
            return List.copyOf(callers);
        }

        /** Nothing was written for those who joined. */
        private HttpResponse.Timing timing(Exchange caller, HttpResponse.Timing timing, long now) {
            if (caller.equals(first)) {
                return new HttpResponse.Timing(
                        timing.queued() + carrier.asked - first.asked,
                        timing.wire(),
                        timing.sends(),
                        timing.throttles());
            }
            long waited = now - caller.asked;
            long wire = Math.min(timing.wire(), waited);
            return new HttpResponse.Timing(waited - wire, wire, 0, 0);
        }
    }

    /** The same once more, as each thread that it is thrown on puts its own trace into it. */
    private static HttpException again(HttpException why) {
        String message = String.valueOf(why.getMessage());
        @Nullable Throwable cause = why.getCause();
        return switch (why) {
            case HttpException.Unreachable e -> new HttpException.Unreachable(message, cause);
            case HttpException.TimedOut e -> new HttpException.TimedOut(message);
            case HttpException.Lost e -> new HttpException.Lost(message, cause);
            case HttpException.Malformed e -> new HttpException.Malformed(message, cause);
            case HttpException.TooLarge e -> new HttpException.TooLarge(message);
            case HttpException.Closed e -> new HttpException.Closed(message);
            case HttpException.BodyUnreadable e -> e; // There is no body.
            case HttpException.OutcomeUnknown e -> e; // Nothing is changed.
        };
    }
}
