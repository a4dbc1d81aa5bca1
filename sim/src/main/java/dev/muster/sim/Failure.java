package dev.muster.sim;

/** A way in which a server can let a client down. The text form is what the command line takes. */
public enum Failure {
    /** 500 with an HTML page, as a servlet container makes it. */
    ERROR_HTML("500"),
    /** 500 with a JSON body. */
    ERROR_JSON("500-json"),
    /** 503 with an HTML page, as a front end makes it whose server is away. */
    UNAVAILABLE("503"),
    /** 429 with {@code Retry-After: 1}. */
    THROTTLED("429"),
    /** 401 as this cloud says it, whatever the token. */
    UNAUTHORIZED("401"),
    /** 200 with an HTML page, as captive portals and login pages do. */
    HTML_OK("html"),
    /** 200 with an empty body. */
    EMPTY_OK("empty"),
    /** Half of the body that Content-Length promises, then the end of the connection. */
    TRUNCATED("truncated"),
    /** No answer at all; the connection stays open until the cloud is closed. */
    STALL("stall"),
    /** No answer; the connection is closed. */
    HANG_UP("hangup");

    private final String text;

    Failure(String text) {
        this.text = text;
    }

    /** Reads the text form, such as {@code 500} or {@code truncated}. */
    public static Failure parse(String text) {
        for (Failure failure : values()) {
            if (failure.text.equals(text)) {
                return failure;
            }
        }
        StringBuilder known = new StringBuilder();
        for (Failure failure : values()) {
            known.append(known.isEmpty() ? "" : ", ").append(failure.text);
        }
        throw new IllegalArgumentException("unknown failure \"" + text + "\"; known are " + known);
    }

    @Override
    public String toString() {
        return text;
    }
}
