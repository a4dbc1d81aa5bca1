package dev.muster.core;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an inventory as something to go through, batch by batch; close it to give up before the end. Belongs to the
 * thread that goes through it.
 *
 * {@snippet :
 * try (RowStream rows = inventory.inOrder().stream()) {
 *     rows.forEachRemaining(batch -> batch.rows().forEach(...));
 *     check(rows.report());
 * }
 * }
 */
public final class RowStream implements Iterator<RowSink.Batch>, AutoCloseable {
    /** Batches that wait to be taken. */
    private static final int WAITING = 8;

    private static final RowSink.Batch END = new RowSink.Batch(
            "", Tenancy.NONE, endTable(), new RowSink.Order(java.util.List.of()), java.util.List.of());

    private final BlockingQueue<RowSink.Batch> queue = new ArrayBlockingQueue<>(WAITING);
    private final InventoryRun run;
    private volatile boolean closed;
    private RowSink.@Nullable Batch next;

    private static Table endTable() {
        return Table.named("end", "Nothing.")
                .list(ListRequest.get("", "/"))
                .key("id", ColumnType.TEXT, "None.")
                .build();
    }

    RowStream(Function<RowSink, InventoryRun> start) {
        this.run = start.apply(this::put);
        run.whenDone(() -> put(END));
    }

    private void put(RowSink.Batch batch) {
        try {
            while (!closed && !queue.offer(batch, 1, java.util.concurrent.TimeUnit.SECONDS)) {
                // Whoever takes them is slow, or has gone and will say so.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether there is another batch; waits until that is known.
     *
     * @throws CancellationException if the waiting thread is interrupted; the run is then cancelled
     */
    @Override
    public boolean hasNext() {
        if (next == null) {
            try {
                next = closed ? END : queue.take();
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw (CancellationException) new CancellationException("interrupted while waiting").initCause(e);
            }
        }
        return next.table() != END.table();
    }

    @Override
    public RowSink.Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("there are no more rows");
        }
        RowSink.Batch batch = java.util.Objects.requireNonNull(next);
        next = null;
        return batch;
    }

    /** What is under way. */
    public InventoryRun run() {
        return run;
    }

    /** What became of it; waits for the end, which comes when all rows have been taken. */
    public InventoryReport report() {
        return run.join();
    }

    /** Gives up what is not finished; nothing where everything is. */
    @Override
    public void close() {
        closed = true;
        run.cancel();
        queue.clear();
    }
}
