package dev.muster.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** oVirt's inventory in every way there is, from few machines nearby to many far away. */
final class OvirtBenchmark {
    private OvirtBenchmark() {}

    /**
     * One size of engine at one distance.
     *
     * @param rounds of the fastest contenders
     * @param slowRounds of the others: where these take minutes, once
     */
    private record Setting(int vms, int rttMillis, int rounds, int slowRounds) {
        String name() {
            return OvirtRow.name(vms, rttMillis);
        }
    }

    private static final List<Setting> QUICK = List.of(new Setting(100, 0, 5, 5), new Setting(100, 20, 7, 2));

    private static final List<Setting> FULL = List.of(
            new Setting(100, 0, 9, 9),
            new Setting(100, 5, 7, 7),
            new Setting(100, 20, 7, 3),
            new Setting(100, 100, 5, 1),
            new Setting(1000, 0, 3, 3),
            new Setting(1000, 5, 3, 1),
            new Setting(1000, 20, 3, 1),
            new Setting(1000, 100, 3, 1));

    /** The first setting warms up the clients; each has a server of its own, which is cold for whoever asks it first. */
    private static final Duration CLIENTS = Duration.ofSeconds(6);

    private static final Duration SERVER = Duration.ofSeconds(1);

    static List<String> rows() {
        return FULL.stream().map(Setting::name).toList();
    }

    /** Measures, prints, and answers what the figures must keep. */
    static List<Bar> run(boolean quick, List<String> only) throws Exception {
        List<Bar> bars = new ArrayList<>();
        Map<OvirtRow, Results> all = new LinkedHashMap<>();
        for (Setting setting : quick ? QUICK : FULL) {
            if (!only.isEmpty() && !only.contains(setting.name())) {
                continue;
            }
            try (OvirtRow row = new OvirtRow(setting.vms, setting.rttMillis, setting.slowRounds == 1)) {
                Results results = Results.measure(
                        "ovirt " + row.name(),
                        row,
                        setting.rounds,
                        setting.slowRounds,
                        all.isEmpty() ? CLIENTS : SERVER);
                results.print(System.out);
                results.write(Path.of("bench", "results", "ovirt-" + row.name() + ".json"));
                bars.addAll(results.bars());
                all.put(row, results);
            }
        }
        if (!all.isEmpty()) {
            summary(System.out, all);
        }
        if (!quick && only.isEmpty()) {
            chart(all).write(Path.of("docs", "ovirt.svg"));
        }
        return bars;
    }

    private static Chart chart(Map<OvirtRow, Results> all) {
        return new Chart(
                "oVirt: all machines with their disks, NICs and permissions",
                "seconds, median of interleaved runs; less is better",
                all.entrySet().stream()
                        .map(each -> new Chart.Panel(each.getKey().title(), entries(each.getValue())))
                        .toList());
    }

    private static List<Chart.Entry> entries(Results results) {
        List<Chart.Entry> entries = new ArrayList<>();
        results.runs()
                .forEach((name, runs) -> entries.add(new Chart.Entry(
                        name, results.wall(name), name.startsWith("muster"), runs.size() == 1 ? ", one run" : "")));
        return entries;
    }

    /** Contenders down, settings across. */
    private static void summary(PrintStream out, Map<OvirtRow, Results> all) {
        out.println("median s / CPU microseconds of the client for each request that it takes without follow");
        out.printf("%-38s", "");
        all.keySet().forEach(row -> out.printf("%18s", row.name()));
        out.println();
        List<String> contenders =
                List.copyOf(all.values().iterator().next().runs().keySet());
        for (String contender : contenders) {
            out.printf("%-38s", contender);
            all.forEach((row, results) -> out.printf(
                    Locale.ROOT,
                    "%11.3f / %4.0f",
                    results.wall(contender),
                    results.cpu(contender) * 1e6 / row.requests()));
            out.println();
        }
        out.println();
    }
}
