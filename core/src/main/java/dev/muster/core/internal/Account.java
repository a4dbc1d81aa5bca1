package dev.muster.core.internal;

import dev.muster.core.FetchReport.Outcome;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What a table's run counts: rows, answers, requests to come, failures. Thread-safe. */
final class Account {
    private final Failures failures = new Failures();
    private final Tallies tallies;
    private final LongAdder rows = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder expected = new LongAdder();
    private final AtomicInteger unsettled = new AtomicInteger();

    /**
     * @param tallies those of another run where this one is on its account
     */
    Account(Tallies tallies) {
        this.tallies = tallies;
    }

    Failures failures() {
        return failures;
    }

    Tallies tallies() {
        return tallies;
    }

    /** Rows were handed over. */
    void arrived(long some) {
        rows.add(some);
    }

    long rows() {
        return rows.sum();
    }

    /** Requests are going to be sent. */
    void expects(long requests) {
        expected.add(requests);
    }

    long expected() {
        return expected.sum();
    }

    /** An answer came that is not one of a listing. */
    void answered() {
        answered.increment();
    }

    /** A page of a listing came, which made known so many further requests. */
    void answered(String operation, PageReader.Read<?> read, int further) {
        answered.increment();
        expected.add(further);
        tallies.answered(operation, read.rows().size(), read.seconds(), read.throttles());
    }

    long answers() {
        return answered.sum();
    }

    /** A listing begins, of which it is not known how many requests it takes. */
    void begins() {
        unsettled.incrementAndGet();
    }

    void ends() {
        unsettled.decrementAndGet();
    }

    /** Whether no listing is under way. */
    boolean settled() {
        return unsettled.get() == 0;
    }

    Outcome outcome() {
        if (failures.count() == 0) {
            return Outcome.COMPLETE;
        }
        return rows.sum() == 0 ? Outcome.FAILED : Outcome.PARTIAL;
    }
}
