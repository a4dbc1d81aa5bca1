package dev.muster.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Aligned columns. On a terminal long values are cut, and columns that still do not fit are left out from the right and
 * named below; for a program nothing is cut.
 */
final class TextTable {
    private static final String GAP = "  ";

    /** A column is not made narrower than this to let others in: what is left would say nothing. */
    private static final int NARROWEST = 12;

    /**
     * A column.
     *
     * @param title shown above it in capitals
     * @param right whether its values are aligned at their ends, as numbers are
     */
    record Head(String title, boolean right) {}

    private final List<Head> heads;
    private final List<List<String>> rows = new ArrayList<>();
    private int emphasized = -1;

    TextTable(List<Head> heads) {
        this.heads = List.copyOf(heads);
    }

    /** A column of words. */
    static Head text(String title) {
        return new Head(title, false);
    }

    /** A column of numbers. */
    static Head number(String title) {
        return new Head(title, true);
    }

    /** Adds a row; its values may hold anything. */
    void row(List<String> values) {
        if (values.size() != heads.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + heads.size() + " columns");
        }
        rows.add(values.stream().map(TextWidth::harmless).toList());
    }

    /** Adds a row that stands out, as totals do. */
    void total(List<String> values) {
        row(values);
        emphasized = rows.size() - 1;
    }

    /** Writes line after line. */
    void print(int width, Palette palette, Consumer<String> lines) {
        int[] widths = fit(width);
        lines.accept(palette.faint(line(
                heads.stream().map(h -> h.title().toUpperCase(Locale.ROOT)).toList(), widths)));
        for (int i = 0; i < rows.size(); i++) {
            String line = line(rows.get(i), widths);
            lines.accept(i == emphasized ? palette.strong(line) : line);
        }
        if (widths.length < heads.size()) {
            String left = String.join(
                    ", ",
                    heads.subList(widths.length, heads.size()).stream()
                            .map(Head::title)
                            .toList());
            lines.accept(palette.faint(TextWidth.cut("… and " + left, width)));
        }
    }

    private String line(List<String> values, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String value = TextWidth.cut(values.get(i), widths[i]);
            String pad = " ".repeat(widths[i] - TextWidth.of(value));
            line.append(i == 0 ? "" : GAP)
                    .append(heads.get(i).right() ? pad + value : i == widths.length - 1 ? value : value + pad);
        }
        return line.toString();
    }

    /** The widths of the columns that are shown. */
    private int[] fit(int width) {
        int[] natural = new int[heads.size()];
        for (int i = 0; i < natural.length; i++) {
            natural[i] = TextWidth.of(heads.get(i).title());
            for (List<String> row : rows) {
                natural[i] = Math.max(natural[i], TextWidth.of(row.get(i)));
            }
        }
        int shown = natural.length;
        while (shown > 1 && narrowest(natural, shown) > width) {
            shown--;
        }
        int[] widths = java.util.Arrays.copyOf(natural, shown);
        long free = (long) width - (long) GAP.length() * (shown - 1);
        long sum = java.util.Arrays.stream(widths).asLongStream().sum();
        while (sum > free) {
            int widest = 0;
            for (int i = 1; i < shown; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= 1) {
                break;
            }
            widths[widest]--;
            sum--;
        }
        return widths;
    }

    private static long narrowest(int[] natural, int shown) {
        long sum = (long) GAP.length() * (shown - 1);
        for (int i = 0; i < shown; i++) {
            sum += Math.min(natural[i], NARROWEST);
        }
        return sum;
    }
}
