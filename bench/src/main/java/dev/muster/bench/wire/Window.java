package dev.muster.bench.wire;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

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
        Round round = new Round(how, count);
        if (list) {
            CountDownLatch there = new CountDownLatch(1);
            asker.begin(() -> round.ask(Items.LIST, there::countDown));
            round.await(there);
        }
        asker.begin(() -> {
            for (int i = 0; i < Math.min(places, count); i++) {
                round.next();
            }
        });
        round.await(round.over);
        return round.tally();
    }

    @Override
    public void close() {
        asker.close();
    }

    private final class Round {
        private final String[] paths = new String[Items.COUNT];
        private final int count;
        private final String how;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger settled = new AtomicInteger();
        private final LongAdder answers = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder twice = new LongAdder();
        private final LongAdder bytes = new LongAdder();
        private final LongAdder sum = new LongAdder();
        private final CountDownLatch over = new CountDownLatch(1);

        Round(String how, int count) {
            this.how = how;
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

        void next() {
            int number = asked.getAndIncrement();
            if (number < count) {
                ask(number % Items.COUNT, this::settled);
            }
        }

        private void settled() {
            if (settled.incrementAndGet() == count) {
                over.countDown();
            } else {
                next();
            }
        }

        void ask(int item, Runnable then) {
            asker.get(item == Items.LIST ? Items.path(how, item) : paths[item], new Answer(item, then));
        }

        Tally tally() {
            return new Tally(answers.sum(), failures.sum(), twice.sum(), bytes.sum(), sum.sum());
        }

        private final class Answer extends AtomicBoolean implements Asker.Receiver {
            private static final long serialVersionUID = 1;
            private final int item;
            private final transient Runnable then;

            Answer(int item, Runnable then) {
                this.item = item;
                this.then = then;
            }

            @Override
            public void done(byte[] body) {
                if (getAndSet(true)) {
                    twice.increment();
                    return;
                }
                answers.increment();
                bytes.add(body.length);
                sum.add(Items.sum(item, body));
                then.run();
            }

            @Override
            public void failed(Throwable why) {
                if (!getAndSet(true)) {
                    failures.increment();
                    then.run();
                }
            }
        }
    }
}
