package dev.muster.core.internal;

import dev.muster.core.Alternatives;
import dev.muster.core.Column;
import dev.muster.core.Cost;
import dev.muster.core.FetchPlan;
import dev.muster.core.Measured;
import dev.muster.core.Measured.Runs;
import dev.muster.core.Planned;
import dev.muster.core.Planner.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes one of several strategies, and says why. */
public final class Selection {
    /** What was not measured as a whole is worth choosing if its requests promise so much less than the best measured. */
    private static final double CLEARLY = 0.9;

    /** What could take longer than this many times the best, and some seconds, is not tried at all. */
    private static final double TOO_LONG = 10;

    private static final double SECONDS_AT_RISK = 5;

    /** What took less than this many times the best in its only run may be the better one. */
    private static final double CLOSE = 2;

    /** After the second run of a shape, one in so many tries something else. */
    private static final int SELDOM = 20;

    private Selection() {}

    /**
     * A strategy.
     *
     * @param <T> what carries it out
     * @param cost cautiously expected
     * @param hope what it takes if all that was not measured turns out cheap
     * @param grounded whether all of its requests were measured
     */
    public record Candidate<T>(String way, T built, Cost cost, Cost hope, boolean grounded) {}

    /** Whether a strategy asks for a list, in pages as large or larger. */
    public static boolean asks(Candidate<PlanBuilder.Built> candidate, FetchPlan.Listed list) {
        return Stages.leaf(candidate.built().plan()) instanceof FetchPlan.Listed mine
                && mine.operation().equals(list.operation())
                && CostModel.size(mine.list().paging())
                        >= CostModel.size(list.list().paging());
    }

    private record Chosen<T>(Candidate<T> candidate, String why) {}

    /** What gets things that need no table. */
    public static Alternatives.Chosen of(
            String shape, List<Candidate<Alternatives.Way>> candidates, Measured measured) {
        Map<String, Runs> runs = measured.plans().getOrDefault(shape, Map.of());
        Chosen<Alternatives.Way> chosen = choose(candidates, runs);
        Candidate<Alternatives.Way> best = chosen.candidate();
        return new Alternatives.Chosen(
                shape, best.built(), expected(best, runs), chosen.why(), others(candidates, best.way(), runs));
    }

    /** The plan for a query. */
    public static Planned of(
            Wanted wanted, String shape, List<Candidate<PlanBuilder.Built>> candidates, Measured measured) {
        Map<String, Runs> runs = measured.plans().getOrDefault(shape, Map.of());
        Chosen<PlanBuilder.Built> chosen = choose(candidates, runs);
        Candidate<PlanBuilder.Built> best = chosen.candidate();
        return new Planned(
                wanted.query(),
                wanted.table(),
                wanted.output(),
                best.built().read(),
                best.built().plan(),
                expected(best, runs),
                shape,
                best.way(),
                chosen.why(),
                others(candidates, best.way(), runs));
    }

    private static Cost expected(Candidate<?> candidate, Map<String, Runs> runs) {
        Runs known = runs.get(candidate.way());
        return known == null ? candidate.cost() : new Cost(candidate.cost().requests(), known.seconds(), known.rows());
    }

    private static <T> List<Planned.Other> others(List<Candidate<T>> candidates, String taken, Map<String, Runs> runs) {
        List<Planned.Other> others = new ArrayList<>();
        for (Candidate<T> other : candidates) {
            if (!other.way().equals(taken)) {
                Runs known = runs.get(other.way());
                others.add(new Planned.Other(other.way(), other.cost(), known == null ? null : known.seconds()));
            }
        }
        return others;
    }

