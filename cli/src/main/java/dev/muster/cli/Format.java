package dev.muster.cli;

import java.util.Locale;

/** How results are printed. */
enum Format {
    /** For people: aligned columns, cut to the terminal. */
    TABLE,
    /** One JSON document. */
    JSON,
    /** RFC 4180. */
    CSV,
    /** The JSON document as YAML. */
    YAML;

    /** As it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
