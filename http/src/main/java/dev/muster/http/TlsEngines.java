package dev.muster.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** Where the engines of TLS of one client come from. Called for each connection, on the client's own thread: must be quick. */
@FunctionalInterface
public interface TlsEngines {
    /**
     * A new engine in client mode, for one connection. It is all there is of security: it must verify the server's certificate
     * and that it was issued for {@code host}.
     *
     * @param protocols what to offer by ALPN, the preferred one first: {@code h2}, {@code http/1.1}; which was agreed on is what
     *     {@link SSLEngine#getApplicationProtocol} answers after the handshake
     */
    SSLEngine engine(String host, int port, List<String> protocols) throws GeneralSecurityException, IOException;

    /**
     * Whether what is encrypted is to lie outside the heap, where OpenSSL takes it without a copy: a long body then costs a
     * tenth less. The JDK's engines, and others in Java, are cheaper on the heap.
     */
    default boolean prefersDirectBuffers() {
        return false;
    }
}
