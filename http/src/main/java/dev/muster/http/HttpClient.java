package dev.muster.http;

import dev.muster.http.internal.ClientKey;
import dev.muster.http.internal.Engine;
import dev.muster.http.internal.Settings;
import dev.muster.http.internal.Tls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over several connections to each origin, several on a connection at once where that is safe. Thread-safe
 * and cheap to share: one thread carries all connections. Close it when done.
 */
public final class HttpClient implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 32;

    private final Engine engine;

    private HttpClient(Builder builder) {
        Tls tls = new Tls(builder.caFile, builder.insecure, builder.clientKey, builder.tls);
        if (builder.insecure) {
            System.getLogger("dev.muster.http")
                    .log(
                            System.Logger.Level.WARNING,
                            "insecure: certificates are not verified, so anybody on the way can read along");
        }
        boolean adaptive = builder.connections == 0;
        engine = new Engine(new Settings(
                adaptive ? MOST_CONNECTIONS : builder.connections,
                builder.pipeline,
                adaptive,
                builder.rate,
                nanos(builder.ratePer),
                nanos(builder.connectTimeout),
                nanos(builder.responseTimeout),
                builder.maxHeaderBytes,
                builder.maxBodyBytes,
                builder.attempts,
                builder.retries,
                nanos(builder.hedgeAfter),
                builder.singleFlight,
                nanos(builder.idleTimeout),
                nanos(builder.forgetAfter),
                nanos(builder.drainTimeout),
                256 * 1024,
                builder.protocols,
                builder.proxies,
                tls,
                builder.throttle,
                builder.events));
    }

    /** What happens with a request sent with {@link #send(HttpRequest, Handler)}. Exactly one method is called, once. */
    public interface Handler {
        /** The response is whole. */
        void done(HttpResponse response);

        /** There will be none. */
        void failed(HttpException why);
    }

    /** A request under way. */
    public interface Exchange {
        /** Frees its place at once; the handler is told {@link HttpException.Closed} unless it was already called. */
        void cancel();
    }

    /**
     * Sends and waits; from a virtual thread that costs no platform thread. Interrupting the caller cancels the request: it
     * fails with {@link HttpException.Closed}, and the interrupt flag stays set.
     */
    public HttpResponse get(HttpRequest request) throws HttpException {
        mustNotBeHandler();
        BlockingDoor door = new BlockingDoor();
        return door.await(send(request, door), request);
    }

    /**
     * Sends at once; the future completes on a virtual thread, so that what follows it may wait. Cancelling it frees the place at
     * once.
     */
    public CompletableFuture<HttpResponse> start(HttpRequest request) {
        return FutureDoor.whole(engine, request);
    }

    /**
     * Sends and waits for the head of the response; the body is read as it comes. Otherwise like {@link #get}. A request
     * like this has its connection for itself until its body is read or closed, and does not go again once its head is
     * here.
     */
    public StreamedResponse open(HttpRequest request) throws HttpException {
        mustNotBeHandler();
        return FutureDoor.open(engine, request);
    }

    /** The same at once; the future completes on a virtual thread. Cancelling it frees the place at once. */
    public CompletableFuture<StreamedResponse> startOpen(HttpRequest request) {
        return FutureDoor.opening(engine, request);
    }

    /** Sends at once; the handler is called on the engine's own thread, so it must be quick and never block. */
    public Exchange send(HttpRequest request, Handler handler) {
        return engine.send(request, handler);
    }

    /**
     * Opens all the connections that an origin may have, because work for them is about to come; without it each is opened
     * when a request waits for it. Never fails: where no connection can be had, the requests will tell.
     */
    public void prepare(URI origin) {
        engine.prepare(HttpRequest.get(origin));
    }

    /**
     * How much each origin is asked at once, and why. What is known of one is forgotten when another is asked for the first
     * time and nothing was asked of this one for ten minutes. Waits for the engine's thread, unless called on it; empty when
     * the client is closed.
     */
    public List<OriginLimit> limits() {
        return engine.limits();
    }

    /**
     * Ends all connections and fails what is under way with {@link HttpException.Closed}; when it returns, the engine's
     * thread has ended, unless a handler called it. Idempotent.
     */
    @Override
    public void close() {
        engine.close();
    }

    private void mustNotBeHandler() {
        if (engine.onLoop()) {
            throw new IllegalStateException("a handler must not wait for an answer: it would wait for itself");
        }
    }

    private static long nanos(Duration time) {
        return Engine.nanos(time);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a client. Not thread-safe. */
    public static final class Builder {
        /** 0: not given. */
        int connections;

        int pipeline = 1;
        /** 0: any. */
        int rate;

        Duration ratePer = Duration.ZERO;
        Duration connectTimeout = Duration.ofSeconds(10);
        Duration responseTimeout = Duration.ofMinutes(2);
        int maxHeaderBytes = 64 * 1024;
        long maxBodyBytes = 256L * 1024 * 1024;

        int attempts = 3;
        int retries = 3;
        /** Zero: never. */
        Duration hedgeAfter = Duration.ZERO;

        boolean singleFlight;

        Duration idleTimeout = Duration.ofSeconds(30);
        Duration forgetAfter = Duration.ofMinutes(10);
        Duration drainTimeout = Duration.ofSeconds(5);

        Set<Protocol> protocols = EnumSet.allOf(Protocol.class);
        Proxies proxies = Proxies.none();

        @Nullable
        Path caFile;

        @Nullable
        ClientKey clientKey;

        boolean insecure;

        @Nullable
        TlsProvider tls;

        @Nullable
        Predicate<? super HttpResponse> throttle;

        @Nullable
        Consumer<? super HttpEvent> events;

        private Builder() {}

        /**
         * The most connections to one origin, 1 or more; unless told, as many as are of use, up to 32. One that the server
         * will end after a few more answers is not counted: its successor is made ready meanwhile.
         *
         * <p>Where it is told, so many times {@link #pipeline} are asked at once from the start, and only an origin that turns
         * requests away is asked less for a while. Else it begins with 8 requests at once, asks more while answers come as
         * fast, and less when they come later, when requests are turned away or connections refused; over more connections
         * first, and deeper only up to {@link #pipeline}. {@link #limits} says what was found.
         */
        public Builder connections(int most) {
            positive(most, "connections");
            this.connections = most;
            return this;
        }

        /**
         * The most idempotent requests unanswered on one connection of HTTP/1.1, 1 or more; 1 (no pipelining) unless told,
         * and not found out by itself: a server that at times forgets what it got while it was busy leaves nothing by which
         * the answer of a later request could be told from that of an earlier one. Ask for it where the server is known to
         * be sound; without {@link #connections} no more of it is used than is of use.
         */
        public Builder pipeline(int most) {
            positive(most, "pipeline");
            this.pipeline = most;
            return this;
        }

        /**
         * A published limit: never more than {@code requests} are written to one origin within any {@code per}, counting those
         * that are written again; any number unless told. They go in bursts of a fifth of it at most. Waiting for it is
         * waiting for a place: no response timeout runs. Where what leaves a second apart may arrive in less, give a
         * {@code per} that is a little longer than the limit's.
         */
        public Builder rate(int requests, Duration per) {
            positive(requests, "rate");
            if (!per.isPositive()) {
                throw new IllegalArgumentException("a rate is counted over a time, not over " + per);
            }
            this.rate = requests;
            this.ratePer = per;
            return this;
        }

        /**
         * How often a request that is turned away (429, 503, {@link #throttle}) is asked again, 0 or more; 3 unless told.
         * Only idempotent requests are, and what {@link #throttle} says was not done, after Retry-After or a random, growing wait, and not where that is above 60 s, passes the request's
         * deadline, or where too many requests to the origin were turned away lately. The last answer is the response.
         */
        public Builder retries(int most) {
            if (most < 0) {
                throw new IllegalArgumentException("retries must be 0 or more, not " + most);
            }
            this.retries = most;
            return this;
        }

        /**
         * Hedges slow requests: a GET or HEAD without a body that has waited longer for its answer than nineteen in twenty of
         * its origin's did, and at least {@code floor}, is written once more, on another connection, or on HTTP/2 on another
         * stream. The first answer counts, whatever it says, and the other copy is cancelled. No more than one request in twenty
         * is written twice, and none while the origin turns requests away. Not done unless told.
         *
         * <p>It shortens the slowest answers where a server is slow at times and for some requests; it does nothing for one
         * that is slow as such. What is read as it comes ({@link #open}) is never hedged.
         */
        public Builder hedge(Duration floor) {
            if (!floor.isPositive()) {
                throw new IllegalArgumentException("a slow request is waited for some time, not for " + floor);
            }
            this.hedgeAfter = floor;
            return this;
        }

        /**
         * Lets equal requests share one answer: a GET or HEAD without a body that is asked for while one with the same URI, header
         * fields and response timeout is under way waits for the answer of that one. Each can be cancelled and has its deadline
         * for itself; a failure is everybody's. The body is one array, which nobody may change. Not done unless told.
         *
         * <p>Nothing shares an answer that was asked for before something may have been changed: a request of any other method
         * of this client ends the sharing of what is under way, when it is asked for and when it is answered. What others change
         * may be seen as late as the answer that is shared was asked for. What is read as it comes ({@link #open}) is never
         * shared.
         */
        public Builder singleFlight() {
            this.singleFlight = true;
            return this;
        }

        /**
         * What may be spoken; all of {@link Protocol} unless told. On https the server chooses, and HTTP/2 is preferred.
         * On http it is HTTP/1.1, and HTTP/2 only where nothing else is allowed, as there is no way to ask (prior
         * knowledge, RFC 9113 §3.3).
         */
        public Builder protocols(Protocol first, Protocol... others) {
            this.protocols = EnumSet.of(first, others);
            return this;
        }

        /**
         * Tells answers that turn a request away for now, and say that none of it was done, although they are neither 429 nor 503,
         * which always turn it away; asked only of status 400 and above, on the engine's own thread. SoftLayer, for one, answers 500 with a code in the body.
         */
        public Builder throttle(Predicate<? super HttpResponse> means) {
            this.throttle = means;
            return this;
        }

        /** How long a connection may take to be made, TLS included; 10 s unless told. */
        public Builder connectTimeout(Duration time) {
            this.connectTimeout = time;
            return this;
        }

        /** How long a server may take to answer once a request is written and is the oldest there; 2 min unless told. */
        public Builder responseTimeout(Duration time) {
            this.responseTimeout = time;
            return this;
        }

        /** The most bytes of status line and header fields; 64 KiB unless told. */
        public Builder maxHeaderBytes(int most) {
            positive(most, "maxHeaderBytes");
            this.maxHeaderBytes = most;
            return this;
        }

        /** The most bytes of a body, before and after decompression; 256 MiB unless told. */
        public Builder maxBodyBytes(long most) {
            positive(most, "maxBodyBytes");
            this.maxBodyBytes = most;
            return this;
        }

        /** Certificates (PEM) to trust instead of the JDK's. */
        public Builder caFile(Path pem) {
            this.caFile = pem;
            return this;
        }

        /**
         * Shows this certificate to servers that ask for one: a PEM file with it and those of its issuers behind it, and one
         * with its key (PKCS#8, or PKCS#1 for RSA, or SEC 1 for elliptic curves; not encrypted), which may be the same file.
         *
         * @throws IllegalArgumentException if they cannot be read or do not fit together
         */
        public Builder clientCertificate(Path certificate, Path key) {
            this.clientKey = ClientKey.pem(certificate, key);
            return this;
        }

        /**
         * The same from a PKCS#12 file.
         *
         * @throws IllegalArgumentException if it cannot be read, the password is wrong or there is not one key in it
         */
        public Builder clientCertificate(Path pkcs12, char[] password) {
            this.clientKey = ClientKey.pkcs12(pkcs12, password);
            return this;
        }

        /** What goes through a proxy; nothing unless told. */
        public Builder proxies(Proxies proxies) {
            this.proxies = proxies;
            return this;
        }

        /** Trusts any certificate. Says so with a warning in the log, as anybody on the way can then read along. */
        public Builder insecure() {
            this.insecure = true;
            return this;
        }

        /** Another implementation of TLS than the JDK's. */
        public Builder tls(TlsProvider provider) {
            this.tls = provider;
            return this;
        }

        /** Told of everything the engine does, on its own thread: must be quick and never block. */
        public Builder events(Consumer<? super HttpEvent> listener) {
            this.events = listener;
            return this;
        }

        /**
         * The client.
         *
         * @throws IllegalArgumentException if the caFile cannot be read
         */
        public HttpClient build() {
            return new HttpClient(this);
        }

        private static void positive(long value, String name) {
            if (value < 1) {
                throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
            }
        }
    }
}
