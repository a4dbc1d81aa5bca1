package dev.muster.bench.wire;

import dev.muster.bench.Median;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** What was measured in one row. */
final class Figures {
    /** One line of one table. */
    record Line(Contender contender, Setting setting) {}

    /** One table: a work done in fresh processes or in warm ones, under one name of the setting. */
    record Setting(String shape, Work work, boolean cold) {
        String title() {
            return (shape + " " + work.title()).strip() + (cold ? ", cold" : ", warm");
        }
    }

    private final Map<Line, List<Sample>> samples = new LinkedHashMap<>();

    void add(Contender contender, Setting setting, Sample sample) {
        samples.computeIfAbsent(new Line(contender, setting), _ -> new ArrayList<>())
                .add(sample);
    }

    List<Setting> settings() {
        return samples.keySet().stream().map(Line::setting).distinct().toList();
    }

    List<Contender> contenders(Setting setting) {
        return samples.keySet().stream()
                .filter(line -> line.setting().equals(setting))
                .map(Line::contender)
                .toList();
    }

    List<Sample> samples(Contender contender, Setting setting) {
        return Objects.requireNonNull(samples.get(new Line(contender, setting)), "not measured: " + contender.name());
    }

    double wall(Contender contender, Setting setting) {
        return median(samples(contender, setting), sample -> sample.wallNanos() / 1e9);
    }

    double cpu(Contender contender, Setting setting) {
        return median(samples(contender, setting), sample -> sample.cpuNanos() / 1e9);
    }

    /** The most that the process had resident. */
    double peakMegabytes(Contender contender, Setting setting) {
        return median(samples(contender, setting), sample -> sample.peakBytes() / 1e6);
    }

    /** What a request allocates beside the body that it delivers; NaN where nobody counts that. */
    double allocatedBeyondBody(Contender contender, Setting setting) {
        return median(
                samples(contender, setting),
                sample -> sample.allocatedBytes() < 0
                        ? Double.NaN
                        : (double) (sample.allocatedBytes() - sample.tally().bytes())
                                / setting.work().requests());
    }

    /** Requests that were not answered, in all runs together. */
    long lost(Contender contender, Setting setting) {
        return samples(contender, setting).stream()
                .mapToLong(sample -> setting.work().requests() - sample.tally().answers())
                .sum();
    }

    /** Whether every run brought every byte to whom it was for, once. The floor does not look at bytes. */
    boolean right(Contender contender, Setting setting) {
        Contestant.Tally whole = setting.work().whole();
        return samples(contender, setting).stream()
                .map(Sample::tally)
                .allMatch(tally ->
                        contender.equals(Contender.FLOOR) ? tally.bytes() == whole.bytes() : tally.equals(whole));
    }

    /** In how many settings one of ours did not bring everything right; what it took means nothing then. */
    long wrong() {
        return samples.keySet().stream()
                .filter(line -> line.contender().ours() && !right(line.contender(), line.setting()))
                .count();
    }

    /** The least of a figure that any of the other JVM clients reached with right answers. */
    double best(Setting setting, ToDoubleFunction<Contender> figure) {
        return contenders(setting).stream()
                .filter(contender -> contender.rival() && right(contender, setting))
                .mapToDouble(figure)
                .min()
                .orElse(Double.NaN);
    }

    static double median(List<Sample> runs, ToDoubleFunction<Sample> figure) {
        return Median.of(runs.stream().mapToDouble(figure));
    }

    double[] spread(Contender contender, Setting setting) {
        double[] sorted = samples(contender, setting).stream()
                .mapToDouble(sample -> sample.wallNanos() / 1e9)
                .toArray();
        Arrays.sort(sorted);
        return sorted;
    }
}
