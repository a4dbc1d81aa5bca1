package dev.muster.clouds.softlayer;

import dev.muster.clouds.softlayer.SoftLayerFaults.Fault;
import dev.muster.core.Endpoint;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps to the service's limit, which is so many requests in any second: each is sent as soon as the limit allows, in the
 * order in which they came. What is turned away all the same, since others use the account as well, was not done, and is sent
 * again a second later. Thread-safe.
 */
final class PacedWire implements Endpoint.Wire {
    private static final int TRIES = 4;

    private static final Executor THREADS =
            work -> Thread.ofVirtual().name("muster-pace").start(work);

    private final Endpoint.Wire wire;
    private final Pace pace;

    PacedWire(Endpoint.Wire wire, int perSecond) {
        this.wire = wire;
        this.pace = new Pace(perSecond, System.nanoTime());
    }

    @Override
    public void prepare(URI address) {
        wire.prepare(address);
    }

    @Override
    public HttpClient.Exchange send(HttpRequest request, HttpClient.Handler handler) {
        Paced paced = new Paced(request, handler);
        paced.start();
        return paced;
    }

    /** A request that waits for its moment, or is under way. */
    private final class Paced implements HttpClient.Exchange, HttpClient.Handler {
        private final HttpRequest request;
        private final HttpClient.Handler handler;
        private HttpClient.@Nullable Exchange underWay;
        private boolean cancelled;
        private int tries;

        Paced(HttpRequest request, HttpClient.Handler handler) {
            this.request = request;
            this.handler = handler;
        }

        void start() {
            long now = System.nanoTime();
            long wait = pace.slot(now) - now;
            if (wait <= 0) {
                send();
            } else {
                CompletableFuture.delayedExecutor(wait, TimeUnit.NANOSECONDS, THREADS)
                        .execute(this::send);
            }
        }

        private void send() {
            synchronized (this) {
                if (!cancelled) {
                    tries++;
                    underWay = wire.send(request, this);
                    return;
                }
            }
            handler.failed(new HttpException.Closed("cancelled before it was sent"));
        }

        @Override
        public void done(HttpResponse response) {
            Fault fault = response.status() == 200 || response.status() >= 500
                    ? SoftLayerFaults.fault(response.body())
                    : null;
            boolean again;
            synchronized (this) {
                again = fault != null && fault.throttles() && tries < TRIES && !cancelled;
            }
            if (again) {
                long jitter = ThreadLocalRandom.current().nextLong(Pace.SECOND / 4);
                pace.pause(System.nanoTime() + Pace.SECOND + jitter);
                start();
            } else {
                HttpResponse.Timing timing = response.timing();
                handler.done(
                        tries == 1
                                ? response
                                : new HttpResponse(
                                        response.status(),
                                        response.headers(),
                                        response.body(),
                                        new HttpResponse.Timing(
                                                timing.queued(),
                                                timing.wire(),
                                                timing.sends() + tries - 1,
                                                timing.throttles() + tries - 1)));
            }
        }

        @Override
        public void failed(HttpException why) {
            handler.failed(why);
        }

        @Override
        public void cancel() {
            HttpClient.Exchange current;
            synchronized (this) {
                cancelled = true;
                current = underWay;
            }
            if (current != null) {
                current.cancel();
            }
        }
    }
}
