package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs a benchmark: {@code bench/run} lists them, {@code bench/run NAME [--quick]} runs one. */
public final class Bench {
    /** A benchmark by name: what it shows, and how it is made. */
    private record Entry(String summary, Maker maker) {}

    private interface Maker {
        Benchmark make() throws Exception;
    }

    private static final Map<String, Entry> ALL = new TreeMap<>(Map.of(
            "inventory",
            new Entry(
                    "100 VMs of oVirt with disks, NICs and permissions at 20 ms: Muster beside the official Java SDK",
                    InventoryBenchmark::new)));

    private Bench() {}

    public static void main(String... args) throws Exception {
        if (args.length == 0) {
            ALL.forEach((name, entry) -> System.out.printf("%-12s %s%n", name, entry.summary()));
            return;
        }
        Entry entry = ALL.get(args[0]);
        boolean quick = Arrays.asList(args).contains("--quick");
        if (entry == null || args.length > (quick ? 2 : 1)) {
            System.err.println("usage: bench/run [NAME [--quick]]; benchmarks: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        System.exit(run(args[0], entry, quick) ? 0 : 1);
    }

    private static boolean run(String name, Entry entry, boolean quick) throws Exception {
        try (Benchmark benchmark = entry.maker().make()) {
            Results results =
                    Results.measure(name, benchmark, quick ? 7 : 9, quick ? 1 : 5, Duration.ofSeconds(quick ? 6 : 10));
            results.print(System.out);
            Path file = Path.of("bench", "results", name + ".json");
            try {
                results.write(file);
            } catch (IOException e) {
                System.err.println(file + " could not be written: " + e.getMessage());
            }
            return results.bars().stream().allMatch(Bar::ok);
        }
    }
}
