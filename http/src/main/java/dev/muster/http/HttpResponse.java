package dev.muster.http;

import java.nio.charset.StandardCharsets;

/**
 * A whole response: status, header fields and body, the body already unchunked and decompressed. Any status is a
 * response; only a request that got none fails with an {@link HttpException}. The body array is the response's own.
 */
public final class HttpResponse {
    private final int status;
    private final Headers headers;
    private final byte[] body;
    private final Timing timing;
    private final Headers trailers;

    /**
     * Where the time went, and how often the request was written.
     *
     * @param queued nanoseconds from asking to the first byte written, connecting included
     * @param wire nanoseconds from the last writing of the request, or of the copy of it that was answered, to the last byte of
     *     the response
     * @param sends how often the request was written: 1, and one more for each time it was sent again; a second copy that was
     *     written because it was slow is not counted; 0 where the answer is that of an equal request
     * @param throttles how often that was because the origin had answered 429 or 503
     */
    public record Timing(long queued, long wire, int sends, int throttles) {}

    /** A response without trailers. */
    public HttpResponse(int status, Headers headers, byte[] body, Timing timing) {
        this(status, headers, body, timing, Headers.none());
    }

    public HttpResponse(int status, Headers headers, byte[] body, Timing timing, Headers trailers) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.timing = timing;
        this.trailers = trailers;
    }

    public int status() {
        return status;
    }

    public Headers headers() {
        return headers;
    }

    /** The body; empty where there is none. */
    public byte[] body() {
        return body;
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The fields behind a chunked body (RFC 9110 §6.5), which are never mixed with those in front of it. */
    public Headers trailers() {
        return trailers;
    }

    public Timing timing() {
        return timing;
    }

    @Override
    public String toString() {
        return status + ", " + body.length + " bytes";
    }
}
