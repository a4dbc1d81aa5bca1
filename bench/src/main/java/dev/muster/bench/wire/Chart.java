package dev.muster.bench.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a row's contenders cost in CPU time, as bars: an SVG that reads well on light and on dark pages. */
final class Chart {
    private static final int LABEL = 210;
    private static final int BARS = 420;
    private static final int WIDTH = LABEL + BARS + 110;
    private static final int LINE = 24;
    private static final int HEAD = 34;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328 }
              .title { font-weight: 600 }
              .soft { fill: #59636e }
              .bar { fill: #8c959f }
              .ours { fill: #1a7f37 }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc }
                .soft { fill: #9198a1 }
                .bar { fill: #656c76 }
                .ours { fill: #3fb950 }
              }
            </style>
            """;

    private final Report report;
    private final StringBuilder svg = new StringBuilder();
    private int at;

    private Chart(Report report) {
        this.report = report;
    }

    static void write(Report report, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, new Chart(report).draw());
    }

    private String draw() {
        text(0, "title", report.row().summary());
        at += LINE;
        text(
                0,
                "soft",
                "CPU milliseconds for a thousand requests, or for a GiB; median of 7 interleaved runs; less is better");
        for (Figures.Setting setting : report.figures().settings()) {
            panel(setting);
        }
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 -18 " + WIDTH + " " + (at + 30)
                + "\" role=\"img\" aria-label=\"" + escaped(report.row().summary()) + "\">\n" + STYLE + svg
                + "</svg>\n";
    }

    private void panel(Figures.Setting setting) {
        at += HEAD;
        text(0, "title", setting.title());
        List<Contender> contenders = report.figures().contenders(setting);
        double most = contenders.stream()
                .mapToDouble(contender -> cost(contender, setting))
                .max()
                .orElse(1);
        for (Contender contender : contenders) {
            at += LINE;
            double cost = cost(contender, setting);
            long width = Math.max(1, Math.round(BARS * cost / most));
            text(0, "", contender.title());
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" rx=\"2\"/>\n",
                    ours(contender) ? "ours" : "bar",
                    LABEL,
                    at - 11,
                    width));
            text(
                    LABEL + width + 8,
                    "soft",
                    String.format(Locale.ROOT, cost < 100 ? "%.1f" : "%.0f", cost)
                            + (report.figures().right(contender, setting) ? "" : ", lost some"));
        }
    }

    private double cost(Contender contender, Figures.Setting setting) {
        return report.figures().cpu(contender, setting) * 1000 / setting.work().units();
    }

    private static boolean ours(Contender contender) {
        return contender.title().startsWith(Contender.OURS.title());
    }

    private void text(long x, String style, String content) {
        svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, at, escaped(content)));
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
