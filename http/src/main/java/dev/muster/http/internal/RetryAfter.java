package dev.muster.http.internal;

import dev.muster.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The Retry-After field (RFC 9110 §10.2.3): seconds, or a date in one of the three forms of §5.6.7. */
final class RetryAfter {
    /** Not said, or not understood. */
    static final long NONE = -1;

    private static final int SECONDS_DIGITS = 9;
    private static final DateTimeFormatter ASCTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.US).withZone(ZoneOffset.UTC);

    private RetryAfter() {}

    /**
     * Nanoseconds to wait, 0 for a date that is past. A date is counted from the server's own Date where it sent one, as its
     * clock may not be ours.
     */
    static long nanos(Headers headers, Instant now) {
        String value = headers.first("Retry-After");
        if (value == null || value.isEmpty()) {
            return NONE;
        }
        if (value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return value.length() > SECONDS_DIGITS ? Long.MAX_VALUE : Long.parseLong(value) * 1_000_000_000L;
        }
        Instant until = date(value, now);
        if (until == null) {
            return NONE;
        }
        String said = headers.first("Date");
        Instant theirs = said == null ? null : date(said, now);
        Duration wait = Duration.between(theirs == null ? now : theirs, until);
        return wait.isNegative() ? 0 : Engine.nanos(wait);
    }

    private static @Nullable Instant date(String value, Instant now) {
        // The two digits of a year mean one that is at most 50 years ahead.
        LocalDate oldest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
        for (DateTimeFormatter form : List.of(DateTimeFormatter.RFC_1123_DATE_TIME, rfc850(oldest), ASCTIME)) {
            try {
                return Instant.from(form.parse(value));
            } catch (DateTimeException notThisForm) {
                // Perhaps the next.
            }
        }
        return null;
    }

    private static DateTimeFormatter rfc850(LocalDate oldest) {
        return new DateTimeFormatterBuilder()
                .appendPattern("EEEE, dd-MMM-")
                .appendValueReduced(ChronoField.YEAR, 2, 2, oldest)
                .appendPattern(" HH:mm:ss 'GMT'")
                .toFormatter(Locale.US)
                .withZone(ZoneOffset.UTC);
    }
}
