package dev.muster.sim.internal;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Bodies are shared between answers and are never written to.
 *
 * @param status HTTP status
 * @param headers in the order of sending, Content-Type included, Content-Length not
 * @param body may be empty
 * @param rows what there was to read for it, which may cost time
 * @param links how often there was something to be looked up for a row, which may cost more
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Never compared; a copy for each reader would cost what the server is to save.
public record SimReply(int status, Map<String, String> headers, byte[] body, int rows, int links) {
    private static final byte[] NOTHING = {};

    /** An answer with a body of this type. */
    public static SimReply of(int status, String contentType, byte[] body) {
        return new SimReply(status, Map.of("Content-Type", contentType), body, 0, 0);
    }

    /** An answer with a text of this type, in UTF-8. */
    public static SimReply of(int status, String contentType, String body) {
        return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** An answer without a body or a type. */
    public static SimReply empty(int status) {
        return new SimReply(status, Map.of(), NOTHING, 0, 0);
    }

    /** A page as front ends and servlet containers make it. */
    public static SimReply html(int status, String title) {
        return of(
                status,
                "text/html;charset=UTF-8",
                "<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n");
    }

    /** This answer with one more header. */
    public SimReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new SimReply(status, more, body, rows, links);
    }

    /** This answer, and what it took to find it. */
    public SimReply found(int rows, int links) {
        return new SimReply(status, headers, body, rows, links);
    }
}
