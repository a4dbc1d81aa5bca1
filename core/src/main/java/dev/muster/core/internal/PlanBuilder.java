package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Column;
import dev.muster.core.Condition;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchPlan.Way;
import dev.muster.core.ListRequest;
import dev.muster.core.Narrowing;
import dev.muster.core.Order;
import dev.muster.core.Paging;
import dev.muster.core.Relation;
import dev.muster.core.ServerFilter;
import dev.muster.core.ServerOrder;
import dev.muster.core.Table;
import dev.muster.core.Table.Brief;
import dev.muster.core.Table.Get;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Builds the tree for one choice. */
public final class PlanBuilder {
    private final Wanted wanted;
    private final Choice choice;
    private final Function<Table, FetchPlan> parents;
    private final Function<Relation, FetchPlan> others;
    private final Function<String, List<String>> splits;

    /**
     * A tree and the columns as it reads them.
     *
     * @param read each with the origin that it has in this plan
     */
    public record Built(FetchPlan plan, List<Column> read) {}

    /**
     * @param parents the plan for the rows of a parent
     * @param others the plan that resolves a relation
     * @param splits keys that part the listing of an operation
     */
    public PlanBuilder(
            Wanted wanted,
            Choice choice,
            Function<Table, FetchPlan> parents,
            Function<Relation, FetchPlan> others,
            Function<String, List<String>> splits) {
        this.wanted = wanted;
        this.choice = choice;
        this.parents = parents;
        this.others = others;
        this.splits = splits;
    }

    public Built build() {
        List<Column> read = wanted.read().stream().map(this::read).toList();
        List<Condition> asked = new ArrayList<>();
        FetchPlan plan = rows(asked);
        List<ApiRequest> details = read.stream()
                .map(Column::origin)
                .filter(Column.ByCall.class::isInstance)
                .map(origin -> ((Column.ByCall) origin).request())
                .distinct()
                .toList();
        List<Condition> here = wanted.conditions(false);
        Set<String> called = new LinkedHashSet<>();
        read.stream().filter(c -> c.origin() instanceof Column.ByCall).forEach(c -> called.add(c.name()));
        // What can be told before the calls for details saves them.
        List<Condition> early =
                here.stream().filter(c -> !called.contains(c.column())).toList();
        List<Condition> late =
                here.stream().filter(c -> called.contains(c.column())).toList();
        plan = filtered(plan, asked, early);
        plan = details.isEmpty() ? plan : new FetchPlan.TwoStage(plan, details);
        plan = filtered(plan, List.of(), late);
        for (Relation relation : wanted.relations()) {
            Way way = Objects.requireNonNull(choice.joins().get(relation.name()));
            plan = new FetchPlan.Joined(plan, relation, others.apply(relation), way);
        }
        plan = filtered(plan, List.of(), wanted.conditions(true));
        if (!wanted.query().order().isEmpty()) {
            plan = new FetchPlan.Sorted(plan, wanted.query().order(), serverSorts());
        }
        long limit = wanted.query().limit();
        return new Built(limit == Long.MAX_VALUE ? plan : new FetchPlan.Limited(plan, limit), read);
    }

    private static FetchPlan filtered(FetchPlan rows, List<Condition> asked, List<Condition> checked) {
        return checked.isEmpty() ? rows : new FetchPlan.Filtered(rows, asked, checked);
    }

    /** The column with the origin that this choice gives it. */
    private Column read(Column column) {
        Brief brief = wanted.table().brief();
        Get get = wanted.table().get();
        return switch (column.origin()) {
            case Column.InRow(String pointer)
            when choice.rows() == Choice.Rows.TWO_STAGE
                    && brief != null
                    && get != null
                    && !brief.columns().contains(column.name()) ->
                from(column, new Column.ByCall(get.request(), get.pointer() + pointer, null));
            case Column.ByCall call
            when choice.inline() && call.inline() != null ->
                from(column, new Column.InRow(call.inline().pointer()));
            default -> column;
        };
    }

    private static Column from(Column column, Column.Origin origin) {
        return new Column(column.name(), column.type(), column.description(), origin);
    }

