package dev.muster.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over several connections to each origin, several on a connection at once where that is safe. Thread-safe
 * and cheap to share: one thread carries all connections. Close it when done.
 */
public final class HttpClient implements AutoCloseable {

    private HttpClient(Builder builder) {
        throw new UnsupportedOperationException();
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

    /** Sends and waits. */
    public HttpResponse get(HttpRequest request) throws HttpException {
        throw new UnsupportedOperationException();
    }

    /** Sends at once; the future completes on a virtual thread. Cancelling it frees the place at once. */
    public CompletableFuture<HttpResponse> start(HttpRequest request) {
        throw new UnsupportedOperationException();
    }

    /** Sends at once; the handler is called on the engine's own thread, so it must be quick and never block. */
    public Exchange send(HttpRequest request, Handler handler) {
        throw new UnsupportedOperationException();
    }

    /** Ends all connections and fails what is under way with {@link HttpException.Closed}. Idempotent. */
    @Override
    public void close() {}

    public static Builder builder() {
        return new Builder();
    }

    /** Settings of a client. Not thread-safe. */
    public static final class Builder {
        int connections = 8;
        int pipeline = 1;
        Duration connectTimeout = Duration.ofSeconds(10);
        Duration responseTimeout = Duration.ofMinutes(2);
        int maxHeaderBytes = 64 * 1024;
        long maxBodyBytes = 256L * 1024 * 1024;

        @Nullable
        Path caFile;

        boolean insecure;

        @Nullable
        Consumer<? super HttpEvent> events;

        private Builder() {}

        /** The most connections to one origin, 1 or more; 8 unless told. */
        public Builder connections(int most) {
            this.connections = most;
            return this;
        }

        /** The most idempotent requests unanswered on one connection, 1 or more; 1 (no pipelining) unless told. */
        public Builder pipeline(int most) {
            this.pipeline = most;
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
            this.maxHeaderBytes = most;
            return this;
        }

        /** The most bytes of a body, before and after decompression; 256 MiB unless told. */
        public Builder maxBodyBytes(long most) {
            this.maxBodyBytes = most;
            return this;
        }

        /** Certificates (PEM) to trust instead of the JDK's. */
        public Builder caFile(Path pem) {
            this.caFile = pem;
            return this;
        }

        /** Trusts any certificate. Says so with a warning in the log, as anybody on the way can then read along. */
        public Builder insecure() {
            this.insecure = true;
            return this;
        }

        /** Told of everything the engine does, on its own thread: must be quick and never block. */
        public Builder events(Consumer<? super HttpEvent> listener) {
            this.events = listener;
            return this;
        }

        public HttpClient build() {
            return new HttpClient(this);
        }
    }
}
