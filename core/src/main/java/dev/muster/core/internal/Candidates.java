package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.Condition;
import dev.muster.core.FetchPlan.Way;
import dev.muster.core.Measured;
import dev.muster.core.Paging;
import dev.muster.core.Planner.Wish;
import dev.muster.core.Query;
import dev.muster.core.Relation;
import dev.muster.core.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Every choice that a table leaves for a query, less those that the caller's wishes rule out. */
public final class Candidates {
    private static final int SMALLEST_PAGE = 20;

    private Candidates() {}

    /** Which sizes of pages are considered. */
    public enum Sizes {
        /** What the table says. */
        DECLARED,
        /** Smaller ones too where pages are asked for at once: answers that hold less come sooner. */
        SMALLER_AT_ONCE,
        /** Smaller ones too, as the server may not be able to answer larger ones. */
        SMALLER
    }

    /**
     * All of them.
     *
     * @param sizes whether smaller pages than the table's are among them
     */
    public static List<Choice> of(
            Wanted wanted, Map<String, Table> tables, Set<Wish> wishes, Sizes sizes, Measured measured) {
        List<Choice> choices = new ArrayList<>();
        for (Choice.Rows rows : rows(wanted, wishes, measured)) {
            for (boolean inline : inline(wanted, rows, wishes)) {
                for (Choice paged : paging(wanted, rows, inline, wishes, sizes, measured)) {
                    choices.addAll(joins(wanted, paged, tables, wishes));
                }
            }
        }
        return choices;
    }

    /** The one that lets the parent's list hold rows of other tables. */
    public static Choice holding(
            Wanted wanted,
            Map<String, Table> tables,
            Set<Wish> wishes,
            Measured measured,
            List<Map.Entry<String, String>> parts) {
        boolean inline = inline(wanted, Choice.Rows.LIST, wishes).getLast();
        Choice paged = paging(wanted, Choice.Rows.LIST, inline, wishes, Sizes.DECLARED, measured)
                .getFirst();
        Choice joined = joins(wanted, paged, tables, wishes).getFirst();
        return new Choice(joined.rows(), inline, joined.parallel(), joined.size(), joined.joins(), parts);
    }

    public static String way(Choice choice) {
        return choice.way();
    }

    private static List<Choice.Rows> rows(Wanted wanted, Set<Wish> wishes, Measured measured) {
        if (PlanBuilder.canLookUp(wanted)) {
            boolean single = wanted.table().key().stream()
                    .allMatch(key -> Objects.requireNonNull(wanted.fixed(key)).size() == 1);
            // A list whose length nobody knows is no way to find a few rows.
            Measured.Operation whole =
                    measured.operations().get(wanted.table().list().toString());
            boolean listed = PlanBuilder.canFilterByKey(wanted)
                    || (wanted.table().parent() == null && whole != null && whole.total() > 0);
            if (single || !listed || wishes.contains(Wish.EACH)) {
                return List.of(Choice.Rows.LOOKUP);
            }
            return wishes.contains(Wish.BATCH) || wishes.contains(Wish.LIST)
                    ? List.of(Choice.Rows.LIST)
                    : List.of(Choice.Rows.LIST, Choice.Rows.LOOKUP);
        }
        Table.Brief brief = wanted.table().brief();
        if (brief == null) {
            return List.of(Choice.Rows.LIST);
        }
        boolean covers = wanted.read().stream()
                .allMatch(column -> !(column.origin() instanceof Column.InRow)
                        || brief.columns().contains(column.name()));
        if (covers) {
            return wishes.contains(Wish.LIST)
                    ? List.of(Choice.Rows.LIST)
                    : List.of(Choice.Rows.BRIEF, Choice.Rows.LIST);
        }
        if (wanted.table().get() == null || wishes.contains(Wish.LIST)) {
            return List.of(Choice.Rows.LIST);
        }
        return wishes.contains(Wish.TWO_STAGE)
                ? List.of(Choice.Rows.TWO_STAGE)
                : List.of(Choice.Rows.LIST, Choice.Rows.TWO_STAGE);
    }

