package dev.muster.bench;

import java.util.List;

/** A benchmark: the same work done by several contenders in one process, in turn. */
interface Benchmark extends AutoCloseable {

    /** What is done, in one line, with the settings that matter. */
    String work();

    /** Those who do it; ratios are to the first. */
    List<Contender> contenders();

    /** What the medians must keep. */
    List<Bar> bars(Medians medians);

    @Override
    void close();

    /** What a contender took, in the middle of its runs. */
    interface Medians {
        /** Seconds by the clock. */
        double wall(String contender);

        /** Seconds of CPU, user and system; the server's are not among them. */
        double cpu(String contender);
    }
}
