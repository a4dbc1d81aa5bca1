package dev.muster.core.internal;

import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a list by offset. Each page begins with the last row of the one before: where that is another row, something came or
 * went in between, and everything is read again. Hence every row that is there all the time arrives, as long as the list keeps
 * its order. The last page asked for has room for a row more than was announced, so that a total that is too small shows.
 */
final class OffsetWalk {
    private final Pages pages;
    private final ListRequest list;
    private final Paging.Offset paging;
    private final int ahead;

    /** What one pass has seen. */
    private static final class Seen {
        private long first;
        private long last;
        private long rows;
        private long twice;
        private boolean broken;
    }

    /**
     * @param ahead pages asked for before the oldest of them is used; 1 for one after another
     */
    OffsetWalk(Pages pages, ListRequest list, Paging.Offset paging, int ahead) {
        this.pages = pages;
        this.list = list;
        this.paging = paging;
        this.ahead = ahead;
    }

    void walk() {
        pages.readUntilStill(this::pass);
    }

    private Pending<PageReader.Read<@Nullable Object[]>> ask(long offset, int limit) {
        return pages.ask(PageStep.at(list.request(), paging, offset, limit));
    }

    private @Nullable String pass() {
        PageReader.Read<@Nullable Object[]> first = ask(0, paging.size()).join();
        Seen seen = new Seen();
        int got = first.rows().size();
        seen.first = total(first);
        seen.last = seen.first;
        seen.rows = got;
        if (got == 0 && seen.first > 0) {
            throw lost(seen);
        }
        // A server may cap the page size below what was asked for, or take no notice of it: its own size then counts.
        int size = got == 0 || (got < paging.size() && got == seen.first) ? paging.size() : got;
        int stride = Math.max(1, size - 1);
        long wanted = Math.min(seen.first, pages.most() == Long.MAX_VALUE ? Long.MAX_VALUE : pages.most() - 1);
        boolean everything = got == 0 || (got > paging.size() && got >= seen.first);
        long further = everything || size > wanted ? 0 : Math.ceilDiv(wanted + 1 - size, stride);
        pages.answered(first, (int) further);
        Deque<Pending<PageReader.Read<@Nullable Object[]>>> coming = new ArrayDeque<>();
        long asked = 0;
        for (; asked < Math.min(ahead, further); asked++) {
            coming.add(ask((asked + 1) * stride, size));
        }
        seen.twice += pages.give(first.rows());
        List<@Nullable Object[]> before = first.rows();
        for (long page = 1; page <= further; page++) {
            PageReader.Read<@Nullable Object[]> read = join(coming.remove());
            if (asked < further) {
                asked++;
                coming.add(ask(asked * stride, size));
            }
            if (read == null) {
                before = List.of();
                continue;
            }
            pages.answered(read, 0);
            before = take(read, before, page * stride, size, seen);
        }
        long end = further * stride + before.size();
        while (!everything && before.size() == size && pages.lost().isEmpty() && size > 1 && end > seen.last) {
            // More came than was announced: on, until there is no more.
            long offset = end - 1;
            PageReader.Read<@Nullable Object[]> read = join(ask(offset, size));
            if (read == null) {
                break;
            }
            pages.answered(read, 0);
            before = take(read, before, offset, size, seen);
            end = offset + before.size();
        }
        return outcome(seen, size);
    }

    /** Waits for a page; null where it was lost: the other pages stand, and the table is told to be partial. */
    private PageReader.@Nullable Read<@Nullable Object[]> join(Pending<PageReader.Read<@Nullable Object[]>> coming) {
        try {
            return coming.join();
        } catch (MusterException e) {
            pages.lose(e);
            return null;
        }
    }

    /** Takes a page that begins with the last row of the one before, and asks for what it lacks. */
    private List<@Nullable Object[]> take(
            PageReader.Read<@Nullable Object[]> read,
            List<@Nullable Object[]> before,
            long offset,
            int size,
            Seen seen) {
        List<@Nullable Object[]> rows = read.rows();
        seen.last = total(read);
        while (rows.size() < size && offset + rows.size() < seen.last) {
            PageReader.Read<@Nullable Object[]> rest = join(ask(offset + rows.size(), size - rows.size()));
            if (rest == null) {
                break;
            }
            pages.answered(rest, 0);
            if (rest.rows().isEmpty()) {
                break;
            }
            rows = new ArrayList<>(rows);
            rows.addAll(rest.rows());
            seen.last = total(rest);
        }
        seen.broken |= seen.last != seen.first;
        List<@Nullable Object[]> fresh = rows;
        if (size > 1 && before.size() == size) {
            boolean same = !rows.isEmpty() && !pages.differ(before.getLast(), rows.getFirst());
            seen.broken |= !same;
            fresh = same ? rows.subList(1, rows.size()) : rows;
        }
        seen.rows += fresh.size();
        seen.twice += pages.give(fresh);
        return rows;
    }

    private @Nullable String outcome(Seen seen, int size) {
        if (!pages.lost().isEmpty()) {
            return null;
        }
        if (seen.broken || seen.twice > 0) {
            return seen.first + " rows announced first, " + seen.last + " last, " + seen.rows + " arrived"
                    + (seen.twice > 0 ? ", " + seen.twice + " of them twice" : "")
                    + (size == 1 ? "; pages of one row cannot be held against each other" : "");
        }
        if (seen.rows < seen.first) {
            throw lost(seen);
        }
        return null;
    }

    private static long total(PageReader.Read<?> read) {
        Long total = read.total();
        return total == null ? read.rows().size() : total;
    }

    private static MusterException lost(Seen seen) {
        return new MusterException.Undecodable(
                null, "the list announces " + seen.first + " rows, and " + seen.rows + " arrived", null);
    }
}
