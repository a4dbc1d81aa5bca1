package dev.muster.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no response. The kinds:
 *
 * <pre>
 * HttpException
 * ├── Unreachable     no connection: name not found, refused, TLS not agreed, connect timeout. Nothing was sent.
 * ├── TimedOut        the response timeout or the deadline passed.
 * ├── Lost            the connection died before the answer was whole, and sending again did not help or is spent.
 * ├── Malformed       the server sent what is not HTTP.
 * ├── TooLarge        header, body or decompressed body above the limit.
 * ├── BodyUnreadable  the body to be sent could not be read, or is shorter than was said.
 * ├── OutcomeUnknown  a request that must not be sent twice may have reached the server.
 * └── Closed          the client was closed, or the request cancelled.
 * </pre>
 *
 * A message names method, scheme, host and path, never a query, a header or a body.
 */
public abstract sealed class HttpException extends IOException {
    private static final long serialVersionUID = 1L;

    private HttpException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** No connection could be had; nothing was sent. */
    public static final class Unreachable extends HttpException {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The response timeout or the deadline passed. */
    public static final class TimedOut extends HttpException {
        private static final long serialVersionUID = 1L;

        public TimedOut(String message) {
            super(message, null);
        }
    }

    /** The connection died before the answer was whole. */
    public static final class Lost extends HttpException {
        private static final long serialVersionUID = 1L;

        public Lost(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** What came is not HTTP. */
    public static final class Malformed extends HttpException {
        private static final long serialVersionUID = 1L;

        public Malformed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** More bytes than the limit allows. */
    public static final class TooLarge extends HttpException {
        private static final long serialVersionUID = 1L;

        public TooLarge(String message) {
            super(message, null);
        }
    }

    /** The body to be sent could not be read to its end; the server got a part of it at most. */
    public static final class BodyUnreadable extends HttpException {
        private static final long serialVersionUID = 1L;

        public BodyUnreadable(HttpRequest request, Throwable cause) {
            super(request + ": the body to be sent could not be read (" + cause + ")", cause);
        }
    }

    /** It may or may not have been carried out: look before you ask again. */
    public static final class OutcomeUnknown extends HttpException {
        private static final long serialVersionUID = 1L;

        public OutcomeUnknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The client was closed, or the request cancelled. */
    public static final class Closed extends HttpException {
        private static final long serialVersionUID = 1L;

        public Closed(String message) {
            super(message, null);
        }
    }
}
