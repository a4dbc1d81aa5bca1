package dev.muster.bench;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Json;
import dev.muster.core.Measurements;
import dev.muster.core.Planned;
import dev.muster.core.Planner;
import dev.muster.core.Query;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import tools.jackson.core.JsonGenerator;

/**
 * Plans beside one another, in settings that make each of them the best in turn: every way is forced, and the planner's own
 * choice, after two runs to learn from, is held to within a tenth of the best.
 */
final class PlansBenchmark {
    private static final String CLOUD = "bench";
    private static final double MOST = 1.10;

    /** A way this many times slower than the quickest is run once: it will not be the best. */
    private static final double OUT_OF_IT = 1.6;

    private static final int LEARNING = 2;

    private final PlanSetting setting;
    private final SimCloud server;
    private final Map<String, List<Double>> forced = new LinkedHashMap<>();
    private final List<Double> auto = new ArrayList<>();
    private final Map<String, Integer> taken = new TreeMap<>();

    /** What the last round's runs took, and why. */
    private final List<String> reasons = new ArrayList<>();

    private long rows = -1;
    private String checksum = "";

    private PlansBenchmark(PlanSetting setting, SimCloud server) {
        this.setting = setting;
        this.server = server;
    }

    static List<String> names() {
        return PlanSetting.all().stream().map(PlanSetting::name).toList();
    }

    static List<Bar> run(boolean quick, List<String> only) throws IOException {
        List<PlansBenchmark> all = new ArrayList<>();
        for (PlanSetting setting : PlanSetting.all()) {
            if (only.isEmpty() || only.contains(setting.name())) {
                try (SimCloud server = setting.start()) {
                    PlansBenchmark one = new PlansBenchmark(setting, server);
                    one.measure(quick ? 5 : 11);
                    one.print();
                    all.add(one);
                }
            }
        }
        if (only.isEmpty()) {
            Path file = Path.of("bench", "results", "plans.json");
            Files.createDirectories(file.getParent());
            Files.write(file, Json.bytes(out -> write(out, all)));
        }
        return all.stream().map(PlansBenchmark::bar).toList();
    }

    private void measure(int rounds) {
        Measurements known = new Measurements();
        for (int i = 0; i < LEARNING; i++) {
            take(new Planner(), known);
        }
        List<String> ways = ways(known);
        for (int round = 0; round < rounds; round++) {
            for (String way : ways) {
                List<Double> runs = forced.computeIfAbsent(way, w -> new ArrayList<>());
                if (round == 0 || median(runs) < OUT_OF_IT * best()) {
                    runs.add(take(new Planner().way(way), new Measurements()).seconds());
                }
            }
            Measurements learned = new Measurements();
            reasons.clear();
            for (int i = 0; i < LEARNING; i++) {
                take(new Planner(), learned);
            }
            Taken own = take(new Planner(), learned);
            auto.add(own.seconds());
            taken.merge(own.way(), 1, Integer::sum);
        }
    }

    /** Every way there is to fetch this, by now. */
    private List<String> ways(Measurements known) {
        try (Cloud cloud = connect()) {
            Planned planned = Inventory.of(List.of(cloud))
                    .ask(setting.queries().toArray(new Query[0]))
                    .learning(known)
                    .plans()
                    .values()
                    .iterator()
                    .next()
                    .getFirst();
            List<String> ways = new ArrayList<>(List.of(planned.way()));
            planned.others().forEach(other -> ways.add(other.way()));
            Collections.sort(ways);
            return ways;
        }
    }

    private Cloud connect() {
        CloudProvider provider = ServiceLoader.load(CloudProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.type().equals(setting.kind()))
                .findFirst()
                .orElseThrow();
        return provider.connect(Settings.of(CLOUD, setting.kind(), "the benchmark", setting.settings(server)));
    }

    private record Taken(String way, double seconds) {}

