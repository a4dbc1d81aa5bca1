package dev.muster.http;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as a value: building it sends nothing, and it can be sent any number of times. Immutable and thread-safe;
 * the body's bytes must not be changed by whoever gave them.
 */
public final class HttpRequest {
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    private final String method;
    private final URI uri;
    private final Headers headers;
    private final byte @Nullable [] body;
    private final @Nullable BodySource source;
    private final @Nullable Duration expectContinue;
    private final @Nullable Duration responseTimeout;
    private final @Nullable Duration deadline;

    private HttpRequest(
            String method,
            URI uri,
            Headers headers,
            byte @Nullable [] body,
            @Nullable BodySource source,
            @Nullable Duration expectContinue,
            @Nullable Duration responseTimeout,
            @Nullable Duration deadline) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
        this.source = source;
        this.expectContinue = expectContinue;
        this.responseTimeout = responseTimeout;
        this.deadline = deadline;
    }

    /** A GET of an absolute http or https URI. */
    public static HttpRequest get(URI uri) {
        return of("GET", uri);
    }

    /** A POST with a body held in memory. */
    public static HttpRequest post(URI uri, byte[] body) {
        return of("POST", uri).body(body);
    }

    /**
     * Any method on an absolute http or https URI. A fragment is not sent; user information is refused, as it would
     * end in logs.
     */
    public static HttpRequest of(String method, URI uri) {
        String scheme = uri.getScheme();
        if (scheme == null || !(scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https"))) {
            throw new IllegalArgumentException("not an absolute http or https URI: " + uri);
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a URI without a host: " + scheme + ":…");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URI with user information, which must go into a header instead: "
                    + scheme + "://…@" + uri.getHost());
        }
        if (!isToken(method)) {
            throw new IllegalArgumentException("not a method: '" + method + "'");
        }
        return new HttpRequest(method, uri, Headers.none(), null, null, null, null, null);
    }

    private static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (!Headers.token(method.charAt(i))) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /** The same request with one more header field. */
    public HttpRequest header(String name, String value) {
        return headers(Headers.of(name, value));
    }

    /** The same request with more header fields. */
    public HttpRequest headers(Headers more) {
        return new HttpRequest(method, uri, headers.and(more), body, source, expectContinue, responseTimeout, deadline);
    }

    /**
     * The same request for a part only. A server may answer with the whole (200) all the same, so look at the status; what
     * part a 206 holds tells {@link ByteRange#of(int, Headers)}. As parts of compressed content are of no use, it is asked for
     * as it is.
     */
    public HttpRequest range(ByteRange part) {
        return headers(Headers.of("Range", part.asked(), "Accept-Encoding", "identity"));
    }

    /**
     * The same request for a part only if the whole is still the one with this ETag or of this date; otherwise the server
     * sends the whole (RFC 9110 §13.1.5). A weak ETag ({@code W/…}) never counts as the same.
     */
    public HttpRequest range(ByteRange part, String unchanged) {
        return range(part).header("If-Range", unchanged);
    }

    /** The same request with a body; Content-Length is set by the engine. */
    public HttpRequest body(byte[] bytes) {
        return new HttpRequest(method, uri, headers, bytes, null, expectContinue, responseTimeout, deadline);
    }

    /** The same request with a body that is read while it is sent; it has its connection for itself meanwhile. */
    public HttpRequest body(BodySource source) {
        return new HttpRequest(method, uri, headers, null, source, expectContinue, responseTimeout, deadline);
    }

    /**
     * The same request, whose body is held back until the server has said that it wants it, or has been silent for so long
     * (RFC 9110 §10.1.1): where it refuses, nothing was sent for nothing. On HTTP/2, where a refusal ends no connection, the body
     * is sent at once.
     */
    public HttpRequest expectContinue(Duration atMost) {
        return new HttpRequest(method, uri, headers, body, source, atMost, responseTimeout, deadline);
    }

    /** How long the server may take from the moment the request was written, instead of the client's default. */
    public HttpRequest responseTimeout(Duration time) {
        return new HttpRequest(method, uri, headers, body, source, expectContinue, time, deadline);
    }

    /** How long everything may take from the moment it was asked for, queueing and retries included. */
    public HttpRequest deadline(Duration time) {
        return new HttpRequest(method, uri, headers, body, source, expectContinue, responseTimeout, time);
    }

    public String method() {
        return method;
    }

    public URI uri() {
        return uri;
    }

    public Headers headers() {
        return headers;
    }

    /** The body, or null where there is none. The array is the request's own: do not change it. */
    public byte @Nullable [] body() {
        return body;
    }

    /** The body that is read while it is sent, or null where there is none. */
    public @Nullable BodySource source() {
        return source;
    }

    /** How long the body is held back at most; null: not at all. */
    public @Nullable Duration expectContinue() {
        return expectContinue;
    }

    /** Null: the client's default holds. */
    public @Nullable Duration responseTimeout() {
        return responseTimeout;
    }

    /** Null: no bound on the whole. */
    public @Nullable Duration deadline() {
        return deadline;
    }

    /** Whether sending it twice does no more than sending it once (RFC 9110 §9.2.2), judged by the method. */
    public boolean idempotent() {
        return IDEMPOTENT.contains(method);
    }

    /** Method and path; the query is left out, as it may hold a secret. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
