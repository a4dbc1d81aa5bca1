package dev.muster.cli;

import dev.muster.core.FetchReport;
import dev.muster.core.InventoryReport.CloudReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the demo in each of the formats. */
final class DemoOutput {
    private static final int BAR = 44;

    private final Console console;
    private final int vms;
    private final Duration latency;

    DemoOutput(Console console, int vms, Duration latency) {
        this.console = console;
        this.vms = vms;
        this.latency = latency;
    }

    /** What is about to be seen. */
    void intro() {
        Palette palette = console.palette();
        console.out()
                .println(palette.strong("Two embedded clouds") + ", " + Texts.count(vms, "machine", "machines")
                        + " each, "
                        + millis(latency) + " away. " + Demo.CONNECTIONS + " connections to each, " + Demo.PIPELINE
                        + " requests deep.");
        console.out().println();
        console.out().flush();
    }

    /** What was fetched, a table a cloud. */
    void tables(Demo.Taken taken) {
        taken.report().clouds().forEach(cloud -> Summary.print(console, cloud));
        console.out().flush();
    }

    void print(Format format, Demo demo, Demo.@Nullable Taken atOnce, Demo.Taken oneByOne) {
        switch (format) {
            case TABLE -> table(demo, atOnce, oneByOne);
            case JSON -> document(new JsonDocument(console.out(), console.outIsTerminal()), demo, atOnce, oneByOne);
            case YAML -> document(new YamlDocument(console.out()), demo, atOnce, oneByOne);
            case CSV -> csv(atOnce == null ? oneByOne : atOnce);
        }
        Palette palette = console.errorPalette();
        Problems.lines((atOnce == null ? oneByOne : atOnce).report(), palette).forEach(console.err()::println);
    }

    private void table(Demo demo, Demo.@Nullable Taken atOnce, Demo.Taken oneByOne) {
        if (atOnce == null) {
            tables(oneByOne);
            console.out().println("One request at a time: " + Texts.seconds(oneByOne.elapsed()));
        } else {
            comparison(demo, atOnce, oneByOne);
        }
        next();
        console.out().flush();
    }

    private void comparison(Demo demo, Demo.Taken atOnce, Demo.Taken oneByOne) {
        Palette palette = console.palette();
        TextTable table = new TextTable(List.of(
                TextTable.text("cloud"),
                TextTable.number("requests"),
                TextTable.number("at once"),
                TextTable.number("floor"),
                TextTable.number("one by one"),
                TextTable.number("ratio")));
        for (CloudReport cloud : atOnce.report().clouds()) {
            Duration slow = oneByOne.cloud(cloud.cloud()).elapsed();
            table.row(List.of(
                    cloud.cloud(),
                    Texts.count(cloud.requests()),
                    Texts.seconds(cloud.elapsed()),
                    Texts.seconds(demo.floor(cloud)),
                    Texts.seconds(slow),
                    Texts.times(slow, cloud.elapsed())));
        }
        Duration floor = floor(demo, atOnce);
        table.total(List.of(
                "both",
                Texts.count(requests(atOnce)),
                Texts.seconds(atOnce.elapsed()),
                Texts.seconds(floor),
                Texts.seconds(oneByOne.elapsed()),
                Texts.times(oneByOne.elapsed(), atOnce.elapsed())));
        table.print(console.width(), palette, console.out()::println);
        console.out().println();
        Duration longest = oneByOne.elapsed();
        bar("one by one", oneByOne.elapsed(), longest, palette.warning("█"), palette);
        bar("at once", atOnce.elapsed(), longest, palette.good("█"), palette);
        bar("floor", floor, longest, palette.faint("█"), palette);
        console.out()
                .println(palette.faint(
                        "Both were measured just now, the JVM being warm. The floor is arithmetic: the round trips that"
                                + "\nmust follow one another, whoever asks."));
        console.out().println();
    }

    private void bar(String name, Duration time, Duration longest, String block, Palette palette) {
        int width = Math.clamp(console.width() - 24L, 10, BAR);
        int cells = (int) Math.max(1, Math.round((double) width * time.toNanos() / Math.max(1, longest.toNanos())));
        console.out()
                .println(String.format(Locale.ROOT, "%-10s  ", name) + block.repeat(cells) + "  "
                        + palette.strong(Texts.seconds(time)));
    }

