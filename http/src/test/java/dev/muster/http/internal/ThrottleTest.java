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
    void theLimitIsHalvedOnceForAllThatWereUnderWay() {
        Throttle throttle = throttle(16);
        assertThat(throttle.limited()).isFalse();
        for (int i = 0; i < 16; i++) {
            throttle.throttled(NOW - 1, RetryAfter.NONE, NOW + i);
        }
        assertThat(throttle.limit()).isEqualTo(8);
        throttle.throttled(NOW + 16, RetryAfter.NONE, NOW + 17);
        assertThat(throttle.limit()).isEqualTo(4);
        assertThat(throttle.limited()).isTrue();
    }

    @Test
    void oneRequestIsAlwaysAllowed() {
        Throttle throttle = throttle(3);
        for (int i = 0; i < 10; i++) {
            throttle.throttled(NOW + i, RetryAfter.NONE, NOW + i);
        }
        assertThat(throttle.limit()).isEqualTo(1);
    }

    @Test
    void theLimitGrowsByOneForEachRoundOfGoodAnswersUpToItsOldHeight() {
        Throttle throttle = throttle(4);
        throttle.throttled(NOW, RetryAfter.NONE, NOW);
        StringBuilder limits = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            limits.append(throttle.limit());
            throttle.answered(200);
            throttle.answered(500);
        }
        assertThat(limits).hasToString("22333444");
        assertThat(throttle.limited()).isFalse();
    }

    @Test
    void theLongestRetryAfterHoldsForAll() {
        Throttle throttle = throttle(4);
        assertThat(throttle.pause(NOW)).isZero();
        throttle.throttled(NOW, 2 * SECOND, NOW);
        throttle.throttled(NOW, SECOND, NOW);
        assertThat(throttle.pause(NOW + SECOND)).isEqualTo(SECOND);
        assertThat(throttle.wait(0, 0, NOW)).isEqualTo(2 * SECOND);
        assertThat(throttle.pause(NOW + 2 * SECOND)).isZero();
    }

    @Test
    void nobodyPausesForAWaitThatIsTooLong() {
        Throttle throttle = throttle(4);
        throttle.throttled(NOW - 1, Throttle.LONGEST + 1, NOW);
        throttle.throttled(NOW - 1, Long.MAX_VALUE, NOW);
        assertThat(throttle.pause(NOW)).isZero();
        assertThat(throttle.limit()).isEqualTo(2);
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
