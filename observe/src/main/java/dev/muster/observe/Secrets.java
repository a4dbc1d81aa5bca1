package dev.muster.observe;

import dev.muster.http.Headers;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hides what must not be shown: by name, as nobody can tell by the value. */
final class Secrets {
    static final String HIDDEN = "REDACTED";

    private static final Pattern NAME = Pattern.compile(
            "auth|cookie|token|secret|passw|passcode|pwd|credential|signature|api-?_?key|access-?_?key|sess(ion)?[_-]?id"
                    + "|jwt|(^|[_-])sig$|^key$|^code$");

    private Secrets() {}

    /** Whether a header field or a query parameter of this name may carry a secret. */
    static boolean named(String name) {
        return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /** A header field's value as it may be shown. */
    static String header(Headers headers, int i) {
        if (named(headers.name(i))) {
            return HIDDEN;
        }
        return headers.name(i).toLowerCase(Locale.ROOT).endsWith("location")
                ? location(headers.value(i))
                : headers.value(i);
    }

    /** The first value of a header field as it may be shown; null where there is none. */
    static @Nullable String first(Headers headers, String name) {
        for (int i = 0; i < headers.size(); i++) {
            if (headers.name(i).equalsIgnoreCase(name)) {
                return header(headers, i);
            }
        }
        return null;
    }

    /** An address, whole or from its path on: log-ins lead back with a token in it. */
    private static String location(String value) {
        int query = value.indexOf('?');
        int fragment = value.indexOf('#');
        int end = query < 0 ? fragment : fragment < 0 ? query : Math.min(query, fragment);
        return end < 0 ? value : value.substring(0, end) + value.charAt(end) + HIDDEN;
    }

    /** The query as it may be shown, still encoded; empty where there is none. */
    static String query(URI uri) {
        String query = uri.getRawQuery();
        if (query == null) {
            return "";
        }
        StringBuilder shown = new StringBuilder();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            shown.append(shown.isEmpty() ? "" : "&")
                    .append(name)
                    .append(equals < 0 ? "" : named(decoded(name)) ? '=' + HIDDEN : pair.substring(equals));
        }
        return shown.toString();
    }

    /** As the server will read it, whichever of its letters are escaped. */
    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    /** The whole URI as it may be shown. */
    static String uri(URI uri) {
        String query = query(uri);
        return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath()
                + (query.isEmpty() ? "" : '?' + query);
    }
}
