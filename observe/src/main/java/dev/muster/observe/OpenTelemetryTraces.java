package dev.muster.observe;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A client span for each request, by OpenTelemetry's semantic conventions for HTTP: from when it was asked for to its end,
 * with an event where it was written and where the answer began. What a run of many requests belongs to is given once, as
 * the parent.
 */
public final class OpenTelemetryTraces implements Consumer<HttpEvent> {
    /** By any other name no span is called, lest there be as many names as anybody makes up. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Tracer tracer;
    private final Context parent;
    private final String cloud;
    private final long epochNanos;
    private final Observed.Listener requests = new Observed.Listener(this::ended);

    /**
     * @param telemetry where spans go
     * @param parent what the requests belong to, as {@link Context#current()} of who asks for them
     * @param cloud the cloud's configured name, an attribute of every span
     */
    public OpenTelemetryTraces(OpenTelemetry telemetry, Context parent, String cloud) {
        this.tracer = telemetry.getTracer("dev.muster.http");
        this.parent = parent;
        this.cloud = cloud;
        Instant now = Instant.now();
        this.epochNanos = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - System.nanoTime();
    }

    @Override
    public void accept(HttpEvent event) {
        requests.accept(event);
    }

    private void ended(Observed observed) {
        HttpRequest request = observed.request();
        boolean known = METHODS.contains(request.method());
        SpanBuilder builder = tracer.spanBuilder(known ? request.method() : "HTTP")
                .setSpanKind(SpanKind.CLIENT)
                .setParent(parent)
                .setStartTimestamp(epochNanos + observed.queued(), TimeUnit.NANOSECONDS)
                .setAttribute("http.request.method", known ? request.method() : "_OTHER")
                .setAttribute("server.address", address(request.host()))
                .setAttribute("server.port", (long) request.port())
                .setAttribute("url.full", Secrets.uri(request.uri()))
                .setAttribute("muster.cloud", cloud)
                .setAttribute("muster.connection", observed.connection());
        if (!known) {
            builder.setAttribute("http.request.method_original", request.method());
        }
        if (!observed.protocol().isEmpty()) {
            builder.setAttribute("network.protocol.version", observed.protocol().equals("h2") ? "2" : "1.1");
        }
        if (observed.sends() > 1) {
            builder.setAttribute("http.request.resend_count", (long) observed.sends() - 1);
        }
        Span span = builder.startSpan();
        if (observed.sent() != 0) {
            span.addEvent("sent", epochNanos + observed.sent(), TimeUnit.NANOSECONDS);
        }
        if (observed.firstByte() != 0) {
            span.addEvent("first byte", epochNanos + observed.firstByte(), TimeUnit.NANOSECONDS);
        }
        if (observed.status() != 0) {
            span.setAttribute("http.response.status_code", (long) observed.status());
            // As transferred: of a body that was decompressed the engine takes the length away, too.
            if (observed.headers().first("Content-Length") != null) {
                span.setAttribute("http.response.body.size", observed.bodyBytes());
            }
        }
        if (observed.failure() != null) {
            span.setAttribute("error.type", observed.failure().getClass().getName());
            span.setStatus(StatusCode.ERROR, String.valueOf(observed.failure().getMessage()));
        } else if (observed.status() >= 400) {
            span.setAttribute("error.type", Integer.toString(observed.status()));
            span.setStatus(StatusCode.ERROR);
        }
        span.end(epochNanos + observed.ended(), TimeUnit.NANOSECONDS);
    }

    /** An IPv6 address without its brackets. */
    private static String address(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
