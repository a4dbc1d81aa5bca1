package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ModerationTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;

    private final Moderation moderation = new Moderation();

    /** Answers that took {@code took} come every {@code apart}; how long the loop rests behind the last of these looks. */
    private long restAfter(int looks, long took, long apart) {
        long now = System.nanoTime();
        for (int i = 0; i < looks; i++) {
            moderation.looked(now);
            moderation.answered(took);
            now += apart;
        }
        return moderation.rest(now - apart);
    }

    @Test
    void answersThatTrickleInAreLookedAtOnceInAPartOfTheTimeTheyTake() {
        assertThat(restAfter(3, 24 * MILLI / 2, 100 * MICRO)).isEqualTo(MILLI / 2);
    }

    @Test
    void theRestIsShortenedByWhatThePreviousLookTook() {
        restAfter(3, 12 * MILLI, 100 * MICRO);
        long now = System.nanoTime() + 10 * MILLI;
        moderation.looked(now);
        assertThat(moderation.rest(now + 200 * MICRO)).isEqualTo(300 * MICRO);
        assertThat(moderation.rest(now + 600 * MICRO)).isZero();
    }

    @Test
    void noRestIsLongerThanAMillisecond() {
        assertThat(restAfter(3, 1000 * MILLI, 100 * MICRO)).isEqualTo(MILLI);
    }

    @Test
    void answersThatComeFastAreNeverWaitedFor() {
        assertThat(restAfter(100, MILLI, 10 * MICRO)).isZero();
    }

    @Test
    void answersFarApartAreNeverWaitedFor() {
        assertThat(restAfter(100, 20 * MILLI, 20 * MILLI)).isZero();
    }

    @Test
    void whatIsNoAnswerOfAStreamIsNeverWaitedFor() {
        for (long now = 0; now < 10 * MILLI; now += 100 * MICRO) {
            moderation.looked(now);
            assertThat(moderation.rest(now)).isZero();
        }
    }

    @Test
    void aTrickleThatIsOverIsForgotten() {
        restAfter(100, 20 * MILLI, 100 * MICRO);
        assertThat(restAfter(40, 20 * MILLI, 20 * MILLI)).isZero();
    }

    @Test
    void whateverComesARestIsNeverMoreThanAPartOfTheShortestAnswerOfLate() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            Moderation tried = new Moderation();
            long took = 1 + random.nextLong(200 * MILLI);
            long now = random.nextLong();
            for (int i = 0; i < 500; i++) {
                now += random.nextLong(2 * MILLI);
                tried.looked(now);
                if (random.nextInt(4) > 0) {
                    tried.answered(took + random.nextLong(10 * took));
                    tried.answered(took);
                }
                assertThat(tried.rest(now)).isBetween(0L, Math.min(MILLI, took / 24));
            }
        }
    }
}
