package dev.muster.core.internal;

import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks ranges of keys at once, each on a thread of its own. Wherever the ranges are parted, each key is in exactly one. Where
 * the rows shall come in the order of their keys, a range waits for those before it with a page in hand and one under way.
 */
final class RangeWalk {
    /** More pages than any range has: places of a range lie between those of its neighbours. */
    private static final int PLACES = 1 << 22;

    private final Pages pages;
    private final ListRequest list;
    private final Paging.KeyRange paging;
    private final Function<@Nullable Object[], @Nullable String> key;
    private final Comparator<String> order;
    private final boolean inOrder;
    private volatile @Nullable RuntimeException ended;

    /**
     * @param key gives the text of a row's key
     * @param order of the keys
     * @param inOrder whether rows are handed over in that order, or as they arrive
     */
    RangeWalk(
            Pages pages,
            ListRequest list,
            Paging.KeyRange paging,
            Function<@Nullable Object[], @Nullable String> key,
            Comparator<String> order,
            boolean inOrder) {
        this.pages = pages;
        this.list = list;
        this.paging = paging;
        this.key = key;
        this.order = order;
        this.inOrder = inOrder;
    }

    /** By code point, as UTF-8 sorts; numbers by size. */
    static Comparator<String> order(boolean numbers) {
        return numbers ? Comparator.comparing(Long::valueOf) : RangeWalk::byCodePoint;
    }

    static int byCodePoint(String one, String other) {
        int both = Math.min(one.length(), other.length());
        for (int i = 0; i < both; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // Halves of a code point above all others stand below some of them in UTF-16.
                boolean half = Character.isSurrogate(a);
                return half == Character.isSurrogate(b) ? Character.compare(a, b) : half ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    /**
     * Walks.
     *
     * @param splits where one range ends and the next begins, in order; none for one range
     */
    void walk(List<String> splits) {
        List<Range> ranges = new ArrayList<>();
        String from = null;
        CountDownLatch before = new CountDownLatch(0);
        for (String split : splits) {
            if (from == null || order.compare(from, split) < 0) {
                ranges.add(new Range(ranges.size(), from, split, before));
                before = ranges.getLast().done;
                from = split;
            }
        }
        ranges.add(new Range(ranges.size(), from, null, before));
        ranges.subList(1, ranges.size()).forEach(Task.THREADS::execute);
        ranges.getFirst().run();
        for (Range range : ranges) {
            await(range.done);
        }
        RuntimeException why = ended;
        if (why != null) {
            throw why;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting");
        }
    }

    /** Keys behind one and up to another. */
    private final class Range implements Runnable {
        private final int index;
        private final @Nullable String from;
        private final @Nullable String to;
        private final CountDownLatch before;
        private final CountDownLatch done = new CountDownLatch(1);

        Range(int index, @Nullable String from, @Nullable String to, CountDownLatch before) {
            this.index = index;
            this.from = from;
            this.to = to;
            this.before = before;
        }

        @Override
        public void run() {
            try {
                read();
            } catch (MusterException e) {
                lose(e);
            } catch (Throwable e) {
                // The other ranges stand, unless no more rows are wanted. Errors too: nobody else sees them on this
                // thread.
                ended = ended == null || e instanceof Pages.Enough ? Task.unwrap(e) : ended;
            } finally {
                done.countDown();
            }
        }

        private void lose(MusterException e) {
            try {
                pages.lose(e);
            } catch (Pages.Enough enough) {
                ended = enough;
            }
        }

        private void read() {
            String last = from;
            Pending<PageReader.Read<@Nullable Object[]>> coming = ask(from);
            for (int page = 0; ; page++) {
                PageReader.Read<@Nullable Object[]> read = coming.join();
                List<@Nullable Object[]> rows = read.rows();
                int mine = 0;
                boolean beyond = false;
                for (; mine < rows.size(); mine++) {
                    String here = key.apply(rows.get(mine));
                    if (here == null) {
                        throw new MusterException.Undecodable(null, "a row has no key to go on from", null);
                    }
                    if (to != null && order.compare(here, to) > 0) {
                        beyond = true;
                        break;
                    }
                    if (last != null && order.compare(last, here) >= 0) {
                        throw new MusterException.Undecodable(
                                null,
                                "the rows are not in the order of their keys: '" + here + "' follows '" + last + "'",
                                null);
                    }
                    last = here;
                }
                boolean atEnd = last != null && last.equals(to);
                boolean over = rows.isEmpty() || beyond || atEnd || ended instanceof Pages.Enough;
                pages.answered(read, over ? 0 : 1);
                if (!over) {
                    coming = ask(last);
                }
                if (inOrder) {
                    await(before);
                }
                if (mine > 0 || (index == 0 && page == 0)) {
                    pages.give(rows.subList(0, mine), index * PLACES + page);
                }
                if (over) {
                    return;
                }
            }
        }

        private Pending<PageReader.Read<@Nullable Object[]>> ask(@Nullable String after) {
            ListRequest asked = after == null ? list : list.query(paging.after(), after);
            return pages.ask(asked.request().query(paging.limit(), paging.size()));
        }
    }
}
