package dev.muster.core;

import dev.muster.core.internal.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A list operation: a call for the whole list, which can also be walked while its pages arrive. While one page is being
 * used, the next is already on its way. Immutable and thread-safe; each walk asks anew.
 */
public interface Listing<T> extends Call<List<T>> {

    /** The first page. */
    Call<Page<T>> pages();

    /**
     * Some rows, and how to get the following.
     *
     * @param rows may be empty, even where a next page exists
     * @param next null on the last page
     */
    record Page<T>(List<T> rows, @Nullable Call<Page<T>> next) {}

    /** The whole list at once. */
    @Override
    default Pending<List<T>> start() {
        Task<List<T>> whole = new Task<>();
        collect(pages(), new ArrayList<>(), whole);
        return whole;
    }

    private static <T> void collect(Call<Page<T>> call, List<T> rows, Task<List<T>> whole) {
        Pending<Page<T>> pending;
        try {
            pending = call.start();
        } catch (Throwable e) {
            whole.completeExceptionally(e);
            return;
        }
        whole.onCancel(pending::cancel);
        pending.whenComplete((page, failure) -> {
            if (failure != null) {
                whole.completeExceptionally(Task.unwrap(failure));
                return;
            }
            rows.addAll(page.rows());
            if (page.next() == null) {
                whole.complete(rows);
            } else if (!whole.isDone()) {
                collect(page.next(), rows, whole);
            }
        });
    }

    /** The rows as their pages arrive; close it to give up before the end. Blocks the thread that reads it. */
    default Stream<T> stream() {
        Walk<T> walk = new Walk<>(pages());
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(walk, Spliterator.ORDERED | Spliterator.NONNULL), false)
                .onClose(walk::close);
    }

    /** Hands over the rows as their pages arrive. Blocks until the last one. */
    default void forEach(Consumer<? super T> action) {
        try (Stream<T> rows = stream()) {
            rows.forEach(action);
        }
    }

    /** The rows for a reactive library. Each subscription asks anew, and only as far as its demand reaches. */
    default Flow.Publisher<T> publisher() {
        return new dev.muster.core.internal.ListingPublisher<>(this);
    }

    /** Walks pages, one ahead. Not thread-safe but for {@link #close}, which ends the waiting for a page. */
    final class Walk<T> implements java.util.Iterator<T>, AutoCloseable {
        private volatile @Nullable Pending<Page<T>> coming;
        private volatile boolean closed;
        private List<T> rows = List.of();
        private int next;

        Walk(Call<Page<T>> first) {
            coming = first.start();
        }

        @Override
        public boolean hasNext() {
            while (next == rows.size()) {
                Pending<Page<T>> awaited = coming;
                if (awaited == null || closed) {
                    return false;
                }
                Page<T> page = awaited.join();
                coming = page.next() == null ? null : page.next().start();
                rows = page.rows();
                next = 0;
                if (closed) {
                    // Meanwhile, when the page now under way was not.
                    close();
                }
            }
            return true;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the listing has no more rows");
            }
            return rows.get(next++);
        }

        @Override
        public void close() {
            closed = true;
            Pending<Page<T>> underWay = coming;
            if (underWay != null) {
                underWay.cancel();
            }
        }
    }
}
