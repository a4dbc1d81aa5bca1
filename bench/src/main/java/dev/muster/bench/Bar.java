package dev.muster.bench;

import java.util.Locale;

/**
 * A figure held against the bound it must keep.
 *
 * @param atMost whether the bound is an upper one
 */
record Bar(String name, double figure, double bound, boolean atMost) {
    boolean ok() {
        return atMost ? figure <= bound : figure >= bound;
    }

    /** {@code name figure bound ok|short}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%s %.3f %s%.3f %s", name, figure, atMost ? "<=" : ">=", bound, ok() ? "ok" : "short");
    }
}
