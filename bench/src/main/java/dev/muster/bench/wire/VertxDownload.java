package dev.muster.bench.wire;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletableFuture;

/** Vert.x, told of a body piece by piece. */
@SuppressWarnings("FutureReturnValueIgnored") // the one that counts is waited for
final class VertxDownload implements Contestant {
    private final Vertx vertx = VertxAsker.vertx();
    private final HttpClient client;

    VertxDownload(Target target) {
        this.client = VertxAsker.client(vertx, target);
    }

    @Override
    public Tally run(String how, boolean list, int count) throws InterruptedException {
        CompletableFuture<Long> whole = new CompletableFuture<>();
        client.request(HttpMethod.GET, Items.path(how, count))
                .compose(HttpClientRequest::send)
                .onSuccess(response -> {
                    long[] bytes = new long[1];
                    response.handler(piece -> bytes[0] += piece.length())
                            .exceptionHandler(whole::completeExceptionally)
                            .endHandler(_ -> whole.complete(bytes[0]));
                })
                .onFailure(whole::completeExceptionally);
        return Tally.of(whole);
    }

    @Override
    public void close() {
        vertx.close();
    }
}
