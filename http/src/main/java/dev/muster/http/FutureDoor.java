package dev.muster.http;

import dev.muster.http.internal.Engine;
import dev.muster.http.internal.Streaming;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A future that ends its exchange when it is cancelled, times out or is completed by somebody else. */
class FutureDoor<T> extends CompletableFuture<T> {
    private final Engine engine;
    private HttpClient.@Nullable Exchange exchange;

    private FutureDoor(Engine engine) {
        this.engine = engine;
    }

    /** Sends for a whole response. */
    static CompletableFuture<HttpResponse> whole(Engine engine, HttpRequest request) {
        Whole door = new Whole(engine);
        door.carriedBy(engine.send(request, door));
        return door;
    }

    /** Sends for the head of one. */
    static CompletableFuture<StreamedResponse> opening(Engine engine, HttpRequest request) {
        Opening opening = new Opening(engine);
        opening.future.carriedBy(engine.send(request, opening));
        return opening.future;
    }

    /** The same, and waits for it. */
    static StreamedResponse open(Engine engine, HttpRequest request) throws HttpException {
        CompletableFuture<StreamedResponse> opening = opening(engine, request);
        try {
            return opening.get();
        } catch (InterruptedException e) {
            opening.cancel(true);
            if (opening.state() == Future.State.SUCCESS) {
                // It came at that very moment, and nobody else will close it.
                opening.resultNow().close();
            }
            Thread.currentThread().interrupt();
            throw new HttpException.Closed(request + ": the waiting thread was interrupted");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HttpException why) {
                why.fillInStackTrace();
                throw why;
            }
            throw new IllegalStateException(request + ": failed in an unforeseen way", e);
        }
    }

    final void carriedBy(HttpClient.Exchange exchange) {
        this.exchange = exchange;
    }

    /** Waits for a whole response. */
    private static final class Whole extends FutureDoor<HttpResponse> implements HttpClient.Handler {
        Whole(Engine engine) {
            super(engine);
        }

        @Override
        public void done(HttpResponse response) {
            told(response, () -> {});
        }

        @Override
        public void failed(HttpException why) {
            refused(why);
        }
    }

    /** Waits for the head of one. */
    private static final class Opening extends Streaming {
        final FutureDoor<StreamedResponse> future;

        Opening(Engine engine) {
            future = new FutureDoor<>(engine);
        }

        @Override
        protected void opened(StreamedResponse response) {
            future.told(response, response::close);
        }

        @Override
        protected void refused(HttpException why) {
            future.refused(why);
        }
    }

    /** Off the loop. {@code unwanted} is run where nobody waits any longer. */
    final void told(T answer, Runnable unwanted) {
        engine.completions.complete(() -> {
            if (!super.complete(answer)) {
                unwanted.run();
            }
        });
    }

    final void refused(HttpException why) {
        engine.completions.complete(() -> super.completeExceptionally(why));
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return freed(super.cancel(mayInterruptIfRunning));
    }

    @Override
    public boolean complete(T value) {
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
