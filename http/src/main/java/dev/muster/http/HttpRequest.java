package dev.muster.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One request as a value: building it sends nothing, and it can be sent any number of times. Immutable and thread-safe;
 * the body's bytes must not be changed by whoever gave them.
 */
public final class HttpRequest {
    /** What a path and a query are made of (RFC 3986 §3.3, §3.4), escapes apart. */
    private static final boolean[] IN_TARGET = new boolean[128];

    static {
        Arrays.fill(IN_TARGET, '!', '~' + 1, true);
        for (byte c : "\"#%<>[\\]^`{|}".getBytes(StandardCharsets.US_ASCII)) {
            IN_TARGET[c] = false;
        }
    }

    private final String method;
    /** Leads to the same origin; {@link #target} is what is asked there. */
    private final URI base;

    private final String target;
    private final Headers headers;
    private final byte @Nullable [] body;
    private final @Nullable BodySource source;
    private final @Nullable Duration expectContinue;
    private final @Nullable Duration responseTimeout;
    private final @Nullable Duration deadline;

    private HttpRequest(
            String method,
            URI base,
            String target,
            Headers headers,
            byte @Nullable [] body,
            @Nullable BodySource source,
            @Nullable Duration expectContinue,
            @Nullable Duration responseTimeout,
            @Nullable Duration deadline) {
        this.method = method;
        this.base = base;
        this.target = target;
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
            // Not the text, in which there may be secrets.
            throw new IllegalArgumentException("not an absolute http or https URI: "
                    + (scheme == null ? "it has no scheme" : "its scheme is " + scheme));
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("a URI without a host: " + scheme + ":…");
        }
        if (uri.getPort() > 0xffff) {
            throw new IllegalArgumentException("a URI with a port that is none: " + uri.getPort());
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URI with user information, which must go into a header instead: "
                    + scheme + "://…@" + uri.getHost());
        }
        if (!isToken(method)) {
            throw new IllegalArgumentException("not a method: '" + method + "'");
        }
        return new HttpRequest(method, uri, targetOf(uri), Headers.none(), null, null, null, null, null);
    }

    /** Characters beyond ASCII, which {@link URI} lets through, are escaped. */
    private static String targetOf(URI uri) {
        URI sent = ascii(uri.getRawPath()) && ascii(uri.getRawQuery()) ? uri : URI.create(uri.toASCIIString());
        String path = sent.getRawPath().isEmpty() ? "/" : sent.getRawPath();
        String query = sent.getRawQuery();
        return query == null ? path : path + "?" + query;
    }

    private static boolean ascii(@Nullable String part) {
        for (int i = 0; part != null && i < part.length(); i++) {
            if (part.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isToken(String method) {
        for (int i = 0; i < method.length(); i++) {
            if (!Headers.token(method.charAt(i))) {
                return false;
            }
        }
        return !method.isEmpty();
    }

    /**
     * The same request for something else of the same origin; whoever asks for much there is spared a URI for each.
     *
     * @param target path and, behind a question mark, the query (RFC 9112 §3.2.1); as in a URI, characters beyond ASCII may
     *     stand as they are, and what is behind a # is not sent
     * @throws IllegalArgumentException if it does not begin with a slash or holds what must be escaped
     */
    public HttpRequest target(String target) {
        if (target.isEmpty() || target.charAt(0) != '/') {
            throw new IllegalArgumentException("a path must begin with a slash");
        }
        return new HttpRequest(
                method,
                base,
                ordinary(target) ? target : targetOf(at(base, target)),
                headers,
                body,
                source,
                expectContinue,
                responseTimeout,
                deadline);
    }

    /** Whether it can be sent as it is. */
    private static boolean ordinary(String target) {
        int digits = 0;
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (digits > 0) {
                if (c > '~' || Character.digit(c, 16) < 0) {
                    return false;
                }
                digits--;
            } else if (c == '%') {
                digits = 2;
            } else if (c > '~' || !IN_TARGET[c]) {
                return false;
            }
        }
        return digits == 0;
    }

    private static URI at(URI base, String target) {
        try {
            return new URI(base.getScheme() + "://" + base.getRawAuthority() + target);
        } catch (URISyntaxException e) {
            // Not the text, whose query may hold a secret.
            int before = base.getScheme().length() + 3 + base.getRawAuthority().length();
            throw new IllegalArgumentException(
                    "what must be escaped, at position " + (e.getIndex() - before) + " of the path: " + e.getReason());
        }
    }

    /** The same request with one more header field. */
    public HttpRequest header(String name, String value) {
        return headers(Headers.of(name, value));
    }

    /** The same request with more header fields. */
    public HttpRequest headers(Headers more) {
        return new HttpRequest(
                method, base, target, headers.and(more), body, source, expectContinue, responseTimeout, deadline);
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
        return new HttpRequest(method, base, target, headers, bytes, null, expectContinue, responseTimeout, deadline);
    }

    /** The same request with a body that is read while it is sent; it has its connection for itself meanwhile. */
    public HttpRequest body(BodySource source) {
        return new HttpRequest(method, base, target, headers, null, source, expectContinue, responseTimeout, deadline);
    }

    /**
     * The same request, whose body is held back until the server has said that it wants it, or has been silent for so long
     * (RFC 9110 §10.1.1): where it refuses, nothing was sent for nothing. On HTTP/2, where a refusal ends no connection, the body
     * is sent at once.
     */
    public HttpRequest expectContinue(Duration atMost) {
        return new HttpRequest(method, base, target, headers, body, source, atMost, responseTimeout, deadline);
    }

    /** How long the server may take from the moment the request was written, instead of the client's default. */
    public HttpRequest responseTimeout(Duration time) {
        return new HttpRequest(method, base, target, headers, body, source, expectContinue, time, deadline);
    }

    /** How long everything may take from the moment it was asked for, queueing and retries included. */
    public HttpRequest deadline(Duration time) {
        return new HttpRequest(method, base, target, headers, body, source, expectContinue, responseTimeout, time);
    }

    public String method() {
        return method;
    }

    /** The whole of it. Where only a part is needed, the part costs less. */
    public URI uri() {
        String path = base.getRawPath();
        String query = base.getRawQuery();
        boolean same = query == null
                ? target.equals(path)
                : target.length() == path.length() + 1 + query.length()
                        && target.startsWith(path)
                        && target.charAt(path.length()) == '?'
                        && target.endsWith(query);
        return same ? base : at(base, target);
    }

    /** Path and query as they are sent: at least a slash, everything escaped that must be. */
    public String target() {
        return target;
    }

    /** Whether over TLS. */
    public boolean secure() {
        return base.getScheme().length() == 5;
    }

    /** A name or an address, an IPv6 one in brackets. */
    public String host() {
        return base.getHost();
    }

    /** That of the scheme where the URI says none. */
    public int port() {
        return base.getPort() >= 0 ? base.getPort() : secure() ? 443 : 80;
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
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    /** Method and path; the query is left out, as it may hold a secret. */
    @Override
    public String toString() {
        int query = target.indexOf('?');
        return method + " " + base.getScheme() + "://" + base.getRawAuthority()
                + (query < 0 ? target : target.substring(0, query));
    }
}
