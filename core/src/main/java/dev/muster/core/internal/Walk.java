package dev.muster.core.internal;

import dev.muster.core.RowSink;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One listing under way: its pages in their turns. What the rows of a page lack is got while the next pages come. Thread-safe.
 */
final class Walk {
    /** Pages whose rows are being completed by further calls. */
    private static final int PAGES = 4;

    /** More pages than any way of walking a list has. */
    private static final int PLACES = 1 << 28;

    private final TableRun run;
    private final RowSink.Order order;
    private final boolean inOrder;
    private final Turn whole;
    private final Semaphore slots = new Semaphore(PAGES);
    private Turn turn;
    private @Nullable Turn last;
    private Listings by;
    private int ways;

    /**
     * @param by what carries it out
     * @param order where its rows belong
     * @param whole its place among the listings of its table; null where rows are handed over as they arrive
     */
    Walk(TableRun run, Listings by, RowSink.Order order, @Nullable Turn whole) {
        this.run = run;
        this.by = by;
        this.order = order;
        this.inOrder = whole != null;
        this.whole = whole == null ? Turn.first() : whole;
        this.turn = this.whole.inside();
    }

    /** Waits until nothing is under way that belongs to its pages so far; those to come stand behind them. */
    void settle() {
        slots.acquireUninterruptibly(PAGES);
        slots.release(PAGES);
        ways++;
    }

    /** From now on it is carried out otherwise. */
    synchronized void goOn(Listings other) {
        by = other;
    }

    /** Takes a page. */
    synchronized boolean page(int number, List<@Nullable Object[]> found) {
        if (run.hasEnough()) {
            return false;
        }
        if (run.isCancelled()) {
            throw new CancellationException("cancelled");
        }
        Turn mine = turn;
        turn = mine.next();
        last = mine;
        RowSink.Order place = order.below(ways * PLACES + number);
        Listings of = by;
        if (of.light()) {
            finish(of, mine, place, found);
            return !run.hasEnough();
        }
        run.opened();
        slots.acquireUninterruptibly();
        Task.THREADS.execute(() -> {
            try {
                finish(of, mine, place, found);
            } catch (Throwable e) {
                run.failed(e);
            } finally {
                slots.release();
                run.closed();
            }
        });
        return !run.hasEnough();
    }

    private void finish(Listings of, Turn mine, RowSink.Order place, List<@Nullable Object[]> found) {
        try {
            List<@Nullable Object[]> complete = of.complete(found);
            if (inOrder) {
                mine.await();
            }
            run.deliver(of, place, complete);
        } finally {
            mine.end();
        }
    }

    void end() {
        Turn before = last;
        if (before == null) {
            // Without a page it still has its place in the queue.
            whole.endInTurn();
        } else {
            whole.endAfter(before);
        }
    }
}
