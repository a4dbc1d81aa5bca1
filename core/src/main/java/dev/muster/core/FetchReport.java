package dev.muster.core;

import java.time.Duration;
import java.util.List;

/**
 * What became of one table of one cloud.
 *
 * @param cloud the cloud's configured name
 * @param table the table's name
 * @param planned how it was fetched, and why so
 * @param outcome whether the rows are all there are
 * @param rows how many arrived
 * @param requests asked for, not counting log-ins
 * @param resent how often one of them was written again
 * @param elapsed from the first request to the last row
 * @param failures what went wrong, equal ones together; empty exactly where the outcome is COMPLETE
 * @param refusals plans that the server did not answer, so that others were carried out instead
 * @param took what the answers to each operation took, in the order the first of each came
 */
public record FetchReport(
        String cloud,
        String table,
        Planned planned,
        Outcome outcome,
        long rows,
        long requests,
        long resent,
        Duration elapsed,
        List<Failure> failures,
        List<Refusal> refusals,
        List<Took> took) {

    /** How it was fetched. */
    public FetchPlan plan() {
        return planned.plan();
    }

    /**
     * What the answers to one operation took.
     *
     * @param operation as the plan names it
     * @param seconds of all answers together, however many came at once
     * @param from when the first of its requests was written, after the start
     * @param to when the last answer came, after the start
     */
    public record Took(String operation, long answers, long rows, double seconds, Duration from, Duration to) {}

    /**
     * A plan that the server did not answer, as it was too heavy for it or asked for what it cannot do. What it lacked was
     * fetched in another way: this is no failure.
     *
     * @param way as {@link Planned#way}
     * @param instead the way that was taken then
     * @param message what the server said
     */
    public record Refusal(String way, String instead, String message) {}

    /** Whether the rows that arrived are all there are. */
    public enum Outcome {
        /** Everything there is. */
        COMPLETE,
        /** Some of it; the failures say what is missing. */
        PARTIAL,
        /** Nothing could be fetched. */
        FAILED
    }

    /**
     * One kind of failure.
     *
     * @param kind as {@link MusterException#kind()}, {@code cancelled}, or {@link #PARENT_INCOMPLETE}
     * @param request the first request that met it; empty where none was sent
     * @param message what happened and what to do
     * @param count how many requests met it
     */
    public record Failure(String kind, String request, String message, long count) {
        /** The table whose rows this one is listed for did not arrive whole: told there, and need not be told twice. */
        public static final String PARENT_INCOMPLETE = "parent-incomplete";
    }
}
