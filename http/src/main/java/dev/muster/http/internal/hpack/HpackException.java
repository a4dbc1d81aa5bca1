package dev.muster.http.internal.hpack;

/** A header block that cannot be decoded. Both ends' tables differ from here on: the connection is of no more use. */
public final class HpackException extends Exception {
    private static final long serialVersionUID = 1L;

    HpackException(String message) {
        super(message, null, false, false);
    }
}
