package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void noSecondEverHoldsMoreThanItMay() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            int most = 1 + random.nextInt(60);
            long now = random.nextLong();
            Pace pace = new Pace(most, now);
            List<Long> slots = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                now += random.nextInt(3) == 0 ? random.nextLong(Pace.SECOND / 4) : 0;
                long slot = pace.slot(now);
                assertThat(slot - now).isNotNegative();
                if (i >= most) {
                    assertThat(slot - slots.get(i - most))
                            .as("%d a second", most)
                            .isGreaterThan(Pace.SECOND);
                }
                slots.add(slot);
            }
        }
    }

    @Test
    void whereAllComeAtOnceTheRateIsReached() {
        Pace pace = new Pace(50, 0);
        long last = 0;
        for (int i = 0; i < 202; i++) {
            last = pace.slot(0);
        }
        assertThat(last).isBetween(202 * Pace.SECOND / 50 - Pace.SECOND / 4, 202 * Pace.SECOND / 49);
        assertThat(new Pace(50, 0).slot(7)).isEqualTo(7);
    }

    @Test
    void aPauseHoldsBackWhatComesNext() {
        Pace pace = new Pace(50, 0);
        assertThat(pace.slot(5)).isEqualTo(5);
        pace.pause(1_000);
        assertThat(pace.slot(10)).isEqualTo(1_000);
        assertThat(pace.slot(2_000)).isEqualTo(2_000);
    }
}
