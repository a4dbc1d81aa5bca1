package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimersTest {
    private static final class Mark extends Timers.Timer {
        @Override
        void fire(long now) {}
    }

    @Test
    void timersComeOutInTheOrderTheyAreDueWhateverIsSetMovedOrCancelled() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            Timers timers = new Timers();
            List<Mark> set = new ArrayList<>();
            // Near the point where nanoTime overflows.
            long base = Long.MAX_VALUE - 500;
            for (int i = 0; i < 200; i++) {
                int dice = random.nextInt(4);
                if (dice == 0 && !set.isEmpty()) {
                    timers.cancel(set.remove(random.nextInt(set.size())));
                } else if (dice == 1 && !set.isEmpty()) {
                    timers.set(set.get(random.nextInt(set.size())), base + random.nextInt(1000));
                } else {
                    Mark timer = new Mark();
                    timers.set(timer, base + random.nextInt(1000));
                    set.add(timer);
                }
            }
            assertThat(timers.size()).as("seed %d", seed).isEqualTo(set.size());
            List<Long> fired = new ArrayList<>();
            for (Timers.Timer timer = timers.takeDue(base + 1000); timer != null; timer = timers.takeDue(base + 1000)) {
                assertThat(timer.isSet()).isFalse();
                fired.add(timer.due() - base);
            }
            assertThat(fired).as("seed %d", seed).hasSameSizeAs(set).isSortedAccordingTo(Comparator.naturalOrder());
            assertThat(timers.untilNext(base)).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void nothingIsDueBeforeItsTime() {
        Timers timers = new Timers();
        Mark timer = new Mark();
        timers.set(timer, 1000);
        assertThat(timers.takeDue(999)).isNull();
        assertThat(timers.untilNext(400)).isEqualTo(600);
        assertThat(timers.takeDue(1000)).isSameAs(timer);
        timers.cancel(timer);
        assertThat(timers.size()).isZero();
    }
}
