package dev.muster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Figures as bars: an SVG that reads well on light and on dark pages.
 *
 * @param measure what is shown of everybody, and whether more or less is better
 */
public record Chart(String title, String measure, List<Panel> panels) {
    private static final int BARS = 420;
    private static final int LETTER = 8;
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

    /** One setting; its bars are drawn to one scale. */
    public record Panel(String title, List<Entry> entries) {}

    /**
     * One contender.
     *
     * @param note behind its figure, where there is something to say; else empty
     */
    public record Entry(String contender, double figure, boolean ours, String note) {}

    public void write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, new Drawing(labelWidth()).draw(this));
    }

    private int labelWidth() {
        return LETTER
                * panels.stream()
                        .flatMap(panel -> panel.entries.stream())
                        .mapToInt(entry -> entry.contender.length())
                        .max()
                        .orElse(0);
    }

    /** One under way, from top to bottom. */
    private static final class Drawing {
        private final int label;
        private final StringBuilder svg = new StringBuilder();
        private int at;

        Drawing(int label) {
            this.label = label;
        }

        String draw(Chart chart) {
            text(0, "title", chart.title);
            at += LINE;
            text(0, "soft", chart.measure);
            chart.panels.forEach(this::panel);
            return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 -18 " + (label + BARS + 110) + " " + (at + 30)
                    + "\" role=\"img\" aria-label=\"" + escaped(chart.title) + "\">\n" + STYLE + svg + "</svg>\n";
        }

        private void panel(Panel panel) {
            at += HEAD;
            text(0, "title", panel.title);
            double most =
                    panel.entries.stream().mapToDouble(Entry::figure).max().orElse(1);
            for (Entry entry : panel.entries) {
                at += LINE;
                long width = Math.max(1, Math.round(BARS * entry.figure / most));
                text(0, "", entry.contender);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" rx=\"2\"/>\n",
                        entry.ours ? "ours" : "bar",
                        label,
                        at - 11,
                        width));
                text(label + width + 8, "soft", number(entry.figure) + entry.note);
            }
        }

        private static String number(double figure) {
            return String.format(Locale.ROOT, figure < 1 ? "%.3f" : figure < 100 ? "%.1f" : "%.0f", figure);
        }

        private void text(long x, String style, String content) {
            svg.append("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(style, x, at, escaped(content)));
        }

        private static String escaped(String content) {
            return content.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
        }
    }
}
