package dev.muster.core.internal;

import dev.muster.core.Alternatives;
import dev.muster.core.ApiRequest;
import dev.muster.core.Cost;
import dev.muster.core.FetchPlan;
import dev.muster.core.ListRequest;
import dev.muster.core.Measured;
import dev.muster.core.Measured.Operation;
import dev.muster.core.Paging;
import dev.muster.core.Relation;
import dev.muster.core.Table;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plan is thought to take: an answer's time is a straight line over its rows; of many requests, as many are under way
 * at once as were before. Where nothing was measured it goes by assumptions, cautious or hopeful ones.
 */
public final class CostModel {
    /** Seconds of an answer where none came yet. */
    private static final double LATENCY = 0.05;

    private static final double HOPEFUL_LATENCY = 0.005;
    private static final double ROW = 0.0005;
    private static final double HOPEFUL_ROW = 0.00002;

    /** Seconds that a server takes to put something into a row: a query of its own, at worst. */
    private static final double PART = 0.01;

    private static final double HOPEFUL_PART = 0.0001;
    private static final double ROWS = 1000;
    private static final double ROWS_OF_PARENT = 2;
    private static final double MANY_ROWS = 20;
    private static final double WIDTH = 10;
    private static final double MEET = 0.1;
    private static final int DISTINCT = 10;

    /** Of a published limit, so many seconds' requests go at once: the engine keeps to it in bursts of a fifth. */
    private static final double BURST = 0.2;

    private final Measured measured;
    private final @Nullable Table table;
    private final double perSecond;
    /** Parts in an answer, by operation, where these are declared. */
    private final Map<String, Integer> parts;

    private final boolean hopeful;

    /**
     * @param table of which plans are made
     */
    public CostModel(Measured measured, Table table, boolean hopeful) {
        this(measured, table, table.perSecond(), Map.of(), hopeful);
    }

    /** For what is no table. */
    public CostModel(Measured measured, Alternatives alternatives, boolean hopeful) {
        this(measured, null, alternatives.perSecond(), alternatives.requests(), hopeful);
    }

    private CostModel(
            Measured measured, @Nullable Table table, double perSecond, Map<String, Integer> parts, boolean hopeful) {
        this.measured = measured;
        this.table = table;
        this.perSecond = perSecond;
        this.parts = parts;
        this.hopeful = hopeful;
    }

    /** Requests and seconds that getting so many things takes. */
    public Cost of(Alternatives.Way way, long things) {
        double[] each = way.requests().entrySet().stream()
                .mapToDouble(request -> seconds(request.getKey(), request.getValue(), 1))
                .toArray();
        double requests = (double) each.length * things;
        double mean = Arrays.stream(each).average().orElse(0);
        double slowest = Arrays.stream(each).max().orElse(0);
        return new Cost(requests, Math.max(slowest, paced(requests, mean)), things);
    }

    /** Whether all of its requests have been measured. */
    public boolean grounded(Alternatives.Way way) {
        return measured.operations().keySet().containsAll(way.requests().keySet());
    }

