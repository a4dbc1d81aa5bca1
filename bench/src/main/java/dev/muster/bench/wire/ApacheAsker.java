package dev.muster.bench.wire;

import java.util.Objects;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;

/** Apache HttpClient 5, asynchronous, with its pool: one request a connection, or HTTP/2. */
final class ApacheAsker implements Asker {
    private final CloseableHttpAsyncClient client;
    private final String origin;

    ApacheAsker(Target target) throws Exception {
        this.origin = target.origin().toString();
        this.client = HttpAsyncClients.custom()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build())
                .setConnectionManager(connections(target))
                .disableAutomaticRetries()
                .disableContentCompression()
                .build();
        client.start();
    }

    static PoolingAsyncClientConnectionManager connections(Target target) throws Exception {
        PoolingAsyncClientConnectionManagerBuilder builder = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(target.connections())
                .setMaxConnTotal(target.connections())
                .setMessageMultiplexing(target.http2())
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(
                                target.http2() ? HttpVersionPolicy.FORCE_HTTP_2 : HttpVersionPolicy.FORCE_HTTP_1)
                        .build());
        if (target.authority() != null) {
            builder.setTlsStrategy(ClientTlsStrategyBuilder.create()
                    .setSslContext(Certificate.trusting(target.authority()))
                    .buildAsync());
        }
        return builder.build();
    }

    static FutureCallback<SimpleHttpResponse> telling(Receiver receiver) {
        return new FutureCallback<>() {
            @Override
            public void completed(SimpleHttpResponse response) {
                receiver.done(Objects.requireNonNull(response.getBodyBytes()));
            }

            @Override
            public void failed(Exception why) {
                receiver.failed(why);
            }

            @Override
            public void cancelled() {
                receiver.failed(new java.util.concurrent.CancellationException());
            }
        };
    }

    @Override
    public void get(String path, Receiver receiver) {
        SimpleHttpRequest request = SimpleHttpRequest.create("GET", origin + path);
        var _ = client.execute(
                SimpleRequestProducer.create(request), SimpleResponseConsumer.create(), null, telling(receiver));
    }

    @Override
    public void close() {
        client.close(org.apache.hc.core5.io.CloseMode.IMMEDIATE);
    }
}
