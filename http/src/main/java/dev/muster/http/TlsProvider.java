package dev.muster.http;

import java.io.IOException;
import java.security.GeneralSecurityException;

/**
 * An implementation of TLS: the JDK's unless {@link HttpClient.Builder#tls} is given another, as OpenSSL by way of a library. One
 * that settings may ask for by its name is a service, which {@link java.util.ServiceLoader} finds.
 */
@FunctionalInterface
public interface TlsProvider {
    /**
     * Where a client's engines come from. Asked once a client, before its first connection, on a thread that may take its
     * time; again if it threw. Sessions are resumed as far as what it answers shares them between its engines.
     *
     * @param settings whom the engines are to trust and what they show: it is they who must verify
     */
    TlsEngines engines(TlsSettings settings) throws GeneralSecurityException, IOException;

    /** By which name settings ask for it; empty where by none. */
    default String name() {
        return "";
    }
}
