package dev.muster.http.internal;

/** What the server sent breaks the connection, not one stream alone (RFC 9113 §5.4.1). */
final class BadFrame extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final int stream;

    /** {@code stream}: whose answer it would have been, 0 where that cannot be said. */
    BadFrame(ErrorCode code, int stream, String message) {
        super(message, null, false, false);
        this.code = code;
        this.stream = stream;
    }

    static BadFrame protocol(String message) {
        return new BadFrame(ErrorCode.PROTOCOL_ERROR, 0, message);
    }

    static BadFrame flood(String message) {
        return new BadFrame(ErrorCode.ENHANCE_YOUR_CALM, 0, message);
    }

    ErrorCode code() {
        return code;
    }

    int stream() {
        return stream;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
