package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Cost;
import dev.muster.core.FetchPlan;
import dev.muster.core.Measured;
import dev.muster.core.Measured.Operation;
import dev.muster.core.Paging;

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
    private static final double ROWS = 100;
    private static final double ROWS_OF_PARENT = 2;
    private static final double WIDTH = 10;
    private static final double MEET = 0.1;
    private static final int DISTINCT = 10;

    private final Measured measured;
    private final double perSecond;
    private final boolean hopeful;

    public CostModel(Measured measured, double perSecond, boolean hopeful) {
        this.measured = measured;
        this.perSecond = perSecond;
        this.hopeful = hopeful;
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
            case FetchPlan.Joined(FetchPlan rows, var relation, FetchPlan other, FetchPlan.Way way) ->
                joined(of(rows), of(other), way, relation.many());
            case FetchPlan.Limited(FetchPlan rows, long most) -> {
                Cost all = of(rows);
                double part = all.rows() <= most ? 1 : Math.max(1 / Math.max(1, all.requests()), most / all.rows());
                yield new Cost(all.requests() * part, all.seconds() * part, Math.min(all.rows(), (double) most));
            }
        };
    }

    private Cost joined(Cost rows, Cost other, FetchPlan.Way way, boolean many) {
        double values = many ? rows.rows() : Math.min(rows.rows(), Math.max(DISTINCT, rows.rows() / DISTINCT));
        return switch (way) {
            case WHOLE ->
                new Cost(rows.requests() + other.requests(), Math.max(rows.seconds(), other.seconds()), rows.rows());
            // What is asked for all of one batch was planned for a batch that is full.
            case BATCH -> {
                double batches = Math.max(1, Math.ceil(values / BATCH));
                yield new Cost(
                        rows.requests() + batches * other.requests(),
                        rows.seconds() + paced(batches, other.seconds()),
                        rows.rows());
            }
            case EACH ->
                new Cost(
                        rows.requests() + values * other.requests(),
                        rows.seconds() + paced(values, other.seconds()),
                        rows.rows());
        };
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
        return Math.max(Math.max(each, requests * each / width()), requests / perSecond);
    }

    private double pages(FetchPlan.Listed list, double rows) {
        int size = switch (list.list().paging()) {
            case Paging.Single p -> Integer.MAX_VALUE;
            case Paging.Offset p -> p.size();
            case Paging.PageNumber p -> p.size();
            case Paging.Marker p -> p.size();
            case Paging.NextLink p -> p.size();
            case Paging.KeyRange p -> p.size();
        };
        return Math.max(1, Math.ceil(rows / size));
    }

    private double total(FetchPlan.Listed list) {
        Operation known = measured.operations().get(list.operation());
        if (known != null && known.total() > 0) {
            return known.total();
        }
        Operation plain = measured.operations().get(plain(list.operation()));
        double all = plain != null && plain.total() > 0 ? plain.total() : ROWS;
        return list.operation().contains(" where ") ? Math.max(1, all * MEET) : all;
    }

    /** The operation without conditions and parts: method and path. */
    private static String plain(String operation) {
        int method = operation.indexOf(' ');
        int path = operation.indexOf(' ', method + 1);
        return path < 0 ? operation : operation.substring(0, path);
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
        Operation known = measured.operations().get(operation);
        if (known == null) {
            Operation plain = measured.operations().get(plain(operation));
            double parts = parts(operation) * rows * (hopeful ? HOPEFUL_PART : PART);
            double row = hopeful ? HOPEFUL_ROW : ROW;
            return plain == null ? latency() + row * rows + parts : plain.seconds(rows) + parts;
        }
        // One that is turned away now and then is asked again about a second later.
        return known.seconds(rows) + known.throttled() / Math.max(1, known.answers());
    }

    private double latency() {
        if (hopeful) {
            double least = measured.operations().values().stream()
                    .mapToDouble(Operation::base)
                    .filter(base -> base > 0)
                    .min()
                    .orElse(HOPEFUL_LATENCY);
            return Math.min(HOPEFUL_LATENCY, least);
        }
        // No request was seen to be answered faster than the fastest kind of them on average.
        return measured.operations().values().stream()
                .filter(known -> known.answers() > 0)
                .mapToDouble(known -> known.seconds() / known.answers())
                .min()
                .orElse(LATENCY);
    }
}
