package dev.muster.http.internal;

/** What a server sent cannot be an answer. The codec turns it into the caller's exception. */
final class BadResponse extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    enum Kind {
        /** Not HTTP, or HTTP that two readers could understand differently. */
        MALFORMED,
        /** Above a limit. */
        TOO_LARGE,
        /** More than was asked for. */
        UNSOLICITED,
        /** More than is worth reading of an answer that nobody waits for. */
        NOT_WORTH_DRAINING
    }

    private final Kind kind;

    BadResponse(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    static BadResponse malformed(String message) {
        return new BadResponse(Kind.MALFORMED, message);
    }

    static BadResponse tooLarge(String message) {
        return new BadResponse(Kind.TOO_LARGE, message);
    }

    Kind kind() {
        return kind;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
