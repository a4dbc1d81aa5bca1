package dev.muster.bench;

import java.util.function.Consumer;

/**
 * One way of doing a benchmark's work.
 *
 * @param name as the tables show it
 * @param slow whether a quick run takes it once only
 * @param work does all of it once
 */
record Contender(String name, boolean slow, Work work) {

    /** What a contender found, so that all can be held to have found the same. */
    record Answer(long rows, String checksum) {}

    @FunctionalInterface
    interface Work {
        /**
         * Does the work once.
         *
         * @param afterwards takes what is to be closed when the clock has stopped
         */
        Answer run(Consumer<AutoCloseable> afterwards) throws Exception;
    }
}
