package dev.muster.cli;

import dev.muster.core.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Figures as people and programs read them, the same in every locale. */
final class Texts {
    private Texts() {}

    /** As {@code 0.41 s}. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
    }

    /** Seconds for programs, to the tenth of a millisecond. */
    static double exact(Duration time) {
        return Math.round(time.toNanos() / 1e5) / 1e4;
    }

    /** How many times as long. */
    static double ratio(Duration longer, Duration shorter) {
        return Math.round(100.0 * longer.toNanos() / Math.max(1, shorter.toNanos())) / 100.0;
    }

    /** As {@code 16.3×}. */
    static String times(Duration longer, Duration shorter) {
        return String.format(Locale.ROOT, "%.1f×", (double) longer.toNanos() / Math.max(1, shorter.toNanos()));
    }

    /** As {@code project demo, region One · }, to stand before something else; empty where there is nothing to tell. */
    static String tenancy(Tenancy tenancy) {
        List<String> parts = new ArrayList<>();
        if (tenancy.project() != null) {
            parts.add("project " + TextWidth.harmless(tenancy.project()));
        }
        if (tenancy.region() != null) {
            parts.add("region " + TextWidth.harmless(tenancy.region()));
        }
        return parts.isEmpty() ? "" : String.join(", ", parts) + " · ";
    }

    /** As {@code 12 345}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** As {@code 1 row} and {@code 2 rows}. */
    static String count(long number, String one, String many) {
        return count(number) + ' ' + (number == 1 ? one : many);
    }
}