    /** Requests, seconds and rows of a plan. */
    public Cost of(FetchPlan plan) {
        return switch (plan) {
            case FetchPlan.Single p -> {
                double rows = total(p);
                yield new Cost(1, seconds(p.operation(), rows), rows);
            }
            case FetchPlan.Sequential p -> {
                double rows = total(p);
                double pages = pages(p, rows);
                yield new Cost(pages, pages * seconds(p.operation(), rows / pages), rows);
            }
            case FetchPlan.ParallelPages p -> {
                double rows = total(p);
                double pages = pages(p, rows);
                double one = seconds(p.operation(), rows / pages);
                yield new Cost(pages, one + paced(pages - 1, one), rows);
            }
            case FetchPlan.Ranges p -> {
                double rows = total(p);
                double pages = pages(p, rows) + p.splits().size();
                double one = seconds(p.operation(), rows / pages);
                double atOnce = Math.min(width(), p.splits().size() + 1.0);
                yield new Cost(pages, pages * one / atOnce, rows);
            }
            case FetchPlan.Lookup p ->
                new Cost(
                        p.keys().size(),
                        paced(p.keys().size(), seconds(p.request().toString(), 1)),
                        p.keys().size());
            case FetchPlan.Given p -> new Cost(0, 0, p.values().size());
            case FetchPlan.FanOut(FetchPlan each, FetchPlan list) -> {
                Cost above = of(each);
                String operation = list instanceof FetchPlan.Listed l ? l.operation() : "";
                Operation known = measured.operations().get(operation);
                double rowsEach = known == null ? ROWS_OF_PARENT : known.rowsEach();
                yield new Cost(
                        above.requests() + above.rows(),
                        above.seconds() + paced(above.rows(), seconds(operation, rowsEach)),
                        above.rows() * rowsEach);
            }
            case FetchPlan.Inside(FetchPlan parent, var part) -> {
                Cost above = of(parent);
                yield new Cost(above.requests(), above.seconds(), above.rows() * ROWS_OF_PARENT);
            }
            case FetchPlan.TwoStage(FetchPlan rows, var details) -> {
                Cost first = of(rows);
                double seconds = first.seconds();
                for (ApiRequest detail : details) {
                    seconds += paced(first.rows(), seconds(detail.toString(), 1));
                }
                yield new Cost(first.requests() + first.rows() * details.size(), seconds, first.rows());
            }
            case FetchPlan.Filtered(FetchPlan rows, var asked, var checked) -> {
                Cost all = of(rows);
                double met = Math.pow(MEET, Math.max(0, checked.size() - asked.size()));
                yield new Cost(all.requests(), all.seconds(), all.rows() * met);
            }
            case FetchPlan.Joined p -> joined(p);
            case FetchPlan.Sorted p -> of(p.rows());
            case FetchPlan.Limited(FetchPlan rows, long most) -> {
                Cost all = of(rows);
                boolean every = all.rows() <= most || (rows instanceof FetchPlan.Sorted sorted && !sorted.byServer());
                double part = every ? 1 : Math.max(1 / Math.max(1, all.requests()), most / all.rows());
                yield new Cost(all.requests() * part, all.seconds() * part, Math.min(all.rows(), (double) most));
            }
        };
    }

    private Cost joined(FetchPlan.Joined join) {
        Cost rows = of(join.rows());
        if (join.way() == FetchPlan.Way.WHOLE) {
            Cost other = of(join.other());
            return new Cost(rows.requests() + other.requests(), Math.max(rows.seconds(), other.seconds()), rows.rows());
        }
        boolean many = join.relation().many();
        double others = plainTotal(join.other());
        double mine = plainTotal(join.rows());
        // Rows that stand for the same thing share what belongs to them; what is theirs alone is a part of all there
        // is.
        double shared = Math.min(Math.max(DISTINCT, rows.rows() / DISTINCT), others > 0 ? others : Double.MAX_VALUE);
        Table of = Objects.requireNonNull(table);
        Operation counted = measured.operations().get(values(of, join.relation()));
        double values = Math.min(rows.rows(), counted != null ? counted.total() : many ? rows.rows() : shared);
        double each = !many ? 1 : others > 0 && mine > 0 ? others / mine : ROWS_OF_PARENT;
        double inBatch = join.way() == FetchPlan.Way.BATCH ? Math.clamp(values, 1, BATCH) : 1;
        double requests = Math.ceil(values / inBatch);
        double seconds = switch (Stages.leaf(join.other())) {
            case FetchPlan.Listed list -> seconds(list.operation(), inBatch * each);
            case FetchPlan.Lookup look -> seconds(look.request().toString(), 1);
            default -> of(join.other()).seconds();
        };
        return new Cost(rows.requests() + requests, rows.seconds() + paced(requests, seconds), rows.rows());
    }

    /** As measurements name the different values that all rows of a table have for a relation. */
    static String values(Table table, Relation relation) {
        return "values of " + table.name() + '.' + relation.column();
    }

    /** Rows of the whole table that a plan lists, or a part of; 0 where that is not known. */
    private double plainTotal(FetchPlan plan) {
        Operation known = Stages.leaf(plan) instanceof FetchPlan.Listed list ? plain(list.operation()) : null;
        return known == null ? 0 : known.total();
    }

    /** Values in a batch. */
    static final int BATCH = 50;

    /** Whether all that a plan asks has been measured, so that what is said of it is more than an assumption. */
    public boolean grounded(FetchPlan plan) {
        boolean own = switch (plan) {
            case FetchPlan.Listed p -> measured.operations().containsKey(p.operation());
            case FetchPlan.FanOut(FetchPlan each, FetchPlan list) -> grounded(list);
            case FetchPlan.Lookup p ->
                measured.operations().containsKey(p.request().toString());
            case FetchPlan.TwoStage p ->
                p.details().stream().allMatch(d -> measured.operations().containsKey(d.toString()));
            default -> true;
        };
        return own && plan.below().stream().allMatch(this::grounded);
    }

