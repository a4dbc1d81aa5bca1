package dev.muster.bench;

import dev.muster.bench.wire.WireBenchmark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark: {@code bench/run} lists them, {@code bench/run NAME [--quick] [ROW…]} runs one. */
public final class Bench {
    /** A benchmark by name: what it shows, what it is made of, and how it is run. */
    private record Entry(String summary, List<String> rows, Runner runner) {}

    private interface Runner {
        /** Measures, prints, and answers what the figures must keep. {@code rows}: only these, all where empty. */
        List<Bar> run(boolean quick, List<String> rows) throws Exception;
    }

    private static final Map<String, Entry> ALL = new TreeMap<>(Map.of(
            "adaptive",
                    new Entry(
                            "a client that is told nothing beside the best setting that a search finds, at servers that"
                                    + " are slow in different ways",
                            AdaptiveBenchmark.rows(),
                            AdaptiveBenchmark::run),
            "inventory",
                    new Entry(
                            "100 VMs of oVirt with disks, NICs and permissions at 20 ms: Muster beside the official"
                                    + " Java SDK",
                            List.of(),
                            (quick, rows) -> inventory(quick)),
            "ovirt",
                    new Entry(
                            "100 and 1000 VMs of oVirt at 0, 5, 20 and 100 ms: Muster in five ways, the official Java"
                                    + " SDK in three: " + String.join(", ", OvirtBenchmark.rows()),
                            OvirtBenchmark.rows(),
                            OvirtBenchmark::run),
            "plans",
                    new Entry(
                            "every plan, in settings that make each the best in turn, and what the planner takes after"
                                    + " two runs: " + String.join(", ", PlansBenchmark.names()),
                            PlansBenchmark.names(),
                            PlansBenchmark::run),
            "softlayer",
                    new Entry(
                            "1050 guests, one server's detail, 200 pools of SoftLayer at 100 ms: Muster beside the"
                                    + " official Java and Python clients",
                            List.of(),
                            (quick, rows) -> SoftLayerBenchmark.run(quick)),
            "wire",
                    new Entry(
                            "HTTP clients beside one another: " + String.join(", ", WireBenchmark.rows()),
                            WireBenchmark.rows(),
                            WireBenchmark::run)));

    private Bench() {}

    public static void main(String... args) throws Exception {
        if (args.length == 0) {
            ALL.forEach((name, entry) -> System.out.printf("%-12s %s%n", name, entry.summary()));
            return;
        }
        Entry entry = ALL.get(args[0]);
        List<String> rows = new ArrayList<>(List.of(args).subList(1, args.length));
        boolean quick = rows.remove("--quick");
        if (entry == null || !entry.rows().containsAll(rows)) {
            System.err.println(
                    "usage: bench/run [NAME [--quick] [ROW…]]; benchmarks: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        List<Bar> bars = entry.runner().run(quick, rows);
        if (bars.isEmpty()) {
            System.err.println("nothing was measured: a quick run has none of " + String.join(", ", rows));
            System.exit(2);
            return;
        }
        bars.forEach(System.out::println);
        System.exit(bars.stream().allMatch(Bar::ok) ? 0 : 1);
    }

    private static List<Bar> inventory(boolean quick) throws Exception {
        try (Benchmark benchmark = new InventoryBenchmark()) {
            Results results = Results.measure(
                    "inventory", benchmark, quick ? 15 : 21, quick ? 1 : 5, Duration.ofSeconds(quick ? 14 : 30));
            results.print(System.out);
            results.write(Path.of("bench", "results", "inventory.json"));
            return results.bars();
        }
    }
}