    private static <T> Chosen<T> choose(List<Candidate<T>> all, Map<String, Runs> runs) {
        // What never brought everything is taken up again only where nothing else is left.
        List<Candidate<T>> sound = all.stream()
                .filter(candidate -> !runs.containsKey(candidate.way()) || tried(candidate, runs))
                .toList();
        List<Candidate<T>> candidates = sound.isEmpty() ? all : sound;
        Candidate<T> best = candidates.getFirst();
        if (candidates.size() == 1) {
            return new Chosen<>(best, "the only way");
        }
        Candidate<T> known = null;
        for (Candidate<T> candidate : candidates) {
            if (tried(candidate, runs) && (known == null || seconds(candidate, runs) < seconds(known, runs))) {
                known = candidate;
            }
        }
        if (known == null) {
            for (Candidate<T> candidate : candidates) {
                best = candidate.cost().seconds() < best.cost().seconds() ? candidate : best;
            }
            boolean grounded = candidates.stream().allMatch(Candidate::grounded);
            return new Chosen<>(
                    best,
                    "the least expected of " + candidates.size() + " ways"
                            + (grounded ? ", by the measured times of their requests" : "; none was measured yet"));
        }
        double least = seconds(known, runs);
        Candidate<T> trial = trial(candidates, runs, least);
        if (trial != null) {
            Runs once = runs.get(trial.way());
            return new Chosen<>(
                    trial,
                    String.format(
                            Locale.ROOT,
                            once == null
                                    ? "tried once: it may take %.3f s, where the best so far took %.3f s"
                                    : "tried again: it took %.3f s the one time, where the best so far took %.3f s",
                            once == null ? trial.hope().seconds() : once.seconds(),
                            least));
        }
        // Log-in and start are in what was measured as a whole, and in nothing that is expected.
        double besides = Math.max(0, least - known.cost().seconds());
        Candidate<T> promising = known;
        double promised = least * CLEARLY;
        for (Candidate<T> candidate : candidates) {
            if (candidate.grounded()
                    && !runs.containsKey(candidate.way())
                    && candidate.cost().seconds() + besides < promised) {
                promising = candidate;
                promised = candidate.cost().seconds() + besides;
            }
        }
        return promising.way().equals(known.way())
                ? new Chosen<>(
                        known,
                        String.format(
                                Locale.ROOT, "took the least of %d ways that were tried: %.3f s", tried(runs), least))
                : new Chosen<>(
                        promising,
                        String.format(
                                Locale.ROOT,
                                "expected to take %.3f s by what its requests took, where the best so far took %.3f s",
                                promised,
                                least));
    }

    private static long tried(Map<String, Runs> runs) {
        return runs.values().stream().filter(run -> run.times() > 0).count();
    }

    /** Something that was not tried and may be faster, in the runs in which trying is allowed. */
    private static <T> @Nullable Candidate<T> trial(
            List<Candidate<T>> candidates, Map<String, Runs> runs, double least) {
        long times = runs.values().stream().mapToLong(Runs::times).sum();
        if (times != 1 && times % SELDOM != 0) {
            return null;
        }
        Candidate<T> trial = null;
        for (Candidate<T> candidate : candidates) {
            Runs ran = runs.get(candidate.way());
            boolean worth = ran == null ? promises(candidate, least) : wasClose(ran, least);
            if (worth && (trial == null || likely(candidate, ran) < likely(trial, runs.get(trial.way())))) {
                trial = candidate;
            }
        }
        return trial;
    }

    private static boolean promises(Candidate<?> candidate, double least) {
        return candidate.hope().seconds() < CLEARLY * least
                && candidate.cost().seconds() < TOO_LONG * least + SECONDS_AT_RISK;
    }

    /** One run alone may have been slow for another reason: the first to a cloud, or a machine that was busy. */
    private static boolean wasClose(Runs ran, double least) {
        return ran.times() == 1 && ran.failed() == 0 && ran.seconds() > least && ran.seconds() < CLOSE * least;
    }

    /** Between what it takes at best and what is cautiously expected; or what it took. */
    private static double likely(Candidate<?> candidate, @Nullable Runs ran) {
        return ran == null
                ? Math.sqrt(candidate.hope().seconds() * candidate.cost().seconds())
                : ran.seconds();
    }

