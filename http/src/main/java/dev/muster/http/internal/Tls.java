package dev.muster.http.internal;

import dev.muster.http.TlsEngines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom a client trusts. One {@link SSLContext} for all its connections, so that sessions are resumed; it is made when the
 * first is needed, and not on the loop.
 */
public final class Tls {
    /** Which every implementation has (RFC 8446 §9.1). */
    private static final String LIGHTEST = "TLS_AES_128_GCM_SHA256";

    private final List<? extends Certificate> authorities;
    private final boolean insecure;
    private final @Nullable ClientKey key;
    /** Where engines come from, if not from here. */
    private final @Nullable TlsEngines others;

    private @Nullable SSLContext context;

    private Tls(
            List<? extends Certificate> authorities,
            boolean insecure,
            @Nullable ClientKey key,
            @Nullable TlsEngines others) {
        this.authorities = authorities;
        this.insecure = insecure;
        this.key = key;
        this.others = others;
    }

    /** Engines of another implementation. */
    public static Tls by(TlsEngines engines) {
        return new Tls(List.of(), false, null, engines);
    }

    /**
     * Trusts the certificates of a PEM file and nobody else; without one whom the JDK trusts, or anybody.
     *
     * @param key what is shown to servers that ask; null for nothing
     * @throws IllegalArgumentException if the file cannot be read or holds none
     */
    public static Tls of(@Nullable Path pem, boolean insecure, @Nullable ClientKey key) {
        return new Tls(pem == null || insecure ? List.of() : certificates(pem), insecure, key, null);
    }

    /** The certificates in a PEM file, at least one, in their order. */
    static List<? extends Certificate> certificates(Path pem) {
        try {
            List<? extends Certificate> found = List.copyOf(CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(blocks(Files.readAllBytes(pem)))));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("no certificate in " + pem);
            }
            return found;
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("no such file of certificates: " + pem, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the certificates in " + pem + ": " + e.getMessage(), e);
        } catch (CertificateException e) {
            throw new IllegalArgumentException("no PEM certificates in " + pem + ": " + e.getMessage(), e);
        }
    }

    /** The certificates alone, where there are other things between them; the JDK reads nothing else. */
    private static byte[] blocks(byte[] file) {
        // Compiled here: clients that trust no file of their own have no use for it.
        Matcher block = Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----")
                .matcher(new String(file, StandardCharsets.ISO_8859_1));
        StringBuilder found = new StringBuilder();
        while (block.find()) {
            found.append(block.group()).append('\n');
        }
        return found.isEmpty() ? file : found.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Does what takes long. Called off the loop. */
    void prepare() throws GeneralSecurityException, IOException {
        synchronized (this) {
            if (context == null && others == null) {
                SSLContext made = SSLContext.getInstance("TLS");
                made.init(key == null ? null : key.managers(), trust(), null);
                context = made;
            }
        }
    }

    Transport transport(
            Engine loop, SocketChannel channel, SelectionKey key, Origin origin, List<String> protocols, Runnable again)
            throws IOException {
        try {
            return others == null
                    ? new TlsTransport(
                            loop, channel, key, engine(origin.host(), origin.port(), protocols), false, again)
                    : new TlsTransport(
                            loop,
                            channel,
                            key,
                            others.engine(origin.host(), origin.port(), protocols),
                            others.prefersDirectBuffers(),
                            again);
        } catch (GeneralSecurityException e) {
            throw new SSLException("there is no engine for it: " + e.getMessage(), e);
        }
    }

    private SSLEngine engine(String host, int port, List<String> protocols) {
        SSLContext prepared;
        synchronized (this) {
            prepared = context;
        }
        if (prepared == null) {
            throw new IllegalStateException("TLS was not prepared");
        }
        SSLEngine engine = prepared.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(preferred(parameters.getCipherSuites()));
        parameters.setApplicationProtocols(protocols.toArray(new String[0]));
        if (!insecure) {
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

    /** What went wrong, and what to do. */
    static String explain(Origin origin, Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof CertificateException) {
                String reason = String.valueOf(at.getMessage());
                return reason.startsWith("No subject alternative") || reason.startsWith("No name matching")
                        ? "the certificate of " + origin.authority() + " is for another name (" + reason + ")"
                        : "the certificate of " + origin.authority() + " is not trusted (" + reason
                                + "); if its issuer is one of your own, give the issuer's certificate as caFile";
            }
        }
        return "no TLS with " + origin.authority() + " (" + failure.getMessage() + ")";
    }

    private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
        if (insecure) {
            return new TrustManager[] {new TrustsAnybody()};
        }
        if (authorities.isEmpty()) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** What {@code insecure()} asks for by name. */
    private static final class TrustsAnybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
