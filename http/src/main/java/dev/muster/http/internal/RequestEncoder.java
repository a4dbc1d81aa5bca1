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
    private static final byte[] COLON = bytes(": ");
    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] CONTENT_LENGTH = bytes("Content-Length: ");
    private static final byte[] KEEP_ALIVE = bytes("Connection: keep-alive\r\n");
    private static final byte[] ENCODINGS = bytes("Accept-Encoding: " + ACCEPT_ENCODING + "\r\n");

    private static final byte[] EXPECT = bytes("Expect: 100-continue\r\n");

    private final byte[] proxyAuthorization;

    private final byte[] host;
    /** Version, Host and what is said unless the caller says otherwise. Keep-alive makes httpd tell its budget. */
    private final byte[] usual;

    /** What stands before the path: the origin itself where a proxy is to find it (RFC 9112 §3.2.2). */
    private final byte[] before;

    /** {@code proxy}: through which the origin is reached; null where straight. */
    RequestEncoder(Origin origin, Proxies.@Nullable Proxy proxy) {
        Proxies.Proxy told = origin.secure() ? null : proxy;
        before = bytes(told == null ? "" : origin.toString());
        String authorization = told == null ? null : told.authorization();
        proxyAuthorization = bytes(authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n");
        host = bytes("Host: " + origin.authority() + "\r\n");
        usual = bytes(" HTTP/1.1\r\nHost: " + origin.authority() + "\r\nConnection: keep-alive\r\nAccept-Encoding: "
                + ACCEPT_ENCODING + "\r\n");
    }

    void head(HttpRequest request, boolean expects, Outbox out) {
        out.put(request.method());
        out.put(" ");
        out.put(before);
        out.put(request.target());
        Headers headers = request.headers();
        boolean ownHost = headers.first("Host") != null;
        boolean ownConnection = headers.first("Connection") != null;
        boolean ownEncoding = headers.first("Accept-Encoding") != null;
        if (ownHost || ownConnection || ownEncoding) {
            out.put(VERSION);
            out.put(ownHost ? new byte[0] : host);
            out.put(ownConnection ? new byte[0] : KEEP_ALIVE);
            out.put(ownEncoding ? new byte[0] : ENCODINGS);
        } else {
            out.put(usual);
        }
        out.put(proxyAuthorization);
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!framing(name)) {
                out.put(name);
                out.put(COLON);
                out.put(headers.value(i));
                out.put(CRLF);
            }
        }
        if (expects) {
            out.put(EXPECT);
        }
        byte[] body = request.body();
        BodySource source = request.source();
        if (source != null) {
            out.put(source.length() < 0 ? "Transfer-Encoding: chunked" : "Content-Length: " + source.length());
            out.put(CRLF);
        } else if (body != null || expectsBody(request.method())) {
            out.put(CONTENT_LENGTH);
            out.put(body == null ? 0 : body.length);
            out.put(CRLF);
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
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.ISO_8859_1);
    }
}