    private FetchPlan rows(List<Condition> asked) {
        Table table = wanted.table();
        if (choice.rows() == Choice.Rows.LOOKUP) {
            Get get = Objects.requireNonNull(table.get());
            table.key()
                    .forEach(k -> wanted.query().where().stream()
                            .filter(c -> c.column().equals(k) && c.fixes())
                            .findFirst()
                            .ifPresent(asked::add));
            return new FetchPlan.Lookup(get.request(), get.pointer(), keys());
        }
        Brief brief = table.brief();
        ListRequest list = choice.rows() == Choice.Rows.LIST || brief == null ? table.list() : brief.list();
        FetchPlan leaf = listed(list, asked);
        Table parent = table.parent();
        if (parent == null) {
            return leaf;
        }
        String column = table.key().getFirst();
        List<String> fixed = wanted.fixed(column);
        return new FetchPlan.FanOut(fixed == null ? parents.apply(parent) : new FetchPlan.Given(column, fixed), leaf);
    }

    /** Every combination of the values that the conditions fix for the columns of the key. */
    private List<Map<String, String>> keys() {
        List<Map<String, String>> keys = List.of(Map.of());
        for (String column : wanted.table().key()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> key : keys) {
                for (String value : Objects.requireNonNull(wanted.fixed(column))) {
                    Map<String, String> one = new HashMap<>(key);
                    one.put(column, value);
                    longer.add(one);
                }
            }
            keys = longer;
        }
        return keys;
    }

    private FetchPlan listed(ListRequest list, List<Condition> asked) {
        StringBuilder operation = new StringBuilder(list.toString());
        Map<String, List<String>> parts = new LinkedHashMap<>();
        if (choice.inline()) {
            boolean told = wanted.table().narrowing() != null;
            for (Column column : wanted.read()) {
                if (!(column.origin() instanceof Column.ByCall(var r, var p, Column.Inline inline)) || inline == null) {
                    continue;
                }
                if (told) {
                    // Who tells the list which columns are wanted tells it of this one as well.
                    operation.append(" with ").append(column.name());
                } else {
                    part(parts, inline.parameter(), inline.value());
                }
            }
        }
        choice.parts().forEach(part -> part(parts, part.getKey(), part.getValue()));
        ListRequest request = list;
        for (Map.Entry<String, List<String>> part : parts.entrySet()) {
            String values = String.join(",", part.getValue());
            request = request.query(part.getKey(), values);
            operation.append(' ').append(part.getKey()).append('=').append(values);
        }
        request = narrowed(push(request, asked, operation), asked, operation);
        if (serverSorts()) {
            for (Order order : wanted.query().order()) {
                ServerOrder how = Objects.requireNonNull(wanted.table().orders().get(order.column()));
                request = request.query(how.parameter(), how.name())
                        .query(how.direction(), order.descending() ? "desc" : "asc");
                operation.append(" by ").append(order);
            }
        }
        return paged(request, operation.toString());
    }

    /** Whether the rows come in the order that is wanted, the list being one and the server being able to sort it so. */
    private boolean serverSorts() {
        Table table = wanted.table();
        return choice.rows() != Choice.Rows.LOOKUP
                && !wanted.query().order().isEmpty()
                && table.parent() == null
                && !(table.list().paging() instanceof Paging.KeyRange)
                && wanted.query().order().stream().allMatch(o -> table.orders().containsKey(o.column()));
    }

    private static void part(Map<String, List<String>> parts, String parameter, String value) {
        List<String> values = parts.computeIfAbsent(parameter, p -> new ArrayList<>());
        if (!values.contains(value)) {
            values.add(value);
        }
    }

    private ListRequest push(ListRequest list, List<Condition> asked, StringBuilder operation) {
        ListRequest request = list;
        Map<String, List<String>> terms = new LinkedHashMap<>();
        for (Condition condition : wanted.query().where()) {
            ServerFilter filter = wanted.table().filters().get(condition.column());
            if (filter == null
                    || !condition.fixes()
                    || !filter.takes(condition.values())
                    || asked.stream().anyMatch(a -> a.column().equals(condition.column()))) {
                continue;
            }
            asked.add(condition);
            operation.append(asked.size() == 1 ? " where " : ",").append(condition.column());
            switch (filter) {
                case ServerFilter.Parameter(String parameter, int most) -> {
                    for (String value : condition.values()) {
                        request = request.query(parameter, value);
                    }
                }
                case ServerFilter.Term term ->
                    terms.computeIfAbsent(term.parameter(), p -> new ArrayList<>())
                            .add(term.form().replace("%s", condition.values().getFirst()));
            }
        }
        for (Map.Entry<String, List<String>> term : terms.entrySet()) {
            String expression = String.join(" and ", term.getValue());
            request =
                    request.paging() instanceof Paging.PageNumber p && p.page().equals(term.getKey())
                            ? request.paging(
                                    new Paging.PageNumber(p.page(), expression + ' ' + p.before(), p.limit(), p.size()))
                            : request.query(term.getKey(), expression);
        }
        return request;
    }

    private ListRequest narrowed(ListRequest list, List<Condition> asked, StringBuilder operation) {
        Narrowing narrowing = wanted.table().narrowing();
        if (narrowing == null) {
            return list;
        }
        List<Condition> taken = new ArrayList<>();
        for (Condition condition : wanted.conditions(false)) {
            if (!asked.contains(condition) && narrowing.takes(condition, taken)) {
                taken.add(condition);
                asked.add(condition);
                operation.append(asked.size() == 1 ? " where " : ",").append(condition.column());
            }
        }
        List<Column> shown = wanted.read().stream()
                .filter(column -> read(column).origin() instanceof Column.InRow)
                .toList();
        return narrowing.narrowed(list, shown, taken);
    }

    private FetchPlan paged(ListRequest list, String operation) {
        ListRequest sized = list.paging(sized(list.paging()));
        return switch (sized.paging()) {
            case Paging.Single p -> new FetchPlan.Single(sized, operation);
            case Paging.Offset p when choice.parallel() -> new FetchPlan.ParallelPages(sized, operation, p);
            case Paging.KeyRange p
            when choice.parallel() && !splits.apply(operation).isEmpty() ->
                new FetchPlan.Ranges(sized, operation, splits.apply(operation));
            default -> new FetchPlan.Sequential(sized, operation);
        };
    }

    /** No more rows are asked for than are wanted, where every row counts. */
    private Paging sized(Paging paging) {
        boolean sorts = !wanted.query().order().isEmpty() && !serverSorts();
        long limit = wanted.query().where().isEmpty() && wanted.table().parent() == null && !sorts
                ? wanted.query().limit()
                : Long.MAX_VALUE;
        return switch (paging) {
            case Paging.Single p -> p;
            case Paging.Offset p -> new Paging.Offset(p.offset(), p.limit(), size(p.size(), limit), p.total());
            case Paging.PageNumber p -> new Paging.PageNumber(p.page(), p.before(), p.limit(), size(p.size(), limit));
            case Paging.Marker p -> new Paging.Marker(p.marker(), p.limit(), size(p.size(), limit));
            case Paging.NextLink p -> new Paging.NextLink(p.link(), p.limit(), size(p.size(), limit));
            case Paging.KeyRange p -> new Paging.KeyRange(p.after(), p.limit(), size(p.size(), limit));
        };
    }

    private int size(int declared, long limit) {
        int chosen = choice.size() == 0 ? declared : Math.min(declared, choice.size());
        return (int) Math.max(1, Math.min(chosen, limit));
    }

    /** Whether a lookup by key can answer the query. */
    static boolean canLookUp(Wanted wanted) {
        return wanted.table().get() != null && wanted.table().key().stream().allMatch(key -> wanted.fixed(key) != null);
    }

    /** Whether one list can be asked for all the rows that several lookups would bring. */
    static boolean canFilterByKey(Wanted wanted) {
        List<String> key = wanted.table().key();
        ServerFilter filter = wanted.table().filters().get(key.getFirst());
        List<String> values = wanted.fixed(key.getFirst());
        return key.size() == 1 && filter != null && values != null && values.size() > 1 && filter.takes(values);
    }

    /** How a relation's rows can be asked for by their value; empty where only the whole table can be fetched. */
    static List<Way> ways(Relation relation, Table other) {
        List<Way> ways = new ArrayList<>(List.of(Way.WHOLE));
        ServerFilter filter = other.filters().get(relation.other());
        if (filter != null && filter.room() > 1) {
            ways.add(Way.BATCH);
        }
        boolean key = other.get() != null && other.key().equals(List.of(relation.other()));
        boolean ofParent = other.parent() != null && other.key().getFirst().equals(relation.other());
        if (filter != null || key || ofParent) {
            ways.add(Way.EACH);
        }
        return ways;
    }
}
