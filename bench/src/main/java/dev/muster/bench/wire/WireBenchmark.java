package dev.muster.bench.wire;

import dev.muster.bench.Bar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** HTTP clients beside one another on the wire, row by row. */
public final class WireBenchmark {
    private WireBenchmark() {}

    /** The names of the rows there are. */
    public static List<String> rows() {
        return Rows.all().stream().map(Row::name).toList();
    }

    /** Measures these rows, or all if none is named; answers what they must keep. */
    public static List<Bar> run(boolean quick, List<String> names) throws Exception {
        List<Bar> bars = new ArrayList<>();
        try (Lab lab = new Lab(quick)) {
            for (Row row : Rows.all()) {
                boolean chosen = (names.isEmpty() || names.contains(row.name()))
                        && (!quick
                                || row.groups().stream()
                                        .anyMatch(group -> group.effort().quick() > 0));
                if (chosen) {
                    Figures figures = lab.measure(row);
                    List<Bar> kept = new ArrayList<>(row.bars().apply(figures));
                    kept.add(new Bar("wire." + row.name() + ".wrong_or_twice", figures.wrong(), 0, true));
                    Report report = new Report(row, figures, kept);
                    report.print(System.out);
                    report.write(Path.of("bench", "results", "wire-" + row.name() + ".json"));
                    if (!quick) {
                        report.chart().write(Path.of("docs", "wire-" + row.name() + ".svg"));
                    }
                    bars.addAll(report.bars());
                }
            }
        }
        return bars;
    }
}
