package dev.muster.http.internal;

import dev.muster.http.TlsEngines;
import dev.muster.http.TlsSettings;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** The JDK's TLS. One {@link SSLContext} for all connections of a client, so that sessions are resumed. */
final class JdkTls implements TlsEngines {
    /** Which every implementation has (RFC 8446 §9.1). */
    private static final String LIGHTEST = "TLS_AES_128_GCM_SHA256";

    private final SSLContext context;
    private final boolean verifiesHost;

    JdkTls(TlsSettings settings) throws GeneralSecurityException {
        this.context = SSLContext.getInstance("TLS");
        this.verifiesHost = settings.verifiesHost();
        context.init(
                settings.keys().isEmpty() ? null : settings.keys().toArray(new KeyManager[0]),
                settings.trust().isEmpty() ? null : settings.trust().toArray(new TrustManager[0]),
                null);
    }

    @Override
    public SSLEngine engine(String host, int port, List<String> protocols) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(preferred(parameters.getCipherSuites()));
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
        if (verifiesHost) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /**
     * The lightest of TLS 1.3 first, unless an order was set by the JDK's own property: a server that has no order of its
     * own takes it, and long bodies are read for a quarter less.
     */
    private static String[] preferred(String[] suites) {
        List<String> ordered = new ArrayList<>(List.of(suites));
        if (System.getProperty("jdk.tls.client.cipherSuites") == null && ordered.remove(LIGHTEST)) {
            ordered.addFirst(LIGHTEST);
        }
        return ordered.toArray(new String[0]);
    }
}
