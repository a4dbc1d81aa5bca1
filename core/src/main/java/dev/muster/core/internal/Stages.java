package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.Condition;
import dev.muster.core.FetchPlan;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What becomes of rows behind their listing: the inner nodes of a plan, carried out. Thread-safe. */
final class Stages {
    private final FetchPlan plan;
    private final IdentityHashMap<FetchPlan, Predicate<@Nullable Object[]>> filters = new IdentityHashMap<>();
    private final IdentityHashMap<FetchPlan, Hydrator> hydrators = new IdentityHashMap<>();
    private final IdentityHashMap<FetchPlan, Joiner> joiners = new IdentityHashMap<>();

    /** Makes what carries out the nodes that make calls. */
    interface Makers {
        Hydrator hydrator(FetchPlan.TwoStage stage);

        Joiner joiner(FetchPlan.Joined join);
    }

    Stages(FetchPlan plan, List<Column> columns, Makers makers) {
        this.plan = plan;
        for (FetchPlan node = plan; !isSource(node); node = node.below().getFirst()) {
            switch (node) {
                case FetchPlan.Filtered filtered -> filters.put(filtered, filter(filtered.checked(), columns));
                case FetchPlan.TwoStage stage -> hydrators.put(stage, makers.hydrator(stage));
                case FetchPlan.Joined join -> joiners.put(join, makers.joiner(join));
                default -> {}
            }
        }
    }

    /** Whether rows come from here: what lists them stands above every other node. */
    static boolean isSource(FetchPlan node) {
        return switch (node) {
            case FetchPlan.Listed p -> true;
            case FetchPlan.Lookup p -> true;
            case FetchPlan.Given p -> true;
            case FetchPlan.FanOut p -> true;
            case FetchPlan.Inside p -> true;
            case FetchPlan.TwoStage p -> false;
            case FetchPlan.Filtered p -> false;
            case FetchPlan.Joined p -> false;
            case FetchPlan.Sorted p -> false;
            case FetchPlan.Limited p -> false;
        };
    }

    /** Where a plan's rows come from. */
    static FetchPlan source(FetchPlan plan) {
        FetchPlan node = plan;
        while (!isSource(node)) {
            node = node.below().getFirst();
        }
        return node;
    }

    /** Whether a plan sorts, by the server or here. */
    static boolean sorts(FetchPlan plan, boolean byServer) {
        for (FetchPlan node = plan; !isSource(node); node = node.below().getFirst()) {
            if (node instanceof FetchPlan.Sorted sorted && sorted.byServer() == byServer) {
                return true;
            }
        }
        return false;
    }

    /** What lists or looks up a plan's rows, be it once or for each row of a parent. */
    static FetchPlan leaf(FetchPlan plan) {
        FetchPlan source = source(plan);
        return source instanceof FetchPlan.FanOut fan ? fan.list() : source;
    }

    private static Predicate<@Nullable Object[]> filter(List<Condition> conditions, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        List<Predicate<@Nullable Object[]>> all = new ArrayList<>();
        for (Condition condition : conditions) {
            int place = names.indexOf(condition.column());
            Predicate<@Nullable Object> holds = condition.on(columns.get(place));
            all.add(row -> holds.test(row[place]));
        }
        return row -> {
            for (Predicate<@Nullable Object[]> one : all) {
                if (!one.test(row)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** Whether nothing of it makes calls. */
    boolean light() {
        return hydrators.isEmpty() && joiners.isEmpty();
    }

    boolean filters() {
        return !filters.isEmpty();
    }

    void begin() {
        joiners.values().forEach(Joiner::begin);
    }

    /** Carries out the plan's inner nodes on some rows. */
    List<@Nullable Object[]> apply(List<@Nullable Object[]> rows, Account account) {
        return apply(plan, rows, account);
    }

    private List<@Nullable Object[]> apply(FetchPlan node, List<@Nullable Object[]> rows, Account account) {
        if (isSource(node)) {
            return rows;
        }
        List<@Nullable Object[]> below = apply(node.below().getFirst(), rows, account);
        if (below.isEmpty()) {
            return below;
        }
        switch (node) {
            case FetchPlan.Filtered filtered -> {
                Predicate<@Nullable Object[]> holds = Objects.requireNonNull(filters.get(filtered));
                return below.stream().filter(holds).toList();
            }
            case FetchPlan.TwoStage stage -> {
                Hydrator hydrator = Objects.requireNonNull(hydrators.get(stage));
                account.expects((long) below.size() * hydrator.calls());
                hydrator.complete(below, account::answered);
            }
            case FetchPlan.Joined join ->
                Objects.requireNonNull(joiners.get(join)).complete(below);
            default -> {}
        }
        return below;
    }
}
