package dev.muster.core;

import dev.muster.core.internal.Candidates;
import dev.muster.core.internal.Choice;
import dev.muster.core.internal.CostModel;
import dev.muster.core.internal.PlanBuilder;
import dev.muster.core.internal.Runs;
import dev.muster.core.internal.Selection;
import dev.muster.core.internal.Wanted;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how tables are fetched. Pure: the same tables, queries, measurements and wishes give the same plans, and nothing is
 * sent. Immutable and thread-safe.
 *
 * <p>Every strategy that the table allows is a candidate. What was measured as a whole goes by that; what was not, by the
 * measured time of its requests. One that could be faster than the best but of which nothing is known is tried once in the
 * second run of a shape, and then every twentieth, unless it could also be ten times slower; so is, in the twentieth, what was
 * not much slower in its only run.
 */
public final class Planner {
    private final Set<Wish> wishes;
    private final @Nullable String way;

    /** What a caller prefers. A wish counts where the table leaves that choice, and nowhere else. */
    public enum Wish {
        /** None: what is measured decides. */
        AUTO,
        /** Pages one after another. */
        SEQUENTIAL,
        /** Pages, or ranges of keys, at once. */
        PARALLEL,
        /** The full list. */
        LIST,
        /** A cheaper list, and then a call for each row. */
        TWO_STAGE,
        /** A call for each row. */
        BY_CALL,
        /** The server joins: a list that holds what calls for each row would bring. */
        INLINE,
        /** Related tables are fetched whole. */
        WHOLE,
        /** Related rows are asked for by many values at once. */
        BATCH,
        /** Related rows are asked for one by one. */
        EACH;

        /** As people type it: {@code two-stage}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Planner(Wish... wishes) {
        this(wishes.length == 0 ? EnumSet.of(Wish.AUTO) : EnumSet.copyOf(List.of(wishes)), null);
    }

    private Planner(Set<Wish> wishes, @Nullable String way) {
        this.wishes = wishes;
        this.way = way;
    }

    /** The same, taking that strategy wherever there is one that {@link Planned#way} names so, whatever was measured. */
    public Planner way(String name) {
        return new Planner(wishes, name);
    }

    /**
     * The plan for one query.
     *
     * @param tables those of the cloud
     * @throws MusterException.Rejected if the query does not fit the tables; says what is there
     */
    public Planned plan(Query query, List<Table> tables, Measured measured) {
        return plan(List.of(query), tables, measured).getFirst();
    }

    /**
     * The plans for queries that are going to run at once, in their order: tables that are listed for each row of the same
     * parent share it, and may all be had inside its list.
     *
     * @throws MusterException.Rejected if a query does not fit the tables; says what is there
     */
    public List<Planned> plan(List<Query> queries, List<Table> tables, Measured measured) {
        Map<String, Table> byName = byName(tables);
        List<Planned> plans = new ArrayList<>();
        for (Query query : queries) {
            plans.add(alone(query, byName, measured));
        }
        Map<Table, List<Integer>> families = new LinkedHashMap<>();
        for (int i = 0; i < plans.size(); i++) {
            Table table = plans.get(i).table();
            Table parent = table.parent();
            if (parent != null
                    && parent.parent() == null
                    && table.inside() != null
                    && isFedByParent(plans.get(i).plan())) {
                families.computeIfAbsent(parent, p -> new ArrayList<>()).add(i);
            }
        }
        families.forEach((parent, children) -> family(parent, children, queries, byName, measured, plans));
        return plans;
    }

    /** Throws {@link MusterException.Rejected} if a query does not fit the tables. */
    static void check(List<Query> queries, List<Table> tables) {
        Map<String, Table> byName = byName(tables);
        queries.forEach(query -> Wanted.of(query, byName));
    }

