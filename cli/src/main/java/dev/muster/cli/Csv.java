package dev.muster.cli;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes CSV after RFC 4180: lines end with CR LF, a value with a comma, quote or line break in it stands in quotes. */
final class Csv {
    private final PrintStream out;

    Csv(PrintStream out) {
        this.out = out;
    }

    /** Writes one line; an absent value is left empty. */
    void line(List<? extends @Nullable Object> values) {
        Iterator<? extends @Nullable Object> each = values.iterator();
        while (each.hasNext()) {
            Object value = each.next();
            out.print(value == null ? "" : quoted(value.toString()));
            if (each.hasNext()) {
                out.print(',');
            }
        }
        out.print("\r\n");
    }

    private static String quoted(String value) {
        // An empty text in quotes, so that it is not taken for an absent one.
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
