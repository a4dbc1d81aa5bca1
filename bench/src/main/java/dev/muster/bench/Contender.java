package dev.muster.bench;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One way of doing a benchmark's work.
 *
 * @param name as the tables show it
 * @param slow whether a quick run takes it once only
 * @param work does all of it once
 */
record Contender(String name, boolean slow, Work work) {

    /** What a contender found. */
    @FunctionalInterface
    interface Answer {
        /** A line for each thing, in any order. Asked for when the clock has stopped. */
        List<String> lines();

        /** By which all are held to have found the same. */
        default Sum sum() {
            List<String> sorted = lines().stream().sorted().toList();
            CRC32 sum = new CRC32();
            sorted.forEach(line -> sum.update((line + '\n').getBytes(StandardCharsets.UTF_8)));
            return new Sum(sorted.size(), Long.toHexString(sum.getValue()));
        }
    }

    /** How many things, and which. */
    record Sum(long rows, String checksum) {}

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
