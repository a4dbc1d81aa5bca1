package dev.muster.sim.internal;

import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.Requests;
import dev.muster.sim.SimOptions;
import dev.muster.sim.network.NetworkPlan;
import dev.muster.sim.network.NetworkProxy;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server under every embedded cloud: it counts, delays, throttles and spoils, and has a {@link SimService} answer
 * the rest. The requests of one connection are served one after another, as httpd, nginx and HAProxy do. Thread-safe.
 */
public final class SimServer implements AutoCloseable {
    /** Held here because loggers nobody holds are forgotten, levels and all. */
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    /** Whose only words are stack traces of what then is thrown. */
    private static final Logger HELIDON_START = Logger.getLogger("io.helidon.webserver.LoomServer");

    private static final byte[] NOTHING = {};

    private final SimOptions options;
    private final SimService service;
    private final Faults faults;
    private final @Nullable RateLimit rateLimit;
    private final Random jitter;
    private final Map<String, LongAdder> paths = new ConcurrentHashMap<>();
    private final Map<String, HeaderName> headerNames = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> connectionRequests = new ConcurrentHashMap<>();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder connections = new LongAdder();
    private final AtomicInteger concurrent = new AtomicInteger();
    private final AtomicInteger maxConcurrent = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ServiceRegistryManager registry;
    private final WebServer server;
    private final @Nullable NetworkProxy network;

    /**
     * Starts a server that listens until it is closed.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public SimServer(SimOptions options, SimService service) {
        this.options = options;
        this.service = service;
        this.faults = new Faults(options.failures(), options.seed());
        this.rateLimit = options.rateLimit() > 0 ? new RateLimit(options.rateLimit()) : null;
        this.jitter = new Random(options.seed());
        if (HELIDON.getLevel() == null) {
            HELIDON.setLevel(Level.WARNING);
        }
        if (HELIDON_START.getLevel() == null) {
            HELIDON_START.setLevel(Level.OFF);
        }
        boolean direct = options.rtt().isZero();
        // A registry of its own and no discovery: what else is on the class path is not this server's business.
        this.registry = ServiceRegistryManager.create(ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .build());
        this.server = WebServer.builder()
                .serviceRegistry(registry.registry())
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .concurrencyLimitDiscoverServices(false)
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .build())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .addConnectionSelector(new CountingSelector(
                        Http1ConnectionSelector.builder()
                                .config(Http1Config.builder().build())
                                .build(),
                        connections))
                .address(InetAddress.getLoopbackAddress())
                .port(direct ? options.port() : 0)
                .backlog(1024)
                // Without this every second answer of a pipeline waits 40 ms for the client's delayed acknowledgement.
                .connectionOptions(socket -> socket.tcpNoDelay(true))
                .shutdownHook(false)
                .shutdownGracePeriod(Duration.ZERO)
                .routing(HttpRouting.builder().any(this::serve))
                .build()
                .start();
        try {
            // Helidon's start answers as if all were well where it could not listen.
            if (!server.isRunning()) {
                throw new UncheckedIOException(new BindException("cannot listen on loopback port " + options.port()));
            }
            this.network = direct
                    ? null
                    : NetworkProxy.to(address(), connection -> NetworkPlan.CLEAR.rtt(options.rtt()), options.port());
        } catch (UncheckedIOException e) {
            server.stop();
            registry.shutdown();
            throw e;
        }
    }

    /** Where the server itself listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }

    /** Scheme and authority for clients, through the slow network if there is one. */
    public String origin() {
        return "http://127.0.0.1:"
                + (network == null ? server.port() : network.address().getPort());
    }

    public void fail(FailureRule rule) {
        faults.add(rule);
    }

    public void heal() {
        faults.clear();
    }

    public Requests requests() {
        Map<String, Long> counts = new HashMap<>();
        long total = 0;
        for (Map.Entry<String, LongAdder> entry : paths.entrySet()) {
            counts.put(entry.getKey(), entry.getValue().sum());
            total += entry.getValue().sum();
        }
        return new Requests(total, throttled.sum(), failed.sum(), connections.sum(), maxConcurrent.get(), counts);
    }

    @Override
    public void close() {
        closed.countDown();
        if (network != null) {
            network.close();
        }
        server.stop();
        registry.shutdown();
    }

