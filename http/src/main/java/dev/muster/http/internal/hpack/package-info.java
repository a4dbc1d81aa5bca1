/** Header compression of HTTP/2 (RFC 7541). Nothing here is thread-safe: a connection has its own encoder and decoder. */
@NullMarked
package dev.muster.http.internal.hpack;

import org.jspecify.annotations.NullMarked;
