package dev.muster.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A benchmark: the same work done by several contenders in one process, in turn. */
interface Benchmark extends AutoCloseable {

    /** What is done, in one line, with the settings that matter. */
    String work();

    /** Those who do it; ratios are to the first. */
    List<Contender> contenders();

    /** What the medians must keep, from wall seconds by contender. */
    List<Bar> bars(ToDoubleFunction<String> medians);

    @Override
    void close();
}
