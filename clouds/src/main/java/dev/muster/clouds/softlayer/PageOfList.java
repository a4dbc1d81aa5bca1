package dev.muster.clouds.softlayer;

import dev.muster.http.HttpRequest;
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
        String target = request.target();
        int at = request.method().equals("GET") ? limitIn(target) : -1;
        if (at < 0) {
            return null;
        }
        String limit = target.substring(at, end(target, at));
        int comma = limit.indexOf(COMMA);
        int offset = comma < 0 ? -1 : number(limit.substring(0, comma));
        int rows = comma < 0 ? -1 : number(limit.substring(comma + COMMA.length()));
        return offset < 0 || rows < 0 ? null : new PageOfList(request, with(target, at, ""), offset, rows);
    }

    /** Where the value of the limit begins; -1 = there is none. */
    private static int limitIn(String target) {
        int at = target.indexOf(LIMIT, target.indexOf('?') + 1);
        while (at > 0 && target.charAt(at - 1) != '?' && target.charAt(at - 1) != '&') {
            at = target.indexOf(LIMIT, at + 1);
        }
        return at <= 0 ? -1 : at + LIMIT.length();
    }

    private static int end(String target, int at) {
        int end = target.indexOf('&', at);
        return end < 0 ? target.length() : end;
    }

    private static String with(String target, int at, String limit) {
        return target.substring(0, at) + limit + target.substring(end(target, at));
    }

    /** Up to nine digits; -1 = something else. */
    private static int number(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Integer.parseInt(text) : -1;
    }

    /** A part of it. */
    PageOfList part(int from, int rows) {
        String target = request.target();
        String part = with(target, limitIn(target), from + COMMA + rows);
        return new PageOfList(request.target(part), list, from, rows);
    }

    /** For people. */
    String rows() {
        return limit == 1 ? "row " + offset : "rows " + offset + " to " + (offset + limit - 1);
    }
}
