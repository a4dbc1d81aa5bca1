package dev.muster.observe;

import dev.muster.http.HttpEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Metrics for Micrometer, under the names that its users' dashboards know:
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code http.client.requests}</td><td>timer: the server's time for an answer, without our waiting; tags {@code
 *     client.name} (the host), {@code method}, {@code status}, {@code outcome}, {@code exception}</td></tr>
 * <tr><td>{@code http.client.queue}</td><td>timer: waiting for a place on the wire</td></tr>
 * <tr><td>{@code http.client.resends}</td><td>counter: writings after the first</td></tr>
 * <tr><td>{@code http.client.throttles}</td><td>counter: answers that said: later</td></tr>
 * <tr><td>{@code http.client.hedges}</td><td>counter: requests written twice because they were slow</td></tr>
 * <tr><td>{@code http.client.active.requests}</td><td>gauge: asked for and not ended</td></tr>
 * <tr><td>{@code http.client.connections}</td><td>gauge: connections that stand</td></tr>
 * </table>
 *
 * All carry {@code cloud}; the gauges are those of all its clients together. Paths are no tags: there are as many as there are
 * machines. What shared the answer of an equal request is in the gauges only.
 */
public final class MicrometerMetrics implements Consumer<HttpEvent> {
    /** A registry keeps the first gauge of a name and only a weak hold of what that shows: all clients of a cloud share it. */
    private static final Map<MeterRegistry, Map<String, Current>> CURRENT =
            Collections.synchronizedMap(new WeakHashMap<>());

    private final MeterRegistry registry;
    private final Tags tags;
    private final Observed.Listener requests = new Observed.Listener(this::ended);
    private final Current current;

    /** What the gauges of a cloud show. */
    private record Current(AtomicInteger active, AtomicInteger connections) {}

    /**
     * @param registry where the meters are
     * @param cloud the cloud's configured name, a tag of every meter
     */
    public MicrometerMetrics(MeterRegistry registry, String cloud) {
        this.registry = registry;
        this.tags = Tags.of("cloud", cloud);
        this.current = CURRENT.computeIfAbsent(registry, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(cloud, _ -> gauges(registry, tags));
    }

    private static Current gauges(MeterRegistry registry, Tags tags) {
        Current shown = new Current(new AtomicInteger(), new AtomicInteger());
        Gauge.builder("http.client.active.requests", shown.active, AtomicInteger::get)
                .tags(tags)
                .register(registry);
        Gauge.builder("http.client.connections", shown.connections, AtomicInteger::get)
                .tags(tags)
                .register(registry);
        return shown;
    }

    @Override
    public void accept(HttpEvent event) {
        switch (event) {
            case HttpEvent.Queued e -> current.active.incrementAndGet();
            case HttpEvent.Done e -> current.active.decrementAndGet();
            case HttpEvent.Failed e -> current.active.decrementAndGet();
            case HttpEvent.Connected e -> current.connections.incrementAndGet();
            case HttpEvent.Disconnected e -> current.connections.decrementAndGet();
            default -> {
                // Counted with its request.
            }
        }
        requests.accept(event);
    }

    private void ended(Observed observed) {
        if (observed.sends() == 0 && observed.failure() == null) {
            return; // The server has never seen it, and the time was another request's.
        }
        Tags of = tags.and(
                "client.name",
                observed.request().host(),
                "method",
                observed.request().method(),
                "status",
                observed.status() == 0 ? "CLIENT_ERROR" : Integer.toString(observed.status()),
                "outcome",
                outcome(observed.status()),
                "exception",
                observed.failure() == null ? "none" : observed.failureKind());
        long served = observed.sent() == 0 ? 0 : observed.ended() - observed.sent();
        Timer.builder("http.client.requests").tags(of).register(registry).record(served, TimeUnit.NANOSECONDS);
        Timer.builder("http.client.queue")
                .tags(tags)
                .register(registry)
                .record(observed.waitedNanos(), TimeUnit.NANOSECONDS);
        Counter.builder("http.client.resends")
                .tags(tags)
                .register(registry)
                .increment(Math.max(0, observed.sends() - 1));
        Counter.builder("http.client.throttles").tags(tags).register(registry).increment(observed.throttles());
        Counter.builder("http.client.hedges").tags(tags).register(registry).increment(observed.hedged() ? 1 : 0);
    }

    private static String outcome(int status) {
        return switch (status / 100) {
            case 1 -> "INFORMATIONAL";
            case 2 -> "SUCCESS";
            case 3 -> "REDIRECTION";
            case 4 -> "CLIENT_ERROR";
            case 5 -> "SERVER_ERROR";
            default -> "UNKNOWN";
        };
    }
}
