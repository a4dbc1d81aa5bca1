package dev.muster.http.internal;

import dev.muster.http.BodySource;
import dev.muster.http.Headers;
import dev.muster.http.HttpRequest;
import dev.muster.http.Proxies;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes the heads of requests to one origin. What is the same in all of them is one array. Framing is the engine's:
 * Content-Length and Transfer-Encoding of the caller are not sent.
 */
final class RequestEncoder {
    /** What we undo ourselves. */
    static final String ACCEPT_ENCODING = "gzip, deflate";

    private static final byte[] CRLF = bytes("\r\n");
    private static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
    private static final byte[] EXPECT = bytes("Expect: 100-continue\r\n");

    private final Origin origin;
    private final String proxyAuthorization;
    /** What stands before the path: the origin itself where a proxy is to find it (RFC 9112 §3.2.2). */
    private final byte[] before;

    /** The fields of the last request, and how they are sent: most requests of an origin have the same. */
    private Headers last = Headers.none();

    private byte[] behind;

    /** {@code proxy}: through which the origin is reached; null where straight. */
    RequestEncoder(Origin origin, Proxies.@Nullable Proxy proxy) {
        this.origin = origin;
        Proxies.Proxy told = origin.secure() ? null : proxy;
        String authorization = told == null ? null : told.authorization();
        this.proxyAuthorization = authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n";
        this.before = bytes(told == null ? " " : " " + origin);
        this.behind = behind(last);
    }

    @SuppressWarnings("ReferenceEquality") // equal ones that are not the same are only encoded anew
    void head(HttpRequest request, boolean expects, Outbox out) {
        out.put(request.method());
        out.put(before);
        out.put(request.target());
        Headers headers = request.headers();
        if (headers != last) {
            behind = behind(headers);
            last = headers;
        }
        out.put(behind);
        if (request.body() != null || request.source() != null || expectsBody(request.method())) {
            body(request, expects, out);
        }
        out.put(CRLF);
    }

    /** Version, Host, what is said unless the caller says otherwise, and the caller's. Keep-alive makes httpd tell its budget. */
    private byte[] behind(Headers headers) {
        StringBuilder fields = new StringBuilder(" HTTP/1.1\r\n");
        if (headers.first("Host") == null) {
            fields.append("Host: ").append(origin.authority()).append("\r\n");
        }
        if (headers.first("Connection") == null) {
            fields.append("Connection: keep-alive\r\n");
        }
        if (headers.first("Accept-Encoding") == null) {
            fields.append("Accept-Encoding: ").append(ACCEPT_ENCODING).append("\r\n");
        }
        fields.append(proxyAuthorization);
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!framing(name)) {
                fields.append(name).append(": ").append(headers.value(i)).append("\r\n");
            }
        }
        return bytes(fields.toString());
    }

    private static void body(HttpRequest request, boolean expects, Outbox out) {
        if (expects) {
            out.put(EXPECT);
        }
        byte[] body = request.body();
        BodySource source = request.source();
        if (source == null) {
            out.put(CONTENT_LENGTH);
            out.put(body == null ? 0 : body.length);
        } else {
            out.put(source.length() < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + source.length());
        }
        out.put(CRLF);
    }

    private static boolean framing(String name) {
        int length = name.length();
        return (length == 14 && name.equalsIgnoreCase("Content-Length"))
                || (length == 17 && name.equalsIgnoreCase("Transfer-Encoding"));
    }

    /** Methods whose missing body is said to be empty (RFC 9110 §8.6). */
    static boolean expectsBody(String method) {
        return switch (method) {
            case "POST", "PUT", "PATCH" -> true;
            default -> false;
        };
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
