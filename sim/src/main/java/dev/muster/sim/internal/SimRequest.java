package dev.muster.sim.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request as a cloud sees it.
 *
 * @param method such as GET
 * @param path without the query, as sent
 * @param rawQuery without the question mark, as sent; empty = none
 * @param headers value of a header by its name in any case, or null
 * @param body empty where there is none
 * @param base path of the service that answers; empty = it stands at the root
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Never compared; a copy for each reader would cost what the server is to save.
public record SimRequest(
        String method,
        String path,
        String rawQuery,
        Function<String, @Nullable String> headers,
        byte[] body,
        String base) {
    /** One to a service at the root. */
    public SimRequest(
            String method, String path, String rawQuery, Function<String, @Nullable String> headers, byte[] body) {
        this(method, path, rawQuery, headers, body, "");
    }

    /** The same request as a service sees it that stands below a path: its path and its links are told from there. */
    public SimRequest below(String prefix) {
        return new SimRequest(method, path.substring(prefix.length()), rawQuery, headers, body, base + prefix);
    }

    /** The value of a header; null = not sent. */
    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    /** Scheme, authority and base that the client used, to build absolute links with: {@code http://127.0.0.1:34567}. */
    public String origin() {
        String host = header("Host");
        return "http://" + (host == null ? "127.0.0.1" : host) + base;
    }

    /** The query's parameters in order, decoded. */
    public Map<String, List<String>> query() {
        return form(rawQuery);
    }

    /** The body's parameters, for bodies that are forms. */
    public Map<String, List<String>> form() {
        return form(new String(body, StandardCharsets.UTF_8));
    }

    /** The first value of a parameter; null = not there. */
    public static @Nullable String first(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.getFirst();
    }

    private static Map<String, List<String>> form(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            parameters.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // A stray percent sign stands for itself, as servers have it.
        }
    }
}
