package dev.muster.bench.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.async.MinimalHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncClientEndpoint;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** Apache HttpClient 5 where it pipelines: connections leased by hand, the least busy first, leased anew when lost. */
final class ApacheLeased implements Asker {
    private final MinimalHttpAsyncClient client;
    private final HttpHost host;
    private final String origin;
    private final List<Leased> leased = new ArrayList<>();

    /** One connection and its unanswered requests. */
    private static final class Leased {
        final AtomicInteger waiting = new AtomicInteger();
        volatile AsyncClientEndpoint endpoint;
        volatile boolean renewing;

        Leased(AsyncClientEndpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    ApacheLeased(Target target) throws Exception {
        this.origin = target.origin().toString();
        this.host = new HttpHost(
                target.origin().getScheme(),
                target.origin().getHost(),
                target.origin().getPort());
        this.client = HttpAsyncClients.createMinimal(
                H2Config.DEFAULT,
                Http1Config.DEFAULT,
                IOReactorConfig.custom().setIoThreadCount(1).build(),
                ApacheAsker.connections(target));
        client.start();
        for (int i = 0; i < target.connections(); i++) {
            leased.add(new Leased(client.lease(host, null).get()));
        }
    }

    @Override
    public void get(String path, Receiver receiver) {
        Leased on = leastBusy();
        SimpleHttpRequest request = SimpleHttpRequest.create("GET", origin + path);
        Receiver counted = new Receiver() {
            @Override
            public void done(byte[] body) {
                on.waiting.decrementAndGet();
                receiver.done(body);
            }

            @Override
            public void failed(Throwable why) {
                on.waiting.decrementAndGet();
                // On a thread of its own: leasing waits, and must not wait on the reactor.
                Thread.ofVirtual().start(() -> receiver.failed(renewed(on) ? why : new CancellationException()));
            }
        };
        try {
            var _ = on.endpoint.execute(
                    SimpleRequestProducer.create(request),
                    SimpleResponseConsumer.create(),
                    ApacheAsker.telling(counted));
        } catch (IllegalStateException released) {
            counted.failed(released);
        }
    }

    /** Without a lock, which the reactor would wait for while a connection is leased. */
    private Leased leastBusy() {
        Leased best = leased.getFirst();
        for (Leased one : leased) {
            if (best.renewing || (!one.renewing && one.waiting.get() < best.waiting.get())) {
                best = one;
            }
        }
        best.waiting.incrementAndGet();
        return best;
    }

    private boolean renewed(Leased on) {
        synchronized (on) {
            return on.endpoint.isConnected() || leasedAnew(on);
        }
    }

    private boolean leasedAnew(Leased on) {
        on.renewing = true;
        on.endpoint.releaseAndDiscard();
        try {
            on.endpoint = client.lease(host, null).get();
            return true;
        } catch (ExecutionException | InterruptedException e) {
            return false;
        } finally {
            on.renewing = false;
        }
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
