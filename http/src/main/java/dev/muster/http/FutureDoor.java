package dev.muster.http;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A future that ends its exchange when it is cancelled, times out or is completed by somebody else. */
final class FutureDoor extends CompletableFuture<HttpResponse> implements HttpClient.Handler {
    private HttpClient.@Nullable Exchange exchange;

    void carriedBy(HttpClient.Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void done(HttpResponse response) {
        Thread.ofVirtual().name("muster-http-done").start(() -> super.complete(response));
    }

    @Override
    public void failed(HttpException why) {
        Thread.ofVirtual().name("muster-http-failed").start(() -> super.completeExceptionally(why));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return freed(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(HttpResponse value) {
        return freed(super.complete(value));
    }

    /** Also what {@link #orTimeout} calls. */
    @Override
    public boolean completeExceptionally(Throwable why) {
        return freed(super.completeExceptionally(why));
    }

    private boolean freed(boolean changed) {
        HttpClient.Exchange running = exchange;
        if (changed && running != null) {
            running.cancel();
        }
        return changed;
    }
}
