package dev.muster.bench;

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
        Answer run() throws Exception;
    }
}
