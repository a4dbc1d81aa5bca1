package dev.muster.core.internal;

import dev.muster.core.Listing;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A listing as a publisher: a virtual thread a subscription, which blocks where there is no demand. */
public final class ListingPublisher<T> implements Flow.Publisher<T> {
    private final Listing<T> listing;

    public ListingPublisher(Listing<T> listing) {
        this.listing = listing;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber);
        Subscription subscription = new Subscription(subscriber);
        Task.THREADS.execute(subscription);
    }

    private final class Subscription implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super T> subscriber;
        private final Semaphore demand = new Semaphore(0);
        private volatile @Nullable Stream<T> underWay;
        private volatile boolean cancelled;
        private volatile boolean badDemand;

        Subscription(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                badDemand = true;
                demand.release();
                return;
            }
            // Far more than any listing has rows, and no overflow however often it is asked for.
            int room = Math.max(0, Integer.MAX_VALUE / 2 - demand.availablePermits());
            demand.release((int) Math.min(n, room));
        }

        @Override
        public void cancel() {
            cancelled = true;
            demand.release();
            Stream<T> stream = underWay;
            if (stream != null) {
                stream.close();
            }
        }

        @Override
        public void run() {
            subscriber.onSubscribe(this);
            try (Stream<T> stream = listing.stream()) {
                Iterator<T> rows = stream.iterator();
                underWay = stream;
                while (!cancelled && rows.hasNext()) {
                    demand.acquireUninterruptibly();
                    if (badDemand) {
                        throw new IllegalArgumentException("demand must be positive (Reactive Streams §3.9)");
                    }
                    if (cancelled) {
                        return;
                    }
                    subscriber.onNext(rows.next());
                }
            } catch (RuntimeException e) {
                if (!cancelled) {
                    subscriber.onError(Task.unwrap(e));
                }
                return;
            }
            if (!cancelled) {
                subscriber.onComplete();
            }
        }
    }
}