    /** What an answer takes to be made is part of its latency, as it is with a cloud: only the rest is waited for. */
    private void serve(ServerRequest request, ServerResponse response) {
        long came = System.nanoTime();
        String path = request.path().rawPath();
        String method = request.prologue().method().text();
        paths.computeIfAbsent(method + " " + path, key -> new LongAdder()).increment();
        maxConcurrent.accumulateAndGet(concurrent.incrementAndGet(), Math::max);
        try {
            byte[] body = body(request);
            SimRequest asked = new SimRequest(
                    method,
                    path,
                    request.query().rawValue(),
                    name -> request.headers().value(name(name)).orElse(null),
                    body);
            Duration latency = latency();
            if (rateLimit != null && !rateLimit.allows()) {
                throttled.increment();
                SimReply reply = service.throttled(asked);
                pause(came, latency);
                send(reply, request, response);
                return;
            }
            Failure failure = faults.draw(path);
            if (failure == null) {
                SimReply reply = service.answer(asked);
                pause(
                        came,
                        latency.plus(options.rowCost().multipliedBy(reply.rows()))
                                .plus(options.linkCost().multipliedBy(reply.links())));
                send(reply, request, response);
            } else {
                failed.increment();
                pause(came, latency);
                fail(failure, asked, request, response);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            concurrent.decrementAndGet();
        }
    }

    private static byte[] body(ServerRequest request) throws IOException {
        if (!request.content().hasEntity()) {
            return NOTHING;
        }
        try (InputStream in = request.content().inputStream()) {
            return in.readAllBytes();
        }
    }

    private Duration latency() {
        if (options.jitter().isZero()) {
            return options.latency();
        }
        synchronized (jitter) {
            return options.latency().plusNanos(jitter.nextLong(options.jitter().toNanos() + 1));
        }
    }

    /** Waits until so long after {@code since}. */
    private static void pause(long since, Duration time) {
        if (time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.minusNanos(System.nanoTime() - since));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fail(Failure failure, SimRequest asked, ServerRequest request, ServerResponse response)
            throws IOException {
        switch (failure) {
            case ERROR_HTML -> send(SimReply.html(500, "Internal Server Error"), request, response);
            case ERROR_JSON ->
                send(
                        SimReply.of(
                                500, "application/json", "{\"error\":{\"code\":500,\"message\":\"Internal error\"}}"),
                        request,
                        response);
            case UNAVAILABLE -> send(SimReply.html(503, "Service Unavailable"), request, response);
            case THROTTLED -> send(service.throttled(asked), request, response);
            case UNAUTHORIZED -> send(service.unauthorized(asked), request, response);
            case HTML_OK -> send(SimReply.html(200, "Please log in"), request, response);
            case EMPTY_OK -> send(SimReply.empty(200), request, response);
            case TRUNCATED -> truncate(service.answer(asked), response);
            case STALL -> {
                try {
                    closed.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new CloseConnectionException("stalled until the end, as asked");
            }
            case HANG_UP -> throw new CloseConnectionException("hung up, as asked");
        }
    }

    private void truncate(SimReply reply, ServerResponse response) throws IOException {
        head(reply, response);
        byte[] body = reply.body();
        response.contentLength(Math.max(1, body.length));
        OutputStream out = response.outputStream();
        out.write(body, 0, body.length / 2);
        out.flush();
        throw new CloseConnectionException("truncated, as asked");
    }

    private void send(SimReply reply, ServerRequest request, ServerResponse response) {
        head(reply, response);
        boolean last = options.connectionRequests() > 0 && lastOfConnection(request, response);
        if (request.prologue().method().text().equals("HEAD")) {
            response.contentLength(reply.body().length);
            response.send();
        } else {
            response.send(reply.body());
        }
        if (last) {
            throw new CloseConnectionException("enough requests on one connection, as asked");
        }
    }

    private boolean lastOfConnection(ServerRequest request, ServerResponse response) {
        String connection = request.socketId();
        int left = options.connectionRequests()
                - connectionRequests
                        .computeIfAbsent(connection, key -> new AtomicInteger())
                        .incrementAndGet();
        if (left <= 0) {
            connectionRequests.remove(connection);
            response.header(HeaderValues.CONNECTION_CLOSE);
            return true;
        }
        if ("keep-alive"
                .equalsIgnoreCase(
                        request.headers().value(HeaderNames.CONNECTION).orElse(""))) {
            // httpd tells those who ask for keep-alive how much of it is left.
            response.header("Keep-Alive", "timeout=5, max=" + left);
        }
        return false;
    }

    private void head(SimReply reply, ServerResponse response) {
        response.status(Status.create(reply.status()));
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.header(HeaderValues.create(name(header.getKey()), header.getValue()));
        }
    }

    private HeaderName name(String name) {
        return headerNames.computeIfAbsent(name, HeaderNames::create);
    }
}
