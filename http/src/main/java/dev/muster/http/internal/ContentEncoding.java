package dev.muster.http.internal;

import org.jspecify.annotations.Nullable;

/** The compressions of content that we undo (RFC 9110 §8.4.1). */
enum ContentEncoding {
    /** None, or one that is not ours to undo. */
    AS_IS,
    GZIP,
    /** zlib as it should be, or bare deflate as some servers send it. */
    DEFLATE;

    static ContentEncoding of(@Nullable String field) {
        if (field == null) {
            return AS_IS;
        }
        return field.equalsIgnoreCase("gzip") || field.equalsIgnoreCase("x-gzip")
                ? GZIP
                : field.equalsIgnoreCase("deflate") ? DEFLATE : AS_IS;
    }

    /** What undoes it; to be closed. */
    ContentDecoder decoder() {
        return switch (this) {
            case GZIP -> new GzipDecoder();
            case DEFLATE -> new DeflateDecoder();
            case AS_IS -> throw new IllegalStateException("nothing to decode");
        };
    }
}
