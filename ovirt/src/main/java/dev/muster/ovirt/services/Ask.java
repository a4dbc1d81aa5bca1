package dev.muster.ovirt.services;

import dev.muster.core.ApiRequest;
import dev.muster.core.Endpoint;
import dev.muster.core.Json;
import dev.muster.http.Headers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * What an operation will send. Setting something again replaces it.
 *
 * @param fields of an action's body, by name
 * @param body whole, for operations other than actions
 * @param pageSize rows of a page; 0 where there are no pages
 */
record Ask(
        Endpoint endpoint,
        String method,
        String path,
        Map<String, String> query,
        Headers headers,
        Map<String, Consumer<JsonGenerator>> fields,
        @Nullable Consumer<JsonGenerator> body,
        int pageSize) {

    static Ask of(Endpoint endpoint, String method, String path) {
        return new Ask(endpoint, method, path, Map.of(), Headers.none(), Map.of(), null, 0);
    }

    Ask query(String name, Object value) {
        return new Ask(endpoint, method, path, with(query, name, value.toString()), headers, fields, body, pageSize);
    }

    Ask header(String name, String value) {
        return new Ask(endpoint, method, path, query, headers.and(name, value), fields, body, pageSize);
    }

    Ask field(String name, Consumer<JsonGenerator> value) {
        return new Ask(endpoint, method, path, query, headers, with(fields, name, value), body, pageSize);
    }

    Ask body(Consumer<JsonGenerator> whole) {
        return new Ask(endpoint, method, path, query, headers, fields, whole, pageSize);
    }

    Ask pageSize(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("a page size must be 1 or more: " + rows);
        }
        return new Ask(endpoint, method, path, query, headers, fields, body, rows);
    }

    /** The request, without what differs from page to page. */
    ApiRequest request() {
        ApiRequest request = ApiRequest.of(method, "", path).header("Accept", "application/json");
        for (Map.Entry<String, String> each : query.entrySet()) {
            boolean paged = pageSize > 0
                    && (each.getKey().equals("search") || each.getKey().equals("max"));
            request = paged ? request : request.query(each.getKey(), each.getValue());
        }
        request = new ApiRequest(
                request.method(),
                request.service(),
                request.path(),
                request.query(),
                request.headers().and(headers),
                request.body());
        return method.equals("POST") || body != null ? request.json(Json.bytes(this::write)) : request;
    }

    private void write(JsonGenerator out) {
        if (body != null) {
            body.accept(out);
            return;
        }
        out.writeStartObject();
        fields.forEach((name, value) -> {
            out.writeName(name);
            value.accept(out);
        });
        out.writeEndObject();
    }

    private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
        Map<String, V> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
