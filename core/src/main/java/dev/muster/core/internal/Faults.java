package dev.muster.core.internal;

import dev.muster.core.FaultReader;
import dev.muster.core.MusterException;
import dev.muster.core.MusterException.Place;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what the wire and the clouds say went wrong into our kinds, each with the place it happened. */
public final class Faults {
    private static final int SHOWN = 300;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");

    private Faults() {}

    /** No answer came. */
    public static MusterException of(Place place, HttpException why) {
        String message = why.getMessage() == null ? why.toString() : why.getMessage();
        return switch (why) {
            case HttpException.Unreachable e -> new MusterException.Unreachable(place, message, e);
            case HttpException.TimedOut e -> new MusterException.Unreachable(place, message, e);
            case HttpException.Lost e -> new MusterException.Unreachable(place, message, e);
            case HttpException.Closed e -> new MusterException.Unreachable(place, message, e);
            case HttpException.Malformed e -> new MusterException.Undecodable(place, message, e);
            case HttpException.TooLarge e -> new MusterException.Undecodable(place, message, e);
            case HttpException.BodyUnreadable e -> new MusterException.Rejected(place, message, e);
            case HttpException.OutcomeUnknown e -> new MusterException.OutcomeUnknown(place, message, e);
        };
    }

    /** An answer came that is not a success. */
    public static MusterException of(Place place, HttpResponse response, FaultReader reader) {
        int status = response.status();
        String said = said(response, reader);
        String message = "HTTP " + status + (said == null ? "" : ": " + said);
        if (throttles(response, reader)) {
            return new MusterException.Throttled(place, message + retryAfter(response));
        }
        return switch (status) {
            case 401, 403 -> new MusterException.Denied(place, message);
            case 429 -> new MusterException.Throttled(place, message + retryAfter(response));
            case 404 -> new MusterException.Rejected(place, message, true);
            default -> {
                if (status >= 500) {
                    yield new MusterException.Failed(place, message + retryAfter(response));
                }
                if (status / 100 == 3) {
                    yield new MusterException.Rejected(
                            place, message + ", a redirect that is not followed; is the URL that of the API?");
                }
                yield new MusterException.Rejected(place, message);
            }
        };
    }

    /** A failure of ours or of a reader, with its place if it had none. */
    public static MusterException placed(Place place, Throwable failure) {
        return switch (Task.unwrap(failure)) {
            case MusterException e when e.request() != null -> e;
            case MusterException.Undecodable e -> new MusterException.Undecodable(place, e.getMessage(), e);
            case MusterException.Rejected e
            when e.notFound() -> new MusterException.Rejected(place, String.valueOf(e.getMessage()), true);
            case MusterException.Rejected e -> new MusterException.Rejected(place, e.getMessage(), e);
            case MusterException e -> e;
            case IllegalArgumentException e -> new MusterException.Rejected(place, String.valueOf(e.getMessage()), e);
            case RuntimeException e -> new MusterException.Bug(place, "unexpected: " + e, e);
        };
    }

    private static boolean throttles(HttpResponse response, FaultReader reader) {
        try {
            return response.status() >= 400 && reader.throttles(response);
        } catch (RuntimeException e) {
            // Not in the cloud's own form, so it says nothing of the kind.
            return false;
        }
    }

    private static @Nullable String said(HttpResponse response, FaultReader reader) {
        String message = null;
        try {
            message = reader.message(response);
        } catch (RuntimeException e) {
            // Not in the cloud's own form: shown below as what it is.
            message = null;
        }
        if (message != null && !message.isBlank()) {
            return shorten(message);
        }
        String type = response.headers().first("Content-Type");
        String text = response.text();
        if (type != null && type.toLowerCase(Locale.ROOT).contains("html")) {
            Matcher title = TITLE.matcher(text);
            return "a page in HTML" + (title.find() ? ", titled '" + shorten(title.group(1)) + "'" : "");
        }
        return text.isBlank() ? null : shorten(text);
    }

    private static String retryAfter(HttpResponse response) {
        String after = response.headers().first("Retry-After");
        return after == null ? "" : "; try again after " + after + (after.matches("\\d+") ? " s" : "");
    }

    private static String shorten(String text) {
        // What follows is advice of ours, behind a semicolon.
        String line = text.strip().replaceAll("\\s+", " ").replaceFirst("\\.$", "");
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
