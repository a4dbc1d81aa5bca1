package dev.muster.openssl;

import dev.muster.http.TlsEngines;
import dev.muster.http.TlsProvider;
import dev.muster.http.TlsSettings;
import io.netty.handler.ssl.OpenSsl;
import javax.net.ssl.SSLException;

/**
 * OpenSSL, for {@link dev.muster.http.HttpClient.Builder#tls}, or for {@code tls: openssl} among a cloud's settings: TLS 1.3
 * and 1.2. Whom a client trusts and what it shows are the client's settings as ever. Thread-safe; serves any number of clients.
 */
public final class OpenSslProvider implements TlsProvider {
    /**
     * {@inheritDoc}
     *
     * @throws SSLException if there is no OpenSSL for this platform, or it cannot use a key
     */
    @Override
    public TlsEngines engines(TlsSettings settings) throws SSLException {
        if (!OpenSsl.isAvailable()) {
            throw new SSLException(
                    "OpenSSL cannot be loaded for " + System.getProperty("os.name") + " on "
                            + System.getProperty("os.arch")
                            + "; leave the provider out, so that the JDK's TLS is used",
                    OpenSsl.unavailabilityCause());
        }
        return new OpenSslEngines(settings);
    }

    @Override
    public String name() {
        return "openssl";
    }
}
