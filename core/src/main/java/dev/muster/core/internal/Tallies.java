package dev.muster.core.internal;

import dev.muster.core.FetchReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the answers to each operation of a fetch took. Thread-safe. */
public final class Tallies {
    private final String cloud;
    private final Learner learner;
    private final long start = System.nanoTime();
    private final Map<String, Tally> all = new LinkedHashMap<>();

    /** Takes what was measured. */
    public interface Learner {
        void answered(String cloud, String operation, double rows, double seconds, double throttles);
    }

    private static final class Tally {
        private long answers;
        private long rows;
        private double seconds;
        private long first = Long.MAX_VALUE;
        private long last;
    }

    Tallies(String cloud, Learner learner) {
        this.cloud = cloud;
        this.learner = learner;
    }

    synchronized void answered(String operation, long rows, double seconds, int throttles) {
        Tally tally = all.computeIfAbsent(operation, o -> new Tally());
        long now = System.nanoTime();
        tally.answers++;
        tally.rows += rows;
        tally.seconds += seconds;
        tally.first = Math.min(tally.first, now - (long) (seconds * 1e9));
        tally.last = now;
        learner.answered(cloud, operation, (double) rows, seconds, throttles);
    }

    synchronized List<FetchReport.Took> list() {
        List<FetchReport.Took> list = new ArrayList<>();
        all.forEach((operation, tally) -> list.add(new FetchReport.Took(
                operation,
                tally.answers,
                tally.rows,
                tally.seconds,
                Duration.ofNanos(Math.max(0, tally.first - start)),
                Duration.ofNanos(tally.last - start))));
        return list;
    }
}
