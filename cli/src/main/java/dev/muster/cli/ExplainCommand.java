package dev.muster.cli;

import dev.muster.core.ApiRequest;
import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.FetchReport.Took;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Measured;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Planned;
import dev.muster.core.Query;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code muster explain}: how a table would be fetched, and why so. */
@Command(
        name = "explain",
        description = "Show how tables would be fetched, what that is expected to take, and why so.",
        footer = {
            "",
            "Plans go by what was measured of a cloud before; muster forget lets them begin anew.",
            "",
            "Examples:",
            "  muster explain ovirt_vm",
            "  muster explain openstack_server --where 'status = ACTIVE'",
            "  muster explain ovirt_vm ovirt_nic --analyze --cloud prod"
        })
final class ExplainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TABLE", arity = "1..*", description = "One or more tables; see muster tables.")
    List<String> names = new ArrayList<>();

    @Mixin
    Asked asked = new Asked();

    @Option(names = "--cloud", paramLabel = "CLOUD", description = "By what was measured of this one.")
    @Nullable
    String cloud;

    @Option(names = "--analyze", description = "Fetch them too, and show what each part took.")
    boolean analyze;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or yaml; ${DEFAULT-VALUE} unless told.")
    Format format = Format.TABLE;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (format == Format.CSV) {
            throw new MusterException.Rejected(null, "a plan is no list: -o csv does not go with explain");
        }
        List<Query> queries = asked.queries(names);
        names.forEach(ConfiguredClouds::table);
        return analyze ? analyze() : explain(queries);
    }

    /** By what is known of the cloud that was named, or of none: nothing is sent. */
    private Integer explain(List<Query> queries) {
        Measurements known = Learned.load(console);
        if (cloud != null && !known.clouds().contains(cloud)) {
            // Nothing was measured of it yet; but there must be one.
            ConfiguredClouds.named(ConfiguredClouds.all(console.environment()), List.of(cloud));
        }
        Measured measured = cloud == null ? Measured.nothing() : known.of(cloud);
        List<Planned> plans = new ArrayList<>();
        for (CloudProvider provider : ConfiguredClouds.providers()) {
            List<String> has = provider.tables().stream().map(Table::name).toList();
            List<Query> mine =
                    queries.stream().filter(q -> has.contains(q.table())).toList();
            plans.addAll(asked.planner().plan(mine, provider.tables(), measured));
        }
        asked.check(plans);
        if (format != Format.TABLE) {
            try (Document out = document()) {
                out.beginObject().name("plans").beginArray();
                for (Planned planned : plans) {
                    out.beginObject().field("table", planned.table().name());
                    ReportDocument.plan(out, planned);
                    out.endObject();
                }
                out.endArray().endObject();
            }
            return ExitCode.OK;
        }
        for (Planned planned : plans) {
            console.out().println(console.palette().strong(planned.table().name()));
            print(planned, node -> "");
        }
        return ExitCode.OK;
    }

    private Document document() {
        return format == Format.JSON
                ? new JsonDocument(console.out(), console.outIsTerminal())
                : new YamlDocument(console.out());
    }

    private void print(Planned planned, java.util.function.Function<FetchPlan, String> remark) {
        planned.plan().draw(remark).lines().forEach(line -> console.out().println("  " + line));
        Palette palette = console.palette();
        console.out().println(palette.faint("  expected: ") + planned.expected());
        console.out().println(palette.faint("  because:  ") + planned.way() + ": " + planned.why());
        for (Planned.Other other : planned.others()) {
            Double took = other.measured();
            console.out()
                    .println(palette.faint("  not:      ")
                            + other.way()
                            + (took == null
                                    ? ", expected " + other.expected()
                                    : String.format(Locale.ROOT, ", which took %.3f s", took)));
        }
    }

    private Integer analyze() {
        List<Settings> all = ConfiguredClouds.all(console.environment());
        if (all.isEmpty()) {
            NothingConfigured.print(console);
            return ExitCode.USAGE;
        }
        List<Cloud> clouds = new ArrayList<>();
        try {
            for (Settings settings : ConfiguredClouds.named(all, cloud == null ? List.of() : List.of(cloud))) {
                clouds.add(ConfiguredClouds.connect(settings));
            }
            Measurements learned = Learned.load(console);
            // What is shown are sums: rows are let go as they come.
            InventoryReport report =
                    asked.narrow(Inventory.of(clouds).learning(learned), names).get(batch -> {});
            Learned.save(console, learned);
            if (format == Format.TABLE) {
                report.tables().forEach(this::print);
            } else {
                try (Document out = document()) {
                    out.beginObject().name("tables").beginArray();
                    for (FetchReport table : report.tables()) {
                        out.beginObject()
                                .field("cloud", table.cloud())
                                .field("table", table.table())
                                .field("outcome", InventoryOutput.outcome(table));
                        ReportDocument.fields(out, table);
                        out.endObject();
                    }
                    out.endArray().endObject();
                }
            }
            Problems.lines(report, console.errorPalette()).forEach(console.err()::println);
            return report.complete() ? ExitCode.OK : report.failed() ? ExitCode.FAILED : ExitCode.PARTIAL;
        } finally {
            clouds.forEach(Cloud::close);
        }
    }

    private void print(FetchReport table) {
        Palette palette = console.palette();
        console.out()
                .println(palette.accent(TextWidth.harmless(table.cloud()))
                        + palette.faint(" · ")
                        + palette.strong(table.table()));
        print(table.planned(), node -> {
            String took = took(node, table);
            return took.isEmpty() ? "" : palette.faint("  [" + took + "]");
        });
        console.out()
                .println(palette.faint("  took:     ")
                        + Texts.count(table.requests(), "request", "requests") + ", "
                        + String.format(Locale.ROOT, "%.3f s", table.elapsed().toNanos() / 1e9) + ", "
                        + Texts.count(table.rows(), "row", "rows"));
    }

    /** What the requests of a node itself took. */
    private static String took(FetchPlan node, FetchReport table) {
        List<String> operations = switch (node) {
            case FetchPlan.Listed list -> List.of(list.operation());
            case FetchPlan.Lookup look -> List.of(look.request().toString());
            case FetchPlan.FanOut(FetchPlan each, FetchPlan list) ->
                list instanceof FetchPlan.Listed listed ? List.of(listed.operation()) : List.of();
            case FetchPlan.TwoStage stage ->
                stage.details().stream().map(ApiRequest::toString).toList();
            default -> List.of();
        };
        return table.took().stream()
                .filter(took -> operations.contains(took.operation()))
                .map(ExplainCommand::text)
                .collect(Collectors.joining("; "));
    }

    private static String text(Took took) {
        Duration all = took.to().minus(took.from());
        return String.format(
                Locale.ROOT,
                "%s, %s, %.3f s, each %.1f ms",
                Texts.count(took.answers(), "answer", "answers"),
                Texts.count(took.rows(), "row", "rows"),
                all.toNanos() / 1e9,
                1000 * took.seconds() / Math.max(1, took.answers()));
    }
}