    /** From log-in to the last row; what was found is held against what the others found. */
    private Taken take(Planner planner, Measurements learned) {
        try (Cloud cloud = connect()) {
            RowCollector found = new RowCollector();
            long start = System.nanoTime();
            InventoryReport report = Inventory.of(List.of(cloud))
                    .ask(setting.queries().toArray(new Query[0]))
                    .planner(planner)
                    .learning(learned)
                    .get(found);
            double seconds = (System.nanoTime() - start) / 1e9;
            FetchReport first = report.tables().getFirst();
            String way = first.planned().way();
            if (!report.complete()) {
                throw new IllegalStateException(setting.name() + ", " + way + ": "
                        + report.tables().stream().map(FetchReport::failures).toList());
            }
            check(way, found);
            reasons.add(way + ": " + first.planned().why());
            return new Taken(way, seconds);
        }
    }

    private void check(String way, RowCollector found) {
        List<String> lines = setting.queries().stream()
                .flatMap(query -> found.rows(CLOUD, query.table()).stream())
                .map(PlansBenchmark::line)
                .sorted()
                .toList();
        CRC32 sum = new CRC32();
        lines.forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        String mine = Long.toHexString(sum.getValue());
        if (rows < 0) {
            rows = lines.size();
            checksum = mine;
        }
        if (rows != lines.size() || !checksum.equals(mine)) {
            throw new IllegalStateException(setting.name() + ", " + way + " found " + lines.size() + " rows, checksum "
                    + mine + ", others " + rows + ", " + checksum);
        }
    }

    /** A row's values; those of several related rows come in no order. */
    private static String line(Row row) {
        return row.toMap().values().stream()
                .map(value -> value instanceof Json json
                        ? Arrays.stream(json.text().split("[\\[\\],]")).sorted().collect(Collectors.joining(","))
                        : String.valueOf(value))
                .collect(Collectors.joining("\t"));
    }

    private static double median(List<Double> runs) {
        return Median.of(runs.stream().mapToDouble(Double::doubleValue));
    }

    private double best() {
        return forced.values().stream()
                .filter(runs -> !runs.isEmpty())
                .mapToDouble(PlansBenchmark::median)
                .min()
                .orElse(Double.MAX_VALUE);
    }

    private Bar bar() {
        return new Bar("plans." + setting.name() + ".auto_to_best", median(auto) / best(), MOST, true);
    }

    private void print() {
        System.out.println(setting.name() + ": " + setting.costs());
        System.out.println(String.join(
                "; ",
                setting.queries().stream()
                        .map(q -> q.table()
                                + (q.columns().isEmpty() ? "" : " " + q.columns())
                                + (q.where().isEmpty() ? "" : " where " + q.where()))
                        .toList()));
        System.out.println("every way found " + rows + " rows, checksum " + checksum);
        forced.forEach((way, runs) -> System.out.println(line(way, runs)));
        System.out.println(line("auto: " + taken, auto));
        reasons.forEach(reason -> System.out.println("    " + reason));
        System.out.println();
    }

    private String line(String way, List<Double> runs) {
        return String.format(
                Locale.ROOT,
                "  %-52s %7.3f s %5.2fx  %s",
                way,
                median(runs),
                median(runs) / best(),
                runs.stream()
                        .map(run -> String.format(Locale.ROOT, "%.3f", run))
                        .collect(Collectors.joining(" ")));
    }

    private static void write(JsonGenerator out, List<PlansBenchmark> all) {
        out.writeStartObject();
        out.writeStringProperty("benchmark", "plans");
        out.writeArrayPropertyStart("settings");
        for (PlansBenchmark one : all) {
            out.writeStartObject();
            out.writeStringProperty("name", one.setting.name());
            out.writeStringProperty("work", one.setting.costs());
            out.writeNumberProperty("rows", one.rows);
            out.writeStringProperty("checksum", one.checksum);
            out.writeArrayPropertyStart("contenders");
            one.forced.forEach((way, runs) -> write(out, way, runs));
            write(out, "auto", one.auto);
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("bars");
        all.forEach(one -> one.bar().write(out));
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, String name, List<Double> runs) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeNumberProperty("median_seconds", median(runs));
        out.writeArrayPropertyStart("runs");
        runs.forEach(out::writeNumber);
        out.writeEndArray();
        out.writeEndObject();
    }
}
