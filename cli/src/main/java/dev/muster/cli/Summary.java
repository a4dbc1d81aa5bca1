package dev.muster.cli;

import dev.muster.core.FetchReport;
import dev.muster.core.InventoryReport;
import java.time.Duration;
import java.util.List;

/** What was fetched from a cloud, a line a table. */
final class Summary {
    private Summary() {}

    /** Prints it under a line that names the cloud. */
    static void print(Console console, InventoryReport.CloudReport cloud) {
        Palette palette = console.palette();
        console.out().println(title(palette, cloud));
        TextTable table = new TextTable(List.of(
                TextTable.text("table"),
                TextTable.number("rows"),
                TextTable.number("requests"),
                TextTable.number("time"),
                TextTable.text("outcome")));
        long rows = 0;
        for (FetchReport report : cloud.tables()) {
            rows += report.rows();
            table.row(List.of(
                    report.table(),
                    Texts.count(report.rows()),
                    Texts.count(report.requests()),
                    time(report),
                    outcome(report)));
        }
        table.total(List.of(
                "all, with log-in",
                Texts.count(rows),
                Texts.count(cloud.requests()),
                Texts.seconds(cloud.elapsed()),
                cloud.resent() == 0 ? "" : Texts.count(cloud.resent(), "resend", "resends")));
        table.print(console.width(), palette, console.out()::println);
        console.out().println();
    }

    /** The line that names a cloud. */
    static String title(Palette palette, InventoryReport.CloudReport cloud) {
        return palette.accent(palette.strong(TextWidth.harmless(cloud.cloud())))
                + palette.faint(" · " + cloud.type() + " · " + Texts.tenancy(cloud.tenancy()))
                + cloud.tables().size()
                + (cloud.tables().size() == 1 ? " table" : " tables");
    }

    private static String time(FetchReport report) {
        return report.elapsed().compareTo(Duration.ZERO) <= 0 ? "" : Texts.seconds(report.elapsed());
    }

    private static String outcome(FetchReport report) {
        return switch (report.outcome()) {
            case COMPLETE -> "complete";
            case PARTIAL -> "partial";
            case FAILED -> "failed";
        };
    }
}
