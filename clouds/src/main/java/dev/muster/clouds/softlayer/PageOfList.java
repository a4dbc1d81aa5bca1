package dev.muster.clouds.softlayer;

import dev.muster.http.HttpRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A request for some rows of a list.
 *
 * @param list which list: the request without the limit
 */
record PageOfList(HttpRequest request, String list, int offset, int limit) {
    private static final String LIMIT = "resultLimit=";
    private static final String COMMA = "%2C";

    /** Null where the request limits nothing, or where asking for it twice might do something twice. */
    static @Nullable PageOfList of(HttpRequest request) {
        String uri = request.uri().toString();
        int at = limitIn(uri);
        if (!request.method().equals("GET") || at < 0) {
            return null;
        }
        String limit = uri.substring(at, end(uri, at));
        int comma = limit.indexOf(COMMA);
        int offset = comma < 0 ? -1 : number(limit.substring(0, comma));
        int rows = comma < 0 ? -1 : number(limit.substring(comma + COMMA.length()));
        return offset < 0 || rows < 0 ? null : new PageOfList(request, with(uri, at, ""), offset, rows);
    }

    /** Where the value of the limit begins; -1 = there is none. */
    private static int limitIn(String uri) {
        int at = uri.indexOf(LIMIT, uri.indexOf('?') + 1);
        while (at > 0 && uri.charAt(at - 1) != '?' && uri.charAt(at - 1) != '&') {
            at = uri.indexOf(LIMIT, at + 1);
        }
        return at <= 0 ? -1 : at + LIMIT.length();
    }

    private static int end(String uri, int at) {
        int end = uri.indexOf('&', at);
        return end < 0 ? uri.length() : end;
    }

    private static String with(String uri, int at, String limit) {
        return uri.substring(0, at) + limit + uri.substring(end(uri, at));
    }

    /** Up to nine digits; -1 = something else. */
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    /** A part of it. */
    PageOfList part(int from, int rows) {
        String uri = request.uri().toString();
        String part = with(uri, limitIn(uri), from + COMMA + rows);
        return new PageOfList(
                HttpRequest.of(request.method(), URI.create(part)).headers(request.headers()), list, from, rows);
    }

    /** For people. */
    String rows() {
        return limit == 1 ? "row " + offset : "rows " + offset + " to " + (offset + limit - 1);
    }
}
