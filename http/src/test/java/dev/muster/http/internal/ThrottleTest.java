package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private static final long SECOND = 1_000_000_000L;
    /** Near the point where nanoTime overflows. */
    private static final long NOW = Math.subtractExact(Long.MAX_VALUE, 5);

    private static Throttle throttle(int most) {
        return new Throttle(most, new Random(1));
    }

    @Test
    void theLongestRetryAfterHoldsForAll() {
        Throttle throttle = throttle(4);
        assertThat(throttle.pause(NOW)).isZero();
        throttle.throttled(2 * SECOND, NOW);
        throttle.throttled(SECOND, NOW);
        assertThat(throttle.pause(NOW + SECOND)).isEqualTo(SECOND);
        assertThat(throttle.wait(0, 0, NOW)).isEqualTo(2 * SECOND);
        assertThat(throttle.pause(NOW + 2 * SECOND)).isZero();
    }

    @Test
    void nobodyPausesForAWaitThatIsTooLong() {
        Throttle throttle = throttle(4);
        throttle.throttled(Throttle.LONGEST + 1, NOW);
        throttle.throttled(Long.MAX_VALUE, NOW);
        assertThat(throttle.pause(NOW)).isZero();
    }

    @Test
    void withoutRetryAfterTheWaitIsRandomBelowABoundThatDoublesUpToTenSeconds() {
        Throttle throttle = throttle(4);
        for (int times = 0; times < 100; times++) {
            long bound = times < 6 ? (SECOND / 5) << times : 10 * SECOND;
            long longest = 0;
            for (int i = 0; i < 200; i++) {
                long wait = throttle.wait(times, RetryAfter.NONE, NOW);
                assertThat(wait).isNotNegative().isLessThan(bound);
                longest = Math.max(longest, wait);
            }
            assertThat(longest).isGreaterThan(bound / 2);
        }
    }

    @Test
    void afterTheReserveATenthOfGoodAnswersCanBeAskedAgain() {
        Throttle throttle = throttle(8);
        int reserve = 0;
        while (throttle.pay()) {
            reserve++;
        }
        assertThat(reserve).isEqualTo(18);
        for (int i = 0; i < 25; i++) {
            throttle.answered(200);
        }
        assertThat(throttle.pay()).isTrue();
        assertThat(throttle.pay()).isTrue();
        assertThat(throttle.pay()).isFalse();
    }

    @Test
    void aLongQuietTimeSavesNoMoreThanItsBound() {
        Throttle throttle = throttle(8);
        for (int i = 0; i < 100_000; i++) {
            throttle.answered(200);
        }
        int saved = 0;
        while (throttle.pay()) {
            saved++;
        }
        assertThat(saved).isEqualTo(118);
    }
}
