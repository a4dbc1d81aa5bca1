package dev.muster.core;

import java.util.List;

/** Chooses how a table is fetched. Pure: the same facts give the same plan, and nothing is sent. */
public final class Planner {

    /** How the choice is made. */
    public enum Wish {
        /** As fast as the table's facts allow. */
        AUTO,
        /** Pages one after another, even where they could be asked for at once. */
        SEQUENTIAL
    }

    private final Wish wish;

    public Planner(Wish wish) {
        this.wish = wish;
    }

    /**
     * The plan for a table.
     *
     * @param columns those wanted; calls that only others need are left out
     */
    public FetchPlan plan(Table table, List<Column> columns) {
        FetchPlan list = list(table.list());
        Table parent = table.parent();
        FetchPlan rows = parent == null ? list : new FetchPlan.FanOut(plan(parent, keyColumns(parent)), list);
        List<ApiRequest> details = columns.stream()
                .map(Column::origin)
                .filter(Column.ByCall.class::isInstance)
                .map(origin -> ((Column.ByCall) origin).request())
                .distinct()
                .toList();
        return details.isEmpty() ? rows : new FetchPlan.TwoStage(rows, details);
    }

    private FetchPlan list(ListRequest list) {
        return switch (list.paging()) {
            case Paging.Single single -> new FetchPlan.Single(list);
            case Paging.Offset offset when wish == Wish.AUTO -> new FetchPlan.ParallelPages(list, offset);
            case Paging.Offset offset -> new FetchPlan.Sequential(list);
            case Paging.PageNumber number -> new FetchPlan.Sequential(list);
            case Paging.Marker marker -> new FetchPlan.Sequential(list);
            case Paging.NextLink link -> new FetchPlan.Sequential(list);
        };
    }

    private static List<Column> keyColumns(Table table) {
        return table.key().stream().map(table::column).toList();
    }
}
