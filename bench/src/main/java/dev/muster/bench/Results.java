package dev.muster.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.muster.core.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What was measured.
 *
 * @param answer what every contender found
 * @param runs each contender's runs, in the order they were made
 */
record Results(String name, String work, Contender.Sum answer, Map<String, List<Run>> runs, List<Bar> bars)
        implements Benchmark.Medians {

    /** What a harness counts: each contender's runs, and the answer that all agreed on. */
    private static final class Tally {
        private static final OperatingSystemMXBean SYSTEM =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        private final Map<String, List<Run>> runs = new LinkedHashMap<>();
        private Contender.@Nullable Sum agreed;

        /** One run; a contender that found something else than the others ends everything. */
        Run take(Contender contender) throws Exception {
            long cpu = SYSTEM.getProcessCpuTime();
            long start = System.nanoTime();
            List<AutoCloseable> open = new ArrayList<>();
            Contender.Answer answer = contender.work().run(open::add);
            Run run = new Run(System.nanoTime() - start, SYSTEM.getProcessCpuTime() - cpu);
            for (AutoCloseable closeable : open) {
                closeable.close();
            }
            Contender.Sum sum = answer.sum();
            agreed = agreed == null ? sum : agreed;
            if (!agreed.equals(sum)) {
                throw new IllegalStateException(contender.name() + " found " + sum + ", others " + agreed);
            }
            return run;
        }
    }

    /**
     * Warms up, then runs the contenders in turn, so that a change of the machine's speed meets all alike. What warms up
     * is not counted: each contender works for a while, once at least unless that is no time at all, until the compiler has
     * done with it.
     *
     * @param rounds counted runs of each contender
     * @param slowRounds counted runs of the slow ones; 1 = these are not warmed up either
     * @param warmUp how long each contender works before it counts
     */
    static Results measure(String name, Benchmark benchmark, int rounds, int slowRounds, Duration warmUp)
            throws Exception {
        Tally tally = new Tally();
        for (Contender contender : benchmark.contenders()) {
            tally.runs.put(contender.name(), new ArrayList<>());
            long end = System.nanoTime() + warmUp.toNanos();
            do {
                if (warmUp.isZero() || (contender.slow() && slowRounds == 1)) {
                    break;
                }
                tally.take(contender);
            } while (System.nanoTime() < end);
        }
        List<Contender> contenders = benchmark.contenders();
        int stride = rounds / slowRounds;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                Contender contender = contenders.get(i);
                List<Run> runs = Objects.requireNonNull(tally.runs.get(contender.name()));
                // The slow ones stand between the rounds of the others, so that a bad moment of the machine is few
                // rounds' own.
                boolean turn = (round + i * rounds / contenders.size()) % stride == 0 && runs.size() < slowRounds;
                if (!contender.slow() || turn) {
                    runs.add(tally.take(contender));
                }
            }
        }
        Results results =
                new Results(name, benchmark.work(), Objects.requireNonNull(tally.agreed), tally.runs, List.of());
        return new Results(name, results.work, results.answer, results.runs, benchmark.bars(results));
    }

    @Override
    public double wall(String contender) {
        return median(Objects.requireNonNull(runs.get(contender)), false);
    }

    @Override
    public double cpu(String contender) {
        return median(Objects.requireNonNull(runs.get(contender)), true);
    }

    private static double median(List<Run> runs, boolean cpu) {
        return Median.of(runs.stream().mapToDouble(run -> (cpu ? run.cpuNanos() : run.wallNanos()) / 1e9));
    }

    void print(PrintStream out) {
        out.println(name + ": " + work);
        out.printf(
                "%s, JDK %s, %d processors; every contender found %d rows, checksum %s%n%n",
                System.getProperty("os.name"),
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors(),
                answer.rows(),
                answer.checksum());
        double first = median(runs.values().iterator().next(), false);
        out.printf(
                "%-34s %9s %7s %9s %9s %9s  %s%n",
                "contender", "median s", "ratio", "min s", "max s", "CPU s", "every run, s");
        runs.forEach((contender, list) -> {
            double wall = median(list, false);
            double min = list.stream().mapToLong(Run::wallNanos).min().orElse(0) / 1e9;
            double max = list.stream().mapToLong(Run::wallNanos).max().orElse(0) / 1e9;
            out.printf(
                    Locale.ROOT,
                    "%-34s %9.3f %6.2fx %9.3f %9.3f %9.3f  %s%n",
                    contender,
                    wall,
                    wall / first,
                    min,
                    max,
                    median(list, true),
                    list.stream()
                            .map(run -> String.format(Locale.ROOT, "%.3f", run.wallNanos() / 1e9))
                            .collect(Collectors.joining(" ")));
        });
        out.println();
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Json.bytes(this::write));
    }

    private void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("benchmark", name);
        out.writeStringProperty("work", work);
        out.writeNumberProperty("rows", answer.rows());
        out.writeStringProperty("checksum", answer.checksum());
        out.writeArrayPropertyStart("contenders");
        runs.forEach((contender, list) -> {
            out.writeStartObject();
            out.writeStringProperty("name", contender);
            out.writeNumberProperty("median_seconds", median(list, false));
            out.writeNumberProperty("median_cpu_seconds", median(list, true));
            out.writeArrayPropertyStart("runs");
            list.forEach(run -> out.writeNumber(run.wallNanos() / 1e9));
            out.writeEndArray();
            out.writeEndObject();
        });
        out.writeEndArray();
        out.writeArrayPropertyStart("bars");
        bars.forEach(bar -> bar.write(out));
        out.writeEndArray();
        out.writeEndObject();
    }
}
