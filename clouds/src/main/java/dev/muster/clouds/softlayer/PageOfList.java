package dev.muster.clouds.softlayer;

import dev.muster.http.HttpRequest;
import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request for some rows of a list.
 *
 * @param list which list: the request without the limit
 */
record PageOfList(HttpRequest request, String list, int offset, int limit) {
    private static final Pattern LIMIT = Pattern.compile("(?<=[?&])resultLimit=(\\d{1,9})%2C(\\d{1,9})(?=&|$)");

    /** Null where the request limits nothing, or where asking for it twice might do something twice. */
    static @Nullable PageOfList of(HttpRequest request) {
        String uri = request.uri().toString();
        Matcher limit = LIMIT.matcher(uri);
        if (!request.method().equals("GET") || !limit.find()) {
            return null;
        }
        return new PageOfList(
                request, limit.replaceFirst(""), Integer.parseInt(limit.group(1)), Integer.parseInt(limit.group(2)));
    }

    /** A part of it. */
    PageOfList part(int from, int rows) {
        String uri = LIMIT.matcher(request.uri().toString()).replaceFirst("resultLimit=" + from + "%2C" + rows);
        return new PageOfList(
                HttpRequest.of(request.method(), URI.create(uri)).headers(request.headers()), list, from, rows);
    }

    /** For people. */
    String rows() {
        return limit == 1 ? "row " + offset : "rows " + offset + " to " + (offset + limit - 1);
    }
}
