package dev.muster.bench.wire;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One program that does the work, in whatever way is best for it. */
interface Contestant extends AutoCloseable {
    /** Asks for the list if {@code list}, and when that is there for {@code count} items. */
    Tally run(String how, boolean list, int count) throws Exception;

    @Override
    void close() throws IOException;

    /**
     * What came back.
     *
     * @param answers requests that were answered, with whatever
     * @param failures requests that were not
     * @param twice answers beyond the first to one request
     * @param bytes of all bodies
     * @param sum {@link Items#sum} over all answers; 0 from one who does not look
     */
    record Tally(long answers, long failures, long twice, long bytes, long sum) {
        /** One body, told by its length; lost where that is not told within a minute, as a client may wait for ever. */
        static Tally of(CompletableFuture<Long> whole) throws InterruptedException {
            try {
                return new Tally(1, 0, 0, whole.get(1, TimeUnit.MINUTES), 0);
            } catch (ExecutionException | TimeoutException lost) {
                System.err.println("a body was lost: " + lost);
                return new Tally(0, 1, 0, 0, 0);
            }
        }
    }
}
