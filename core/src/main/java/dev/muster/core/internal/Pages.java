package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk over the pages of a list, by whatever paging it has: what is asked, who takes the rows, which were there before.
 * A list that moved while it was read, so that rows may have been passed over, is read again, and rows met before are not
 * handed over twice. Belongs to one walk.
 */
final class Pages {
    /** How often a list that keeps moving is read before that is told. */
    private static final int PASSES = 3;

    private final Asker asker;
    private final Sink sink;
    private final Told told;
    private final @Nullable Keys keys;
    private final long most;
    private final String what;
    private final List<MusterException> lost = new ArrayList<>();
    private Predicate<MusterException> ends = failure -> false;
    private int page;
    private long given;

    /** Sends a request for a page. */
    interface Asker {
        Pending<PageReader.Read<@Nullable Object[]>> ask(ApiRequest request);
    }

    /** Takes the rows of a page, with the page's number from 0; false where it wants no more. */
    interface Sink {
        boolean take(int page, List<@Nullable Object[]> rows);
    }

    /** Told of each answer. */
    interface Told {
        /**
         * An answer came.
         *
         * @param further requests that it made known
         */
        void answered(PageReader.Read<?> read, int further);
    }

    /** The sink wants no more. */
    static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Enough() {
            super("enough", null, false, false);
        }
    }

    /**
     * @param keys finds rows that come twice; null where there is one page only
     * @param most rows that are wanted
     * @param what is listed, for messages
     */
    Pages(Asker asker, Sink sink, Told told, @Nullable Keys keys, long most, String what) {
        this.asker = asker;
        this.sink = sink;
        this.told = told;
        this.keys = keys;
        this.most = most;
        this.what = what;
    }

    /** The walk ends at the first page that is lost by such a failure; by any other, the other pages stand. */
    void endAt(Predicate<MusterException> failure) {
        ends = failure;
    }

    /** A page did not come. */
    synchronized void lose(MusterException why) {
        lost.add(why);
        if (ends.test(why)) {
            throw new Enough();
        }
    }

    /** Why pages did not come, each of them. */
    synchronized List<MusterException> lost() {
        return List.copyOf(lost);
    }

    /** One pass over a list: answers how it moved meanwhile, or null where it held still. */
    interface Pass {
        @Nullable
        String read();
    }

    /** Reads until a pass saw nothing move. */
    void readUntilStill(Pass pass) {
        for (int i = 1; ; i++) {
            String moved = pass.read();
            if (moved == null) {
                return;
            }
            if (i == PASSES || keys == null) {
                throw new MusterException.Undecodable(
                        null,
                        "the list changed while it was read, " + i + " times over: " + moved
                                + "; rows may be missing, take it again",
                        null);
            }
            keys.nextPass();
        }
    }

    Pending<PageReader.Read<@Nullable Object[]>> ask(ApiRequest request) {
        return asker.ask(request);
    }

    void answered(PageReader.Read<?> read, int further) {
        told.answered(read, further);
    }

    /** How many rows are wanted at most. */
    long most() {
        return most;
    }

    String what() {
        return what;
    }

    /** Whether two rows have the same key; rows whose keys are unknown are not compared. */
    boolean differ(@Nullable Object[] one, @Nullable Object[] other) {
        return keys != null && keys.hash(one) != 0 && keys.hash(other) != 0 && keys.hash(one) != keys.hash(other);
    }

    /**
     * Hands over those rows that were not met before.
     *
     * @return how many of them came twice in this pass
     * @throws Enough if no more are wanted
     */
    int give(List<@Nullable Object[]> rows) {
        return give(rows, page);
    }

    /** The same at a place of its own, for walks that have several pages at a time. */
    synchronized int give(List<@Nullable Object[]> rows, int place) {
        int twice = 0;
        List<@Nullable Object[]> fresh = rows;
        if (keys != null) {
            fresh = new ArrayList<>(rows.size());
            for (@Nullable Object[] row : rows) {
                Keys.Met met = keys.meet(row);
                if (met == Keys.Met.NEW) {
                    fresh.add(row);
                } else if (met == Keys.Met.IN_THIS_PASS) {
                    twice++;
                }
            }
        }
        if (given + fresh.size() > most) {
            fresh = fresh.subList(0, (int) (most - given));
        }
        given += fresh.size();
        // An empty page is handed over too where it is the first: it says that there is nothing.
        boolean wanted = (fresh.isEmpty() && page > 0) || sink.take(place, fresh);
        page++;
        if (!wanted || given >= most) {
            throw new Enough();
        }
        return twice;
    }

    synchronized long given() {
        return given;
    }
}
