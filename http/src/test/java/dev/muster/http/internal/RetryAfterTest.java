package dev.muster.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Headers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-06T08:49:30Z");

    private static long nanos(String... headers) {
        return RetryAfter.nanos(Headers.of(headers), NOW);
    }

    @Test
    void secondsAreTakenAsTheyAre() {
        assertThat(nanos("Retry-After", "0")).isZero();
        assertThat(nanos("retry-after", "7")).isEqualTo(7_000_000_000L);
        assertThat(nanos("Retry-After", "99999999999999999999")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fri, 06 Nov 2026 08:49:37 GMT",
                "Friday, 06-Nov-26 08:49:37 GMT",
                "Fri Nov  6 08:49:37 2026",
            })
    void aDateInEachOfItsThreeFormsIsCountedFromNow(String date) {
        assertThat(nanos("Retry-After", date)).isEqualTo(7_000_000_000L);
    }

    @Test
    void aDateIsCountedFromTheServersOwnClock() {
        assertThat(nanos("Date", "Sun, 01 Jan 2040 00:00:00 GMT", "Retry-After", "Sun, 01 Jan 2040 00:00:02 GMT"))
                .isEqualTo(2_000_000_000L);
    }

    @Test
    void aDateThatIsPastMeansAtOnce() {
        assertThat(nanos("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5", "soon", "Fri, 06 Nov 2026", "\u00b2"})
    void whatIsNeitherIsNotUnderstood(String value) {
        assertThat(nanos("Retry-After", value)).isEqualTo(RetryAfter.NONE);
    }

    @Test
    void nothingSaidIsNone() {
        assertThat(nanos()).isEqualTo(RetryAfter.NONE);
    }
}