    private double width() {
        return measured.width() == 0 ? WIDTH : Math.max(1, measured.width());
    }

    private double paced(double requests, double each) {
        if (requests <= 0) {
            return 0;
        }
        // The last of them end some time after the places are no longer all taken.
        double rounds = Math.max(1, (requests + (width() - 1) / 2) / width());
        return Math.max(Math.min(rounds, requests) * each, requests / perSecond - BURST + each);
    }

    private double pages(FetchPlan.Listed list, double rows) {
        return Math.max(1, Math.ceil(rows / size(list.list().paging())));
    }

    /** Rows of a full page. */
    static int size(Paging paging) {
        return switch (paging) {
            case Paging.Single p -> Integer.MAX_VALUE;
            case Paging.Offset p -> p.size();
            case Paging.PageNumber p -> p.size();
            case Paging.Marker p -> p.size();
            case Paging.NextLink p -> p.size();
            case Paging.KeyRange p -> p.size();
        };
    }

    private double total(FetchPlan.Listed list) {
        Operation known = measured.operations().get(list.operation());
        if (known != null && known.total() > 0) {
            return known.total();
        }
        Operation plain = plain(list.operation());
        double all = plain != null && plain.total() > 0 ? plain.total() : likewise(list.list());
        return list.operation().contains(" where ") ? Math.max(1, all * MEET) : all;
    }

    /** A table's two lists hold the same rows. */
    private double likewise(ListRequest list) {
        Table.Brief brief = table == null ? null : table.brief();
        if (table == null || brief == null) {
            return ROWS;
        }
        String path = list.request().path();
        ListRequest other = path.equals(brief.list().request().path()) ? table.list() : brief.list();
        Operation known = measured.operations().get(other.toString());
        boolean same = path.equals(brief.list().request().path())
                || path.equals(table.list().request().path());
        return same && known != null && known.total() > 0 ? known.total() : ROWS;
    }

    /** What is known of the operation without conditions and parts: method and path. */
    private @Nullable Operation plain(String operation) {
        int method = operation.indexOf(' ');
        int path = operation.indexOf(' ', method + 1);
        return measured.operations().get(path < 0 ? operation : operation.substring(0, path));
    }

    private static long parts(String operation) {
        return operation.chars().filter(c -> c == '=').count()
                + operation
                        .replaceAll(" where .*", "")
                        .chars()
                        .filter(c -> c == ',')
                        .count();
    }

    private double seconds(String operation, double rows) {
        return seconds(operation, (double) parts(operation), rows);
    }

    private double seconds(String operation, double partsEach, double rows) {
        Operation known = measured.operations().get(operation);
        if (known != null && known.answers() > 0) {
            // One that is turned away now and then is asked again about a second later.
            return seconds(known, rows) + known.throttled() / known.answers();
        }
        double theirs = partsEach * rows * (hopeful ? HOPEFUL_PART : PART);
        Operation plain = plain(operation);
        return theirs
                + (plain != null && plain.answers() > 0
                        ? seconds(plain, rows)
                        : latency() + (hopeful ? HOPEFUL_ROW : ROW) * rows);
    }

    /** By the line through its answers; where all had about as many rows, it is a guess which part of the time is theirs. */
    private double seconds(Operation known, double rows) {
        double mean = known.seconds() / known.answers();
        if (known.isLine() || known.rowsEach() == 0) {
            return known.seconds(rows);
        }
        if (hopeful) {
            return Math.min(mean, mean * rows / known.rowsEach());
        }
        double base = Math.min(mean / 2, latency());
        return base + (mean - base) * rows / known.rowsEach();
    }

    private double latency() {
        double least = measured.operations().entrySet().stream()
                .filter(known -> known.getValue().answers() > 0)
                .mapToDouble(known -> alone(known.getValue(), parts.getOrDefault(known.getKey(), 0)))
                .min()
                .orElse(LATENCY);
        return hopeful ? Math.min(HOPEFUL_LATENCY, least) : least;
    }

    /** No answer was seen to come faster than the fastest kind of them; of one with many rows or parts, most of the time is theirs. */
    private static double alone(Operation known, int parts) {
        double mean = known.seconds() / known.answers();
        double besides = known.rowsEach() * (1 / MANY_ROWS + parts * PART / LATENCY);
        return Math.min(mean, Math.max(LATENCY, mean / (1 + besides)));
    }
}
