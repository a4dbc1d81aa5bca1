package dev.muster.bench.wire;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;

/** Vert.x: its pool, its pipelining, one event loop, OpenSSL for TLS. */
@SuppressWarnings("FutureReturnValueIgnored") // its own futures, which nobody asks
final class VertxAsker implements Asker {
    private final Vertx vertx = vertx();
    private final Context context = vertx.getOrCreateContext();
    private final HttpClient client;

    VertxAsker(Target target) {
        this.client = client(vertx, target);
    }

    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    }

    static HttpClient client(Vertx vertx, Target target) {
        HttpClientOptions options = new HttpClientOptions()
                .setDefaultHost(target.origin().getHost())
                .setDefaultPort(target.origin().getPort())
                .setKeepAlive(true)
                .setPipelining(target.depth() > 1)
                .setPipeliningLimit(target.depth())
                .setHttp2MultiplexingLimit(target.depth())
                .setProtocolVersion(target.http2() ? HttpVersion.HTTP_2 : HttpVersion.HTTP_1_1);
        if (target.authority() != null) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setTrustOptions(
                            new PemTrustOptions().addCertPath(target.authority().toString()))
                    .setSslEngineOptions(new OpenSSLEngineOptions());
        }
        return vertx.createHttpClient(
                options,
                new PoolOptions()
                        .setHttp1MaxSize(target.connections())
                        .setHttp2MaxSize(target.connections())
                        .setMaxWaitQueueSize(-1));
    }

    @Override
    public void begin(Runnable first) {
        context.runOnContext(_ -> first.run());
    }

    @Override
    public void get(String path, Receiver receiver) {
        client.request(HttpMethod.GET, path)
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .map(Buffer::getBytes)
                .onComplete(receiver::done, receiver::failed);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
