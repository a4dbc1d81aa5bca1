package dev.muster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV after RFC 4180: lines end with CR LF, a value with a comma, quote or line break in it stands in quotes. */
final class Csv {
    private final Appendable out;

    Csv(Appendable out) {
        this.out = out;
    }

    /**
     * Writes one line; an absent value is left empty.
     *
     * @throws UncheckedIOException if what it writes to throws one
     */
    void line(List<? extends @Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        Iterator<? extends @Nullable Object> each = values.iterator();
        while (each.hasNext()) {
            Object value = each.next();
            line.append(value == null ? "" : quoted(value.toString())).append(each.hasNext() ? "," : "\r\n");
        }
        try {
            out.append(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String value) {
        // An empty text in quotes, so that it is not taken for an absent one.
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
