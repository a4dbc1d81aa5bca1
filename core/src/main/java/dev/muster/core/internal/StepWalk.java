package dev.muster.core.internal;

import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Walks a list whose pages can only be asked for one after another, the next one under way while one is being used. Three
 * pages in a row with nothing new are a circle.
 */
final class StepWalk {
    private static final int CIRCLE = 3;

    private final Pages pages;
    private final ListRequest list;
    private final Function<@Nullable Object[], @Nullable String> key;

    /**
     * @param key gives the text to go on from
     */
    StepWalk(Pages pages, ListRequest list, Function<@Nullable Object[], @Nullable String> key) {
        this.pages = pages;
        this.list = list;
        this.key = key;
    }

    void walk() {
        pages.readUntilStill(this::pass);
    }

    private @Nullable String pass() {
        PageStep step = PageStep.first(list);
        Pending<PageReader.Read<@Nullable Object[]>> coming = pages.ask(step.request());
        long twice = 0;
        int nothingNew = 0;
        while (true) {
            PageReader.Read<@Nullable Object[]> read = coming.join();
            List<@Nullable Object[]> rows = read.rows();
            PageStep next = step.after(read, rows.isEmpty() ? null : key.apply(rows.getLast()));
            // The next page is of no use where this one holds all that is wanted.
            boolean last = next == null || pages.given() + rows.size() >= pages.most();
            pages.answered(read, last ? 0 : 1);
            if (next != null && !last) {
                coming = pages.ask(next.request());
            }
            int repeated;
            try {
                repeated = pages.give(rows);
            } catch (Pages.Enough e) {
                if (next != null && !last) {
                    coming.cancel();
                }
                throw e;
            }
            twice += repeated;
            nothingNew = repeated > 0 && repeated == rows.size() ? nothingNew + 1 : 0;
            if (nothingNew == CIRCLE) {
                throw new MusterException.Undecodable(
                        null, "the pages lead in a circle: page " + (step.index() + 1) + " was there before", null);
            }
            if (next == null) {
                return twice == 0 ? null : twice + (twice == 1 ? " row came twice" : " rows came twice");
            }
            if (last) {
                coming = pages.ask(next.request());
            }
            step = next;
        }
    }
}