    private Planned alone(Query query, Map<String, Table> tables, Measured measured) {
        Wanted wanted = Wanted.of(query, tables);
        List<Selection.Candidate<PlanBuilder.Built>> candidates = new ArrayList<>();
        boolean known = way != null || !measured.operations().isEmpty();
        Candidates.Sizes sizes = known ? Candidates.Sizes.SMALLER_AT_ONCE : Candidates.Sizes.DECLARED;
        for (Choice choice : Candidates.of(wanted, tables, wishes, sizes, measured)) {
            candidates.add(candidate(wanted, choice, tables, measured));
        }
        return Selection.of(wanted, shape(wanted), asked(candidates), measured);
    }

    /**
     * Another plan, where the server refused to answer what some asked: too heavy a page, or a join that it cannot do.
     *
     * @param refused what it was asked; a smaller page of the same is something else
     * @return null where there is no other
     */
    @Nullable
    Planned otherwise(Query query, List<FetchPlan.Listed> refused, List<Table> tables, Measured measured) {
        Map<String, Table> byName = byName(tables);
        Wanted wanted = Wanted.of(query, byName);
        List<Selection.Candidate<PlanBuilder.Built>> candidates = new ArrayList<>();
        for (Choice choice : Candidates.of(wanted, byName, wishes, Candidates.Sizes.SMALLER, measured)) {
            Selection.Candidate<PlanBuilder.Built> candidate = candidate(wanted, choice, byName, measured);
            if (refused.stream().noneMatch(list -> Selection.asks(candidate, list))) {
                candidates.add(candidate);
            }
        }
        return candidates.isEmpty() ? null : Selection.of(wanted, shape(wanted), candidates, Measured.nothing());
    }

    /** The plan for a table that is listed for each row of its parent, and not inside the parent's list. */
    Planned byCalls(Query query, List<Table> tables, Measured measured) {
        return new Planner(Wish.BY_CALL).plan(query, tables, measured);
    }

    /**
     * How to get something that is no table, of ways that its driver declares: by the same rules as for queries.
     *
     * @param things how many of them are wanted, 1 or more; numbers of one magnitude are compared with each other
     */
    public Alternatives.Chosen choose(Alternatives alternatives, long things, Measured measured) {
        CostModel cautious = new CostModel(measured, alternatives, false);
        CostModel hopeful = new CostModel(measured, alternatives, true);
        List<Selection.Candidate<Alternatives.Way>> candidates = alternatives.ways().stream()
                .map(one -> new Selection.Candidate<>(
                        one.name(), one, cautious.of(one, things), hopeful.of(one, things), cautious.grounded(one)))
                .toList();
        return Selection.of(alternatives.of() + magnitude(things), asked(candidates), measured);
    }

    private static Map<String, Table> byName(List<Table> tables) {
        Map<String, Table> byName = new HashMap<>();
        tables.forEach(table -> byName.put(table.name(), table));
        return byName;
    }

    /** Only the one that was asked for by its name; all of them where none of these is. */
    private <T> List<Selection.Candidate<T>> asked(List<Selection.Candidate<T>> candidates) {
        List<Selection.Candidate<T>> named = candidates.stream()
                .filter(candidate -> candidate.way().equals(way))
                .toList();
        return named.isEmpty() ? candidates : named;
    }

    private Selection.Candidate<PlanBuilder.Built> candidate(
            Wanted wanted, Choice choice, Map<String, Table> tables, Measured measured) {
        PlanBuilder.Built built = new PlanBuilder(
                        wanted,
                        choice,
                        parent -> alone(keys(parent), tables, measured).plan(),
                        relation -> related(wanted, relation, choice, tables, measured),
                        operation -> {
                            Measured.Operation known = measured.operations().get(operation);
                            return known == null ? List.of() : known.splits();
                        })
                .build();
        return new Selection.Candidate<>(
                Candidates.way(choice),
                built,
                new CostModel(measured, wanted.table(), false).of(built.plan()),
                new CostModel(measured, wanted.table(), true).of(built.plan()),
                new CostModel(measured, wanted.table(), false).grounded(built.plan()));
    }

    /** The rows of a table for the sake of their keys. */
    private static Query keys(Table table) {
        return new Query(table.name(), table.key(), List.of(), List.of(), Long.MAX_VALUE);
    }

