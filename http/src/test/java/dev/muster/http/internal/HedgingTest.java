package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class HedgingTest {
    private static final long MILLI = 1_000_000L;

    @Test
    void nothingIsSlowBeforeTwentyAnswers() {
        Hedging hedging = new Hedging(MILLI);
        for (int i = 0; i < 19; i++) {
            hedging.answered(MILLI);
            assertThat(hedging.patience()).isEqualTo(Hedging.UNKNOWN);
        }
        hedging.answered(MILLI);
        assertThat(hedging.patience()).isEqualTo(MILLI);
    }

    @Test
    void oneAnswerInTwentyIsSlowAndTheLastOnesCount() {
        Hedging hedging = new Hedging(MILLI);
        Random random = new Random(1);
        for (long scale : new long[] {10, 100, 2}) {
            for (int i = 0; i < 200; i++) {
                hedging.answered(random.nextLong(scale * 100 * MILLI));
            }
            assertThat(hedging.patience()).isBetween(scale * 90 * MILLI, scale * 99 * MILLI);
        }
    }

    @Test
    void nothingIsSlowBelowTheFloor() {
        Hedging hedging = new Hedging(50 * MILLI);
        for (int i = 0; i < 200; i++) {
            hedging.answered(MILLI);
        }
        assertThat(hedging.patience()).isEqualTo(50 * MILLI);
    }

    @Test
    void noBeginningOfAnyRunHoldsMoreCopiesThanOneInTwenty() {
        Hedging hedging = new Hedging(MILLI);
        int copies = 0;
        for (int asked = 1; asked <= 10_000; asked++) {
            hedging.asked();
            while (hedging.pay()) {
                copies++;
            }
            assertThat(copies * 20).isLessThanOrEqualTo(asked);
        }
        assertThat(copies).isEqualTo(500);
    }

    @Test
    void whatIsSavedUpPaysForTenCopies() {
        Hedging hedging = new Hedging(MILLI);
        for (int asked = 0; asked < 10_000; asked++) {
            hedging.asked();
        }
        int copies = 0;
        while (hedging.pay()) {
            copies++;
        }
        assertThat(copies).isEqualTo(10);
    }
}
