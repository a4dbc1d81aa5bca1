package dev.muster.http.internal;

import dev.muster.http.BodySource;
import dev.muster.http.Headers;
import dev.muster.http.HttpRequest;
import dev.muster.http.internal.hpack.HpackDecoder;
import dev.muster.http.internal.hpack.HpackEncoder;

/**
 * Writes the heads of requests on one connection (RFC 9113 §8.3.1). What concerns an HTTP/1.1 connection alone is left out
 * (§8.2.2); framing is the engine's.
 */
final class Http2Requests {
    final HpackEncoder encoder = new HpackEncoder(HpackDecoder.TABLE_SIZE);

    private final String scheme;
    private final String authority;

    Http2Requests(Origin origin) {
        this.scheme = origin.secure() ? "https" : "http";
        this.authority = origin.authority();
    }

    /** Encodes the head of a request into frames of at most {@code frameSize} bytes. */
    void head(HttpRequest request, int stream, boolean last, int frameSize, Outbox out) {
        encode(request);
        int length = encoder.length();
        int first = Math.min(length, frameSize);
        int flags = (last ? Frames.END_STREAM : 0) | (first == length ? Frames.END_HEADERS : 0);
        out.frame(first, Frames.HEADERS, flags, stream);
        out.put(encoder.bytes(), 0, first);
        for (int at = first; at < length; at += frameSize) {
            int count = Math.min(length - at, frameSize);
            out.frame(count, Frames.CONTINUATION, at + count == length ? Frames.END_HEADERS : 0, stream);
            out.put(encoder.bytes(), at, count);
        }
    }

    private void encode(HttpRequest request) {
        Headers headers = request.headers();
        String host = headers.first("Host");
        encoder.begin();
        encoder.field(":method", request.method());
        encoder.field(":scheme", scheme);
        encoder.field(":authority", host == null ? authority : host);
        encoder.field(":path", request.target());
        if (headers.first("Accept-Encoding") == null) {
            encoder.field("accept-encoding", RequestEncoder.ACCEPT_ENCODING);
        }
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!ofConnection(name) && !(name.equalsIgnoreCase("TE") && !isTrailers(headers.value(i)))) {
                encoder.field(name, headers.value(i).strip());
            }
        }
        byte[] body = request.body();
        BodySource source = request.source();
        if (source != null && source.length() >= 0) {
            encoder.field("content-length", Long.toString(source.length()));
        } else if (source == null && (body != null || RequestEncoder.expectsBody(request.method()))) {
            encoder.field("content-length", Integer.toString(body == null ? 0 : body.length));
        }
    }

    private static boolean isTrailers(String value) {
        return value.strip().equalsIgnoreCase("trailers");
    }

    private static boolean ofConnection(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 6 -> name.equalsIgnoreCase("Expect");
            case 7 -> name.equalsIgnoreCase("Upgrade");
            case 10 -> name.equalsIgnoreCase("Connection") || name.equalsIgnoreCase("Keep-Alive");
            case 14 -> name.equalsIgnoreCase("Content-Length") || name.equalsIgnoreCase("HTTP2-Settings");
            case 16 -> name.equalsIgnoreCase("Proxy-Connection");
            case 17 -> name.equalsIgnoreCase("Transfer-Encoding");
            default -> false;
        };
    }
}
