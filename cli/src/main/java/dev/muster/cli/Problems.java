package dev.muster.cli;

import dev.muster.core.FetchReport;
import dev.muster.core.FetchReport.Failure;
import dev.muster.core.InventoryReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What went wrong in an inventory, for people: equal failures of several tables said once, and tables that are incomplete
 * only because the one they are listed for is, named behind it.
 */
final class Problems {
    private static final int NAMED = 4;

    private record Key(String kind, String message) {}

    private Problems() {}

    /** A line or two for each kind of failure, and one for what was asked twice; none where all went as planned. */
    static List<String> lines(InventoryReport report, Palette palette) {
        List<String> lines = new ArrayList<>();
        for (InventoryReport.CloudReport cloud : report.clouds()) {
            lines.addAll(lines(cloud, palette));
        }
        return lines;
    }

    private static List<String> lines(InventoryReport.CloudReport cloud, Palette palette) {
        Map<Key, Failure> failures = new LinkedHashMap<>();
        Map<Key, List<String>> tables = new LinkedHashMap<>();
        TreeSet<String> behind = new TreeSet<>();
        for (FetchReport table : cloud.tables()) {
            for (Failure failure : table.failures()) {
                if (failure.kind().equals(Failure.PARENT_INCOMPLETE)) {
                    behind.add(table.table());
                    continue;
                }
                Key key = new Key(failure.kind(), failure.message());
                failures.merge(
                        key,
                        failure,
                        (one, more) ->
                                new Failure(one.kind(), one.request(), one.message(), one.count() + more.count()));
                tables.computeIfAbsent(key, k -> new ArrayList<>()).add(table.table());
            }
        }
        boolean nothing = cloud.tables().stream().allMatch(t -> t.outcome() == FetchReport.Outcome.FAILED);
        String mark = nothing ? palette.bad("✗") : palette.warning("!");
        List<String> lines = new ArrayList<>();
        for (FetchReport table : cloud.tables()) {
            // Where the other way failed too, its failure says it all.
            boolean helped = table.outcome() == FetchReport.Outcome.COMPLETE;
            for (FetchReport.Refusal refusal : helped ? table.refusals() : List.<FetchReport.Refusal>of()) {
                lines.add(palette.faint("· ")
                        + TextWidth.harmless(cloud.cloud() + ": " + table.table() + ": the server refused '"
                                + refusal.way() + "', asked by '" + refusal.instead() + "' instead: "
                                + refusal.message()));
            }
        }
        failures.forEach((key, failure) -> {
            List<String> in = tables.getOrDefault(key, List.of());
            // A log-in that failed is no single table's affair.
            String where = nothing && failures.size() == 1 ? "" : names(in) + ": ";
            String request = failure.request().isEmpty() ? "" : failure.request() + ": ";
            boolean often = failure.count() > in.size();
            lines.add(mark
                    + ' '
                    + TextWidth.harmless(cloud.cloud() + ": " + where + request + failure.message())
                    + (often ? palette.faint(" (" + Texts.count(failure.count()) + " times)") : ""));
        });
        if (nothing && !cloud.tables().isEmpty()) {
            lines.add("  nothing of " + cloud.cloud() + " arrived");
        } else if (!behind.isEmpty()) {
            lines.add("  therefore incomplete: " + String.join(", ", behind));
        }
        return lines;
    }

    private static String names(List<String> tables) {
        return tables.size() <= NAMED
                ? String.join(", ", tables)
                : String.join(", ", tables.subList(0, NAMED)) + " and " + (tables.size() - NAMED) + " more";
    }
}
