package dev.muster.core;

import dev.muster.http.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request as an API's reference writes it: method, path below a service's base, query. What it is sent to, and as whom,
 * is the {@link Endpoint}'s affair. Immutable; the body's bytes must not be changed.
 *
 * @param method the HTTP method
 * @param service which service of the cloud, as {@code compute}; empty where a cloud has one only
 * @param path below the service's base, starting with a slash; may hold {@code {variables}}
 * @param query encoded, without the question mark; empty where there is none
 * @param headers beside those of the session
 * @param body null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy of every body would cost more than it guards
public record ApiRequest(
        String method, String service, String path, String query, Headers headers, byte @Nullable [] body) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z_]+)}");

    /** A GET. */
    public static ApiRequest get(String service, String path) {
        return of("GET", service, path);
    }

    /** Any method. */
    public static ApiRequest of(String method, String service, String path) {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
        return new ApiRequest(method, service, path, "", Headers.none(), null);
    }

    /** The same with one more query parameter, encoded here. */
    public ApiRequest query(String name, Object value) {
        String pair = encode(name) + '=' + encode(value.toString());
        return rawQuery(query.isEmpty() ? pair : query + '&' + pair);
    }

    /** The same with another query, already encoded. */
    public ApiRequest rawQuery(String encoded) {
        return new ApiRequest(method, service, path, encoded, headers, body);
    }

    /** The same with one more header field. */
    public ApiRequest header(String name, String value) {
        return new ApiRequest(method, service, path, query, headers.and(name, value), body);
    }

    /** The same with a JSON body. */
    public ApiRequest json(byte[] json) {
        return new ApiRequest(method, service, path, query, headers.and("Content-Type", "application/json"), json);
    }

    /** The same with a form as its body. */
    public ApiRequest form(Map<String, String> fields) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return new ApiRequest(
                method,
                service,
                path,
                query,
                headers.and("Content-Type", "application/x-www-form-urlencoded"),
                form.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** The names of the variables in its path. */
    public Set<String> variables() {
        return VARIABLE.matcher(path)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The same with the variables of its path replaced, each encoded as one path segment.
     *
     * @throws IllegalArgumentException if a variable has no value
     */
    public ApiRequest expand(Map<String, String> variables) {
        if (path.indexOf('{') < 0) {
            return this;
        }
        Matcher matcher = VARIABLE.matcher(path);
        StringBuilder expanded = new StringBuilder();
        while (matcher.find()) {
            String value = variables.get(matcher.group(1));
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("no value for {" + matcher.group(1) + "} of " + path);
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(encode(value)));
        }
        return new ApiRequest(method, service, matcher.appendTail(expanded).toString(), query, headers, body);
    }

    /** Method and path: what errors name. The query is left out, as it may hold what a user would not show. */
    @Override
    public String toString() {
        return method + " " + path;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
