package dev.muster.http;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Parks the caller, on a platform or virtual thread, until the loop has an answer. */
final class BlockingDoor implements HttpClient.Handler {
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable Object outcome;

    @Override
    public void done(HttpResponse response) {
        outcome = response;
        LockSupport.unpark(caller);
    }

    @Override
    public void failed(HttpException why) {
        outcome = why;
        LockSupport.unpark(caller);
    }

    HttpResponse await(HttpClient.Exchange exchange, HttpRequest request) throws HttpException {
        while (true) {
            Object seen = outcome;
            if (seen instanceof HttpResponse response) {
                return response;
            }
            if (seen instanceof HttpException why) {
                // Made on the loop: who called is more use to the reader.
                why.fillInStackTrace();
                throw why;
            }
            if (Thread.currentThread().isInterrupted()) {
                exchange.cancel();
                throw new HttpException.Closed(request + ": the waiting thread was interrupted");
            }
            LockSupport.park(this);
        }
    }
}