    private static boolean tried(Candidate<?> candidate, Map<String, Runs> runs) {
        Runs known = runs.get(candidate.way());
        return known != null && known.failed() < known.times();
    }

    private static double seconds(Candidate<?> candidate, Map<String, Runs> runs) {
        return Objects.requireNonNull(runs.get(candidate.way())).seconds();
    }

    /** What was chosen for a parent and those that are listed for its rows. */
    public record Family(
            String shape, String way, boolean inside, Cost expected, String why, List<Planned.Other> others) {

        /** A child as it is then fetched. */
        public Planned child(Planned apart, FetchPlan parent) {
            Column.Inline part = Objects.requireNonNull(apart.table().inside());
            return with(apart, inside ? within(apart.plan(), parent, part) : apart.plan(), apart.read());
        }

        /** The parent as it is then fetched. */
        public Planned parent(Planned apart, Candidate<PlanBuilder.Built> together) {
            return inside
                    ? with(apart, together.built().plan(), together.built().read())
                    : apart;
        }

        private Planned with(Planned planned, FetchPlan plan, List<Column> read) {
            return new Planned(
                    planned.query(),
                    planned.table(),
                    planned.output(),
                    read,
                    plan,
                    inside ? expected : planned.expected(),
                    shape,
                    way,
                    why,
                    others);
        }

        private static FetchPlan within(FetchPlan plan, FetchPlan parent, Column.Inline part) {
            return switch (plan) {
                case FetchPlan.FanOut fan -> new FetchPlan.Inside(parent, part);
                case FetchPlan.TwoStage(FetchPlan rows, var details) ->
                    new FetchPlan.TwoStage(within(rows, parent, part), details);
                case FetchPlan.Filtered(FetchPlan rows, var asked, var checked) ->
                    new FetchPlan.Filtered(within(rows, parent, part), List.of(), checked);
                case FetchPlan.Joined(FetchPlan rows, var relation, FetchPlan other, var how) ->
                    new FetchPlan.Joined(within(rows, parent, part), relation, other, how);
                case FetchPlan.Sorted(FetchPlan rows, var order, boolean byServer) ->
                    new FetchPlan.Sorted(within(rows, parent, part), order, byServer);
                case FetchPlan.Limited(FetchPlan rows, long most) ->
                    new FetchPlan.Limited(within(rows, parent, part), most);
                default -> plan;
            };
        }
    }

    private static final String BY_CALLS = "a call for each row";
    private static final String INSIDE = "inside the parent's list";

    /** A parent and those that are listed for its rows: by calls, or inside its list. */
    public static Family family(
            String shape,
            Cost byCalls,
            Candidate<PlanBuilder.Built> together,
            Set<Wish> wishes,
            @Nullable String way,
            Measured measured) {
        Candidate<PlanBuilder.Built> apart = new Candidate<>(BY_CALLS, together.built(), byCalls, byCalls, true);
        Candidate<PlanBuilder.Built> inside =
                new Candidate<>(INSIDE, together.built(), together.cost(), together.hope(), together.grounded());
        List<Candidate<PlanBuilder.Built>> candidates =
                BY_CALLS.equals(way) || wishes.contains(Wish.BY_CALL) || wishes.contains(Wish.SEQUENTIAL)
                        ? List.of(apart)
                        : INSIDE.equals(way) || wishes.contains(Wish.INLINE) ? List.of(inside) : List.of(apart, inside);
        Map<String, Runs> runs = measured.plans().getOrDefault(shape, Map.of());
        Chosen<PlanBuilder.Built> chosen = choose(candidates, runs);
        Candidate<PlanBuilder.Built> best = chosen.candidate();
        return new Family(
                shape,
                best.way(),
                best.way().equals(INSIDE),
                expected(best, runs),
                chosen.why(),
                others(List.of(apart, inside), best.way(), runs));
    }
}