    private static List<Boolean> inline(Wanted wanted, Choice.Rows rows, Set<Wish> wishes) {
        boolean can = rows == Choice.Rows.LIST
                && wanted.read().stream()
                        .anyMatch(column -> column.origin() instanceof Column.ByCall call && call.inline() != null);
        if (!can || wishes.contains(Wish.BY_CALL)) {
            return List.of(false);
        }
        return wishes.contains(Wish.INLINE) ? List.of(true) : List.of(false, true);
    }

    private static List<Choice> paging(
            Wanted wanted, Choice.Rows rows, boolean inline, Set<Wish> wishes, Sizes sizes, Measured measured) {
        Table.Brief brief = wanted.table().brief();
        Paging paging = rows == Choice.Rows.LIST || brief == null
                ? wanted.table().list().paging()
                : brief.list().paging();
        Choice one = new Choice(rows, inline, false, 0, Map.of(), List.of());
        Choice atOnce = new Choice(rows, inline, true, 0, Map.of(), List.of());
        boolean may = rows != Choice.Rows.LOOKUP && !wishes.contains(Wish.SEQUENTIAL);
        boolean must = wishes.contains(Wish.PARALLEL);
        return switch (paging) {
            case Paging.Offset p
            when may -> {
                List<Choice> choices = new ArrayList<>(List.of(atOnce));
                for (int size = p.size() / 4; size >= SMALLEST_PAGE && sizes != Sizes.DECLARED; size /= 4) {
                    choices.add(new Choice(rows, inline, true, size, Map.of(), List.of()));
                }
                if (!must) {
                    choices.add(one);
                }
                yield choices;
            }
            case Paging.KeyRange p
            when may && !splits(measured).isEmpty() -> must ? List.of(atOnce) : List.of(atOnce, one);
            case Paging.Single p -> List.of(one);
            default -> {
                List<Choice> choices = new ArrayList<>(List.of(one));
                for (int size = CostModel.size(paging) / 4;
                        size >= SMALLEST_PAGE && sizes == Sizes.SMALLER;
                        size /= 4) {
                    choices.add(new Choice(rows, inline, false, size, Map.of(), List.of()));
                }
                yield choices;
            }
        };
    }

    private static Set<String> splits(Measured measured) {
        Set<String> operations = new HashSet<>();
        measured.operations().forEach((name, operation) -> {
            if (!operation.splits().isEmpty()) {
                operations.add(name);
            }
        });
        return operations;
    }

    /** Each relation in each of its ways; where there are many relations, no two of them off their first way at once. */
    private static List<Choice> joins(Wanted wanted, Choice choice, Map<String, Table> tables, Set<Wish> wishes) {
        Map<String, List<Way>> ways = new HashMap<>();
        for (Relation relation : wanted.relations()) {
            ways.put(relation.name(), ways(relation, Wanted.table(relation.table(), tables), wishes));
        }
        List<Map<String, Way>> combinations = new ArrayList<>();
        Map<String, Way> first = new HashMap<>();
        ways.forEach((name, possible) -> first.put(name, possible.getFirst()));
        combinations.add(first);
        ways.forEach((name, possible) -> {
            for (Map<String, Way> known : wanted.relations().size() > 3 ? List.of(first) : List.copyOf(combinations)) {
                for (Way way : possible.subList(1, possible.size())) {
                    Map<String, Way> other = new HashMap<>(known);
                    other.put(name, way);
                    combinations.add(other);
                }
            }
        });
        return combinations.stream().map(choice::with).toList();
    }

    private static List<Way> ways(Relation relation, Table other, Set<Wish> wishes) {
        List<Way> possible = PlanBuilder.ways(relation, other);
        for (Way way : possible) {
            if (wishes.contains(Wish.valueOf(way.name()))) {
                return List.of(way);
            }
        }
        return possible;
    }

    /** How a choice resolves a relation. */
    public static Way joined(Choice choice, Relation relation) {
        return Objects.requireNonNull(choice.joins().get(relation.name()));
    }

    /** The query that resolves a relation, for some values or as a whole. */
    public static Query related(Wanted wanted, Relation relation, Way way, List<String> values) {
        List<Condition> where = way == Way.WHOLE
                ? List.of()
                : List.of(new Condition(
                        relation.other(), way == Way.BATCH ? Condition.Op.IN : Condition.Op.EQUAL, values));
        return new Query(relation.table(), wanted.related(relation), where, List.of(), Long.MAX_VALUE);
    }
}
