package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.MusterException;
import dev.muster.core.Planned;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server refused to answer of one table, and what is asked instead. Thread-safe. */
final class Refusals {
    /** More would only be the same failure again. */
    private static final int MOST = 4;

    private final Runs.Plans plans;
    private final List<FetchPlan.Listed> lists = new ArrayList<>();
    private final List<FetchReport.Refusal> told = new ArrayList<>();

    Refusals(Runs.Plans plans) {
        this.plans = plans;
    }

    /** Whether the server answered, and will not do what it was asked. */
    static boolean isRefusal(MusterException failure) {
        return failure instanceof MusterException.Failed
                || (failure instanceof MusterException.Rejected rejected && !rejected.notFound());
    }

    /** Whether there is another way than to ask for this list. */
    synchronized boolean leave(FetchPlan.Listed list, Planned planned) {
        return without(list, planned) != null;
    }

    private @Nullable Planned without(FetchPlan.Listed list, Planned planned) {
        List<FetchPlan.Listed> without = new ArrayList<>(lists);
        without.add(list);
        return without.size() > MOST ? null : plans.otherwise(planned.query(), without);
    }

    /** Another plan that does not ask for this list, nor for any that was refused before; null where there is none. */
    synchronized @Nullable Planned otherwise(FetchPlan.Listed list, Planned planned, MusterException why) {
        Planned other = without(list, planned);
        if (other != null) {
            lists.add(list);
            tell(planned, other, why);
        }
        return other;
    }

    /** The plan for rows that were to stand inside the parent's. */
    synchronized Planned byCalls(Planned planned, MusterException why) {
        Planned other = plans.byCalls(planned.query());
        tell(planned, other, why);
        return other;
    }

    /** The same where the parent's rows come without, be it that the server passes over what it was asked. */
    Planned byCalls(Planned planned, Column.Inline part) {
        String why =
                "rows do not hold " + part.pointer() + ", as was asked for by " + part.parameter() + '=' + part.value();
        return byCalls(planned, new MusterException.Undecodable(null, why, null));
    }

    private void tell(Planned planned, Planned other, MusterException why) {
        told.add(new FetchReport.Refusal(planned.way(), other.way(), String.valueOf(why.getMessage())));
    }

    synchronized List<FetchReport.Refusal> told() {
        return List.copyOf(told);
    }
}