    private FetchPlan related(
            Wanted wanted, Relation relation, Choice choice, Map<String, Table> tables, Measured measured) {
        FetchPlan.Way how = Candidates.joined(choice, relation);
        // Two values stand for as many as there will be.
        Query query = Candidates.related(
                wanted, relation, how, how == FetchPlan.Way.BATCH ? List.of("…", "…") : List.of("…"));
        return related(query, how, List.copyOf(tables.values()), measured).plan();
    }

    /** The plan for rows that relate to some values, or to any: what a {@link FetchPlan.Joined} asks as it goes. */
    Planned related(Query query, FetchPlan.Way how, List<Table> tables, Measured measured) {
        Planner planner = how == FetchPlan.Way.BATCH ? new Planner(Wish.BATCH) : new Planner(wishes, null);
        return planner.plan(query, tables, measured);
    }

    private static boolean isFedByParent(FetchPlan plan) {
        return plan instanceof FetchPlan.FanOut(FetchPlan each, FetchPlan list)
                ? !(each instanceof FetchPlan.Given)
                : !plan.below().isEmpty() && isFedByParent(plan.below().getFirst());
    }

    /** Tables listed for each row of one parent: each by calls of its own, or all of them inside the parent's list. */
    private void family(
            Table parent,
            List<Integer> children,
            List<Query> queries,
            Map<String, Table> tables,
            Measured measured,
            List<Planned> plans) {
        int asked = -1;
        for (int i = 0; i < queries.size(); i++) {
            if (queries.get(i).table().equals(parent.name()) && Runs.isWhole(queries.get(i))) {
                asked = i;
            }
        }
        Query query = asked < 0 ? keys(parent) : queries.get(asked);
        Wanted wanted = Wanted.of(query, tables);
        List<Map.Entry<String, String>> parts = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>();
        for (int i : children) {
            Column.Inline inside =
                    java.util.Objects.requireNonNull(plans.get(i).table().inside());
            parts.add(Map.entry(inside.parameter(), inside.value()));
            names.add(plans.get(i).table().name());
        }
        Planned apart = asked < 0 ? alone(query, tables, measured) : plans.get(asked);
        Choice holding = Candidates.holding(wanted, tables, wishes, measured, parts);
        Selection.Candidate<PlanBuilder.Built> together = candidate(wanted, holding, tables, measured);
        Cost byCalls = apart.expected();
        for (int i : children) {
            Cost child = plans.get(i).expected();
            byCalls = new Cost(
                    byCalls.requests() + child.requests() - apart.expected().requests(),
                    byCalls.seconds()
                            + Math.max(0, child.seconds() - apart.expected().seconds()),
                    byCalls.rows() + child.rows());
        }
        Selection.Family family = Selection.family(
                shape(wanted) + " with " + String.join(", ", names), byCalls, together, wishes, way, measured);
        for (int i : children) {
            plans.set(i, family.child(plans.get(i), together.built().plan()));
        }
        if (asked >= 0) {
            plans.set(asked, family.parent(plans.get(asked), together));
        }
    }

    /** What was asked, without values: the plans for it are compared with each other. */
    private static String shape(Wanted wanted) {
        StringBuilder shape = new StringBuilder(wanted.table().name());
        TreeSet<String> columns = new TreeSet<>();
        wanted.output().forEach(column -> columns.add(column.name()));
        boolean all = columns.equals(
                new TreeSet<>(wanted.table().usual().stream().map(Column::name).toList()));
        shape.append(all ? "(*)" : columns.toString().replace('[', '(').replace(']', ')'));
        wanted.query().where().stream()
                .map(c -> c.column()
                        + ' '
                        + c.op().name().toLowerCase(Locale.ROOT)
                        + magnitude(c.values().size()))
                .sorted()
                .forEach(c -> shape.append(" where ").append(c));
        wanted.query().order().forEach(order -> shape.append(" by ").append(order));
        long limit = wanted.query().limit();
        return limit == Long.MAX_VALUE ? shape.toString() : shape + " first" + magnitude(limit);
    }

    private static String magnitude(long count) {
        return count < 2 ? "" : " 2^" + (63 - Long.numberOfLeadingZeros(count));
    }
}
