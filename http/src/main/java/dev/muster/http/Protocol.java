package dev.muster.http;

/** What a connection may speak, by its ALPN name (RFC 7301). */
public enum Protocol {
    /** HTTP/1.1 (RFC 9112): one request behind another on a connection. */
    HTTP_1_1("http/1.1"),
    /** HTTP/2 (RFC 9113): requests side by side on a connection. */
    HTTP_2("h2");

    private final String alpn;

    Protocol(String alpn) {
        this.alpn = alpn;
    }

    /** The name as in ALPN and in {@link HttpEvent.Connected}. */
    public String alpn() {
        return alpn;
    }
}
