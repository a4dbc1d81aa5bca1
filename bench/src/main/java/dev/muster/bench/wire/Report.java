package dev.muster.bench.wire;

import dev.muster.bench.Bar;
import dev.muster.bench.Chart;
import dev.muster.core.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What was measured in one row, for people and for programs. */
record Report(Row row, Figures figures, List<Bar> bars) {
    /**
     * One table a setting. Ratios are to the first line. {@code CPU ms/k}: of the process, user and system, for a
     * thousand requests or a GiB; {@code beside}: bytes allocated a request beyond the body; {@code MB}: most memory
     * resident.
     */
    void print(PrintStream out) {
        out.println(row.name() + ": " + row.summary());
        for (Figures.Setting setting : figures.settings()) {
            out.printf(
                    "%n%-26s %8s %6s %8s %8s %9s %6s %8s %7s  %s%n",
                    setting.title(),
                    "wall s",
                    "ratio",
                    "min",
                    "max",
                    "CPU ms/k",
                    "ratio",
                    "beside",
                    "MB",
                    "every run, s");
            List<Contender> contenders = figures.contenders(setting);
            double wall = figures.wall(contenders.getFirst(), setting);
            double cpu = figures.cpu(contenders.getFirst(), setting);
            for (Contender contender : contenders) {
                print(out, setting, contender, wall, cpu);
            }
        }
        out.println();
    }

    private void print(PrintStream out, Figures.Setting setting, Contender contender, double wall, double cpu) {
        double[] spread = figures.spread(contender, setting);
        double allocated = figures.allocatedBeyondBody(contender, setting);
        out.printf(
                Locale.ROOT,
                "%-26s %8.3f %5.2fx %8.3f %8.3f %9.2f %5.2fx %8s %7.0f  %s%s%n",
                contender.title(),
                figures.wall(contender, setting),
                figures.wall(contender, setting) / wall,
                spread[0],
                spread[spread.length - 1],
                figures.cpu(contender, setting) * 1000 / setting.work().units(),
                figures.cpu(contender, setting) / cpu,
                Double.isNaN(allocated) || allocated < -Items.ITEM_BYTES + 1
                        ? "-"
                        : String.format(Locale.ROOT, "%.0f", allocated),
                figures.peakMegabytes(contender, setting),
                figures.samples(contender, setting).stream()
                        .map(sample -> String.format(Locale.ROOT, "%.3f", sample.wallNanos() / 1e9))
                        .collect(Collectors.joining(" ")),
                complaint(contender, setting));
    }

    private String complaint(Contender contender, Figures.Setting setting) {
        if (figures.right(contender, setting)) {
            return "";
        }
        long lost = figures.lost(contender, setting);
        int requests =
                setting.work().requests() * figures.samples(contender, setting).size();
        return lost == 0 ? "  WRONG answers" : "  LOST " + lost + " of " + requests;
    }

    /** What the contenders cost in CPU time. */
    Chart chart() {
        return new Chart(
                row.summary(),
                "CPU milliseconds for a thousand requests, or for a GiB; median of 7 interleaved runs; less is better",
                figures.settings().stream()
                        .map(setting -> new Chart.Panel(
                                setting.title(),
                                figures.contenders(setting).stream()
                                        .map(contender -> bar(contender, setting))
                                        .toList()))
                        .toList());
    }

    private Chart.Entry bar(Contender contender, Figures.Setting setting) {
        return new Chart.Entry(
                contender.title(),
                figures.cpu(contender, setting) * 1000 / setting.work().units(),
                contender.ours(),
                figures.right(contender, setting) ? "" : ", lost some or got them wrong");
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Json.bytes(this::write));
    }

    private void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("benchmark", "wire");
        out.writeStringProperty("row", row.name());
        out.writeStringProperty("work", row.summary());
        out.writeArrayPropertyStart("settings");
        for (Figures.Setting setting : figures.settings()) {
            out.writeStartObject();
            out.writeStringProperty("name", setting.title());
            out.writeNumberProperty("requests", setting.work().requests());
            out.writeArrayPropertyStart("contenders");
            figures.contenders(setting).forEach(contender -> write(out, contender, setting));
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayPropertyStart("bars");
        bars.forEach(bar -> bar.write(out));
        out.writeEndArray();
        out.writeEndObject();
    }

    private void write(JsonGenerator out, Contender contender, Figures.Setting setting) {
        out.writeStartObject();
        out.writeStringProperty("name", contender.title());
        out.writeNumberProperty("median_seconds", figures.wall(contender, setting));
        out.writeNumberProperty("median_cpu_seconds", figures.cpu(contender, setting));
        out.writeNumberProperty("lost", figures.lost(contender, setting));
        out.writeBooleanProperty("right", figures.right(contender, setting));
        out.writeArrayPropertyStart("runs");
        for (Sample sample : figures.samples(contender, setting)) {
            out.writeStartObject();
            out.writeNumberProperty("seconds", sample.wallNanos() / 1e9);
            out.writeNumberProperty("cpu_seconds", sample.cpuNanos() / 1e9);
            out.writeNumberProperty("allocated_bytes", sample.allocatedBytes());
            out.writeNumberProperty("peak_bytes", sample.peakBytes());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }
}
