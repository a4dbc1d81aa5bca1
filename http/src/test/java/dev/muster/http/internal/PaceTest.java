package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PaceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void noTimeOfThatLengthEverHoldsMore() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            int most = 1 + random.nextInt(60);
            long now = random.nextLong();
            Pace pace = new Pace(most, SECOND, now);
            List<Long> written = new ArrayList<>();
            while (written.size() < 400) {
                int promised = pace.left(1 + random.nextInt(20), now);
                // What is allowed is written some time later, and the rest of the time passes.
                for (int i = 0; i < promised; i++) {
                    now += random.nextLong(SECOND / 50);
                    pace.written(now);
                    written.add(now);
                }
                now += promised == 0 ? pace.untilFree(0, now) : 0;
            }
            for (int i = most; i < written.size(); i++) {
                assertThat(written.get(i) - written.get(i - most))
                        .as("%d a second", most)
                        .isGreaterThanOrEqualTo(SECOND);
            }
        }
    }

    @Test
    void whereMoreIsWantedAllThatIsAllowedIsUsed() {
        Pace pace = new Pace(50, SECOND, 0);
        long now = 0;
        for (int i = 0; i < 500; i++) {
            now += Math.max(0, pace.untilFree(0, now));
            assertThat(pace.left(1, now)).isEqualTo(1);
            pace.written(now);
        }
        assertThat(now).isEqualTo(49 * SECOND / 5);
    }

    @Test
    void whatWasAllowedAndIsNotWrittenYetIsWaitedFor() {
        Pace pace = new Pace(10, SECOND, 0);
        assertThat(pace.left(9, 0)).isEqualTo(2);
        assertThat(pace.untilFree(2, 0)).isEqualTo(SECOND / 5);
        pace.written(7);
        assertThat(pace.untilFree(0, 7)).isLessThanOrEqualTo(0);
        assertThat(pace.untilFree(1, 7)).isEqualTo(SECOND / 5);
    }

    @Test
    void aLimitThatIsNoneTakesNoMemoryForEachRequestThatItAllows() {
        Pace pace = new Pace(Integer.MAX_VALUE, SECOND, 0);
        assertThat(pace.left(1_000_000, 0)).isEqualTo(1 << 16);
        long now = 0;
        for (int i = 0; i < 1_000_000; i++) {
            now += Math.max(0, pace.untilFree(0, now));
            pace.written(now);
        }
        // Fifteen bursts behind the first, of which a second may hold as many as fit into the limit.
        assertThat(now).isBetween(15 * (SECOND >> 16), 15 * (SECOND >> 14));
    }
}
