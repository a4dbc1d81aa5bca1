package dev.muster.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A body for one subscriber, read on a virtual thread as it is asked for: nothing is read that was not. The buffers are
 * the subscriber's own. Cancelling closes the response.
 */
final class BodyPublisher implements Flow.Publisher<ByteBuffer> {
    private final ReadResponse response;
    private final AtomicBoolean taken = new AtomicBoolean();

    BodyPublisher(ReadResponse response) {
        this.response = response;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Reading reading = new Reading(subscriber, taken.getAndSet(true));
        reading.thread.start();
    }

    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> subscriber;
        private final boolean tooLate;
        private final AtomicLong demand = new AtomicLong();
        private final Thread thread;
        private volatile boolean cancelled;
        private volatile boolean wrong;

        Reading(Flow.Subscriber<? super ByteBuffer> subscriber, boolean tooLate) {
            this.subscriber = subscriber;
            this.tooLate = tooLate;
            this.thread = Thread.ofVirtual().name("muster-http-body").unstarted(this::run);
        }

        @Override
        public void request(long count) {
            if (count <= 0) {
                wrong = true;
            } else {
                demand.accumulateAndGet(count, (had, more) -> had + more < 0 ? Long.MAX_VALUE : had + more);
            }
            LockSupport.unpark(thread);
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (!tooLate) {
                response.close();
            }
            LockSupport.unpark(thread);
        }

        private void run() {
            subscriber.onSubscribe(this);
            if (tooLate) {
                subscriber.onError(new IllegalStateException("a body can be read only once"));
                return;
            }
            try {
                readAll();
            } catch (IOException e) {
                if (!cancelled) {
                    subscriber.onError(e);
                }
            } finally {
                response.close();
            }
        }

        private void readAll() throws IOException {
            while (asked()) {
                byte[] piece = response.piece();
                if (cancelled) {
                    return;
                }
                if (piece == null) {
                    subscriber.onComplete();
                    return;
                }
                subscriber.onNext(ByteBuffer.wrap(piece));
                demand.updateAndGet(had -> had == Long.MAX_VALUE ? had : had - 1);
            }
        }

        /** Waits for demand; false where there will be none. */
        private boolean asked() {
            while (!cancelled && !wrong && demand.get() == 0) {
                LockSupport.park(this);
            }
            if (wrong && !cancelled) {
                subscriber.onError(new IllegalArgumentException("asked for less than one"));
            }
            return !cancelled && !wrong;
        }
    }
}
