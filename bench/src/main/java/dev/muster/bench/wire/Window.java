package dev.muster.bench.wire;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps as many requests under way as there are places: each answer asks for the next. The same for all clients. */
final class Window implements Contestant {
    /** A client that has lost an answer may wait for it until the end of days, or a second for each that it lost. */
    private static final int PATIENCE_SECONDS = 10;
    /** The slowest work there is, of a server that takes its time, asks for twice as many. */
    private static final int LEAST_PROGRESS = 1000;
    /** Whoever asks a server that takes none gets five times as many, be it on an old machine. */
    private static final int LEAST_PROGRESS_AT_ONCE = 5000;

    private final Asker asker;
    private final int places;

    Window(Asker asker, int places) {
        this.asker = asker;
        this.places = places;
    }

    @Override
    public Tally run(String how, boolean list, int count) throws Exception {
        Round round = new Round(how, list, count);
        if (list) {
            asker.begin(round);
            round.await(round.listed);
        }
        asker.begin(round);
        round.await(round.over);
        return round.tally();
    }

    @Override
    public void close() {
        asker.close();
    }

    /**
     * Without lambdas: the floor has none, and a cold client would wait for theirs to be linked. And without what stands on
     * variable handles, for the same reason.
     */
    private final class Round implements Runnable {
        private final String[] paths = new String[Items.COUNT];
        private final int count;
        private final String how;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();
        private final AtomicLong answers = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();
        private final AtomicLong twice = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();
        private final AtomicLong sum = new AtomicLong();
        private final CountDownLatch listed;
        private final CountDownLatch over = new CountDownLatch(1);

        Round(String how, boolean list, int count) {
            this.how = how;
            this.listed = new CountDownLatch(list ? 1 : 0);
            this.count = count;
            for (int i = 0; i < paths.length; i++) {
                paths[i] = Items.path(how, i);
            }
        }

        /** What never comes is a failure that the tally shows by its absence. */
        void await(CountDownLatch latch) throws InterruptedException {
            int least = how.equals("c000") ? LEAST_PROGRESS_AT_ONCE : LEAST_PROGRESS;
            int before = 0;
            while (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                int now = settled.get();
                if (now - before < least) {
                    System.err.println("only " + (now - before) + " answers came within " + PATIENCE_SECONDS + " s");
                    // What still comes is to ask for nothing more beside the next run.
                    asked.set(count);
                    return;
                }
                before = now;
            }
        }

        /** Asks for the list, if that is not there, or begins with the items. */
        @Override
        public void run() {
            if (listed.getCount() > 0) {
                ask(Items.LIST);
                return;
            }
            for (int i = 0; i < Math.min(places, count); i++) {
                next();
            }
        }

        private void next() {
            int number = asked.getAndIncrement();
            if (number < count) {
                ask(number % Items.COUNT);
            }
        }

        private void settled(int item) {
            if (item == Items.LIST) {
                listed.countDown();
            } else if (settled.incrementAndGet() == count) {
                over.countDown();
            } else {
                next();
            }
        }

        private void ask(int item) {
            asker.get(item == Items.LIST ? Items.path(how, item) : paths[item], new Answer(item));
        }

        Tally tally() {
            return new Tally(answers.get(), failures.get(), twice.get(), bytes.get(), sum.get());
        }

        private final class Answer extends AtomicInteger implements Asker.Receiver {
            private static final long serialVersionUID = 1;
            private final int item;

            Answer(int item) {
                this.item = item;
            }

            @Override
            public void done(byte[] body) {
                if (getAndSet(1) != 0) {
                    twice.incrementAndGet();
                    return;
                }
                answers.incrementAndGet();
                bytes.addAndGet(body.length);
                sum.addAndGet(Items.sum(item, body));
                settled(item);
            }

            @Override
            public void failed(Throwable why) {
                if (getAndSet(1) == 0) {
                    failures.incrementAndGet();
                    settled(item);
                }
            }
        }
    }
}
