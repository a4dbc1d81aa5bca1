package dev.muster.bench;

import java.util.stream.DoubleStream;

/** What a run takes as a rule: the middle of all runs, so that a bad moment of the machine does not count. */
public final class Median {
    private Median() {}

    /** The middle of at least one figure; of an even number, the mean of the two in the middle. */
    public static double of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