    private void next() {
        Palette palette = console.palette();
        console.out().println(palette.strong("Go on with"));
        String[][] steps = {
            {"muster demo --vms 1000 --latency 50ms", "larger and farther away"},
            {"muster sim openstack", "leave a cloud running, for muster or any other client"},
            {"muster tables", "what can be asked for"},
            {"muster inventory", "your own clouds; says how to set them up"},
        };
        for (String[] step : steps) {
            console.out()
                    .println("  " + palette.accent(String.format(Locale.ROOT, "%-39s", step[0]))
                            + palette.faint(step[1]));
        }
    }

    private void document(Document out, Demo demo, Demo.@Nullable Taken atOnce, Demo.Taken oneByOne) {
        Demo.Taken shown = atOnce == null ? oneByOne : atOnce;
        try (out) {
            out.beginObject()
                    .field("vms", vms)
                    .field("latency_seconds", Texts.exact(latency))
                    .field("connections", Demo.CONNECTIONS)
                    .field("pipeline", Demo.PIPELINE);
            out.name("clouds").beginArray();
            for (CloudReport cloud : shown.report().clouds()) {
                cloud(out, demo, cloud, shown, atOnce, oneByOne);
            }
            out.endArray();
            figures(out, requests(shown), floor(demo, shown), atOnce, oneByOne);
            out.field("complete", shown.report().complete() && oneByOne.report().complete());
            out.endObject();
        }
    }

    private void cloud(
            Document out,
            Demo demo,
            CloudReport cloud,
            Demo.Taken shown,
            Demo.@Nullable Taken atOnce,
            Demo.Taken oneByOne) {
        out.beginObject().field("name", cloud.cloud()).field("type", cloud.type());
        out.name("tables").beginArray();
        long rows = 0;
        for (FetchReport table : cloud.tables()) {
            rows += table.rows();
            out.beginObject()
                    .field("name", table.table())
                    .field("outcome", InventoryOutput.outcome(table))
                    .field("rows", table.rows())
                    .field("requests", table.requests())
                    .field("seconds", Texts.exact(table.elapsed()))
                    .endObject();
        }
        out.endArray().field("rows", rows);
        out.field("requests", cloud.requests()).field("served", shown.served().get(cloud.cloud()));
        Duration slow = oneByOne.cloud(cloud.cloud()).elapsed();
        out.field("seconds", atOnce == null ? null : Texts.exact(cloud.elapsed()))
                .field("floor", Texts.exact(demo.floor(cloud)))
                .field("seconds_one_by_one", Texts.exact(slow))
                .field("ratio", atOnce == null ? null : Texts.ratio(slow, cloud.elapsed()))
                .endObject();
    }

    private static void figures(
            Document out, long requests, Duration floor, Demo.@Nullable Taken atOnce, Demo.Taken oneByOne) {
        out.field("requests", requests)
                .field("seconds", atOnce == null ? null : Texts.exact(atOnce.elapsed()))
                .field("floor", Texts.exact(floor))
                .field("seconds_one_by_one", Texts.exact(oneByOne.elapsed()))
                .field("ratio", atOnce == null ? null : Texts.ratio(oneByOne.elapsed(), atOnce.elapsed()));
    }

    private void csv(Demo.Taken taken) {
        Csv csv = new Csv(console.out());
        csv.line(List.of("cloud", "type", "table", "outcome", "rows", "requests", "seconds"));
        for (CloudReport cloud : taken.report().clouds()) {
            for (FetchReport table : cloud.tables()) {
                List<Object> line = new ArrayList<>(List.of(cloud.cloud(), cloud.type(), table.table()));
                line.add(InventoryOutput.outcome(table));
                line.add(table.rows());
                line.add(table.requests());
                line.add(Texts.exact(table.elapsed()));
                csv.line(line);
            }
        }
        console.out().flush();
    }

    private static long requests(Demo.Taken taken) {
        return taken.report().clouds().stream().mapToLong(CloudReport::requests).sum();
    }

    /** The floor of both at once is that of the cloud that takes longer. */
    private static Duration floor(Demo demo, Demo.Taken taken) {
        return taken.report().clouds().stream()
                .map(demo::floor)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis == Math.rint(millis) ? Math.round(millis) + " ms" : millis + " ms";
    }
}
