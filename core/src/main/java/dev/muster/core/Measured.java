package dev.muster.core;

import java.util.List;
import java.util.Map;

/**
 * What is known of one cloud from earlier fetches. Immutable: a plan made from it can be made again.
 *
 * @param operations by the name that plans give them, as {@code GET /servers/detail}
 * @param plans what whole plans took, by {@link Planned#shape} and {@link Planned#way}
 * @param width how many requests were answered at once where there were many; 0 where that is not known
 */
public record Measured(Map<String, Operation> operations, Map<String, Map<String, Runs>> plans, double width) {
    public Measured {
        operations = Map.copyOf(operations);
        plans = Map.copyOf(plans);
    }

    /** Nothing is known. */
    public static Measured nothing() {
        return new Measured(Map.of(), Map.of(), 0);
    }

    /**
     * The answers to one operation, older ones counting ever less. Kept as sums, from which the seconds of an answer of any
     * number of rows are estimated along a straight line.
     *
     * @param answers how many, weighted
     * @param rows their rows
     * @param rowsSquared the squares of these
     * @param seconds from writing the request to the last byte of the answer
     * @param secondsTimesRows seconds times rows
     * @param throttled how many of them had been turned away before
     * @param total rows that the last whole listing of it gave; 0 where there was none
     * @param splits keys that parted that listing into ranges of one size, where it was long
     */
    public record Operation(
            double answers,
            double rows,
            double rowsSquared,
            double seconds,
            double secondsTimesRows,
            double throttled,
            double total,
            List<String> splits) {
        /** An answer counts half after so many further ones. */
        private static final double HALF_LIFE = 200;

        public Operation {
            splits = List.copyOf(splits);
        }

        static final Operation NONE = new Operation(0, 0, 0, 0, 0, 0, 0, List.of());

        /** With one more answer. */
        Operation answered(double itsRows, double itsSeconds, double itsThrottles) {
            double fade = Math.pow(0.5, 1 / HALF_LIFE);
            return new Operation(
                    answers * fade + 1,
                    rows * fade + itsRows,
                    rowsSquared * fade + itsRows * itsRows,
                    seconds * fade + itsSeconds,
                    secondsTimesRows * fade + itsSeconds * itsRows,
                    throttled * fade + itsThrottles,
                    total,
                    splits);
        }

        Operation listed(double all, List<String> ranges) {
            return new Operation(answers, rows, rowsSquared, seconds, secondsTimesRows, throttled, all, ranges);
        }

        /** Whether answers had so different numbers of rows that the time of a row can be told. */
        public boolean isLine() {
            return answers >= 2 && answers * rowsSquared - rows * rows > 0.01 * answers * rowsSquared;
        }

        /** Seconds of a row more in an answer. */
        public double perRow() {
            if (!isLine()) {
                return rows > 0 ? seconds / rows * 0.5 : 0;
            }
            double slope = (answers * secondsTimesRows - rows * seconds) / (answers * rowsSquared - rows * rows);
            return Math.clamp(slope, 0, seconds / Math.max(1e-9, rows));
        }

        /** Seconds of an answer without rows. */
        public double base() {
            return answers == 0 ? 0 : Math.max(0, (seconds - perRow() * rows) / answers);
        }

        /** Seconds that an answer of so many rows is expected to take. */
        public double seconds(double expectedRows) {
            return base() + perRow() * expectedRows;
        }

        /** Rows of an answer, on average. */
        public double rowsEach() {
            return answers == 0 ? 0 : rows / answers;
        }
    }

    /**
     * What a plan took.
     *
     * @param times how often it ran
     * @param seconds of the last runs, the latest counting most
     * @param rows of the last run
     * @param failed how many of these runs did not get everything
     */
    public record Runs(long times, double seconds, double rows, long failed) {
        Runs ran(double took, double gave, boolean whole) {
            // The quickest of a few runs is what the plan can do; the rest is what else the machine did.
            double now = times == 0 ? took : took < seconds ? 0.3 * seconds + 0.7 * took : 0.7 * seconds + 0.3 * took;
            return new Runs(times + 1, now, gave, whole ? failed : failed + 1);
        }
    }
}
