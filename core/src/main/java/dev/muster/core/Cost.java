package dev.muster.core;

import java.util.Locale;

/** What fetching takes: requests, seconds from the first to the last, and the rows that it gives. */
public record Cost(double requests, double seconds, double rows) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,.0f %s, %.3f s, %,.0f %s",
                requests,
                Math.round(requests) == 1 ? "request" : "requests",
                seconds,
                rows,
                Math.round(rows) == 1 ? "row" : "rows");
    }
}
