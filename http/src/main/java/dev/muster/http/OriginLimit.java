package dev.muster.http;

import java.time.Duration;
import java.util.Locale;

/**
 * How much one origin is asked at once, and why no more than that.
 *
 * @param origin scheme, host and port
 * @param inFlight requests that may be unanswered at once
 * @param connections over how many connections
 * @param depth how many of them may be unanswered on one connection
 * @param why what keeps it there
 * @param responseTime the usual one while the origin is at ease; zero while unknown
 * @param roundTrip the shortest time that a connection took to be made, without TLS; zero while unknown
 * @param spacing between the answers of one connection whose requests wait for each other; zero while unknown
 * @param throttles how often the origin said: later
 * @param hedges how many slow requests were written a second time
 */
public record OriginLimit(
        String origin,
        int inFlight,
        int connections,
        int depth,
        Reason why,
        Duration responseTime,
        Duration roundTrip,
        Duration spacing,
        long throttles,
        long hedges) {

    /** What keeps a limit where it is. */
    public enum Reason {
        /** Connections and depth were both given. */
        GIVEN,
        /** Nothing yet: it grows with every answer. */
        STARTING,
        /** Nothing: it grows as long as answers come as fast, and as more is asked. */
        GROWING,
        /** With more, answers came later. */
        LATENCY,
        /** More on a connection would only wait there for each other. */
        DEPTH,
        /** The origin turned requests away. */
        THROTTLED,
        /** The origin refused a further connection. */
        REFUSED,
        /** Nobody needs more than the most connections and the most depth that are allowed. */
        CEILING
    }

    /** One line for people: the limit, and the reason with what was measured. */
    public String explanation() {
        String reason = switch (why) {
            case GIVEN -> "as given";
            case STARTING -> "still being found out";
            case GROWING -> "growing while answers take " + millis(responseTime);
            case LATENCY -> "with more, answers take longer than " + millis(responseTime);
            case DEPTH ->
                "a connection's answers come " + millis(spacing) + " apart, " + millis(responseTime)
                        + " after they were asked for";
            case THROTTLED -> "turned away " + throttles + (throttles == 1 ? " time" : " times");
            case REFUSED -> "a further connection was refused";
            case CEILING -> "the most that is allowed; answers take " + millis(responseTime);
        };
        return inFlight + " in flight over " + connections + (connections == 1 ? " connection" : " connections")
                + (depth == 1 ? "" : ", " + depth + " deep") + ": " + reason;
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }
}
