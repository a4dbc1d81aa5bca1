package dev.muster.http.internal;

import dev.muster.http.Headers;

/**
 * Status line and header fields, and what follows from them for the connection. Immutable: the same head sent again is
 * the same object.
 *
 * @param length of Content-Length, -1 where there is none
 * @param chunked whether the body comes in chunks
 * @param keepAlive whether the server will answer another request on this connection
 * @param keepAliveMax how many more requests it will answer, -1 where it did not say
 * @param keepAliveSeconds how long it keeps the idle connection, -1 where it did not say
 * @param encoding how the content is compressed, as far as we can tell
 */
record ResponseHead(
        int status,
        boolean http11,
        Headers headers,
        long length,
        boolean chunked,
        boolean keepAlive,
        int keepAliveMax,
        int keepAliveSeconds,
        ContentEncoding encoding) {

    /** The same with fields that differ in nothing that matters for the connection. */
    ResponseHead with(Headers others) {
        return new ResponseHead(
                status, http11, others, length, chunked, keepAlive, keepAliveMax, keepAliveSeconds, encoding);
    }

    /** Whether a body follows, by RFC 9112 §6.3. */
    boolean hasBody(boolean toHead) {
        return !toHead && status >= 200 && status != 204 && status != 304;
    }

    boolean interim() {
        return status < 200;
    }

    /** The fields without those that tell of a compression the caller never sees. */
    Headers headersDecoded() {
        String[] kept = new String[headers.size() * 2];
        int count = 0;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (!name.equalsIgnoreCase("Content-Encoding") && !name.equalsIgnoreCase("Content-Length")) {
                kept[count++] = name;
                kept[count++] = headers.value(i);
            }
        }
        return Headers.of(java.util.Arrays.copyOf(kept, count));
    }
}
