package dev.muster.http.internal;

import dev.muster.http.TlsEngines;
import dev.muster.http.TlsProvider;
import dev.muster.http.TlsSettings;
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
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Whom a client trusts, and its engines, which are made when the first is needed, and not on the loop. */
public final class Tls {
    private final List<? extends Certificate> authorities;
    private final boolean insecure;
    private final @Nullable ClientKey key;
    /** Null for the JDK's. */
    private final @Nullable TlsProvider provider;

    private @Nullable TlsEngines engines;

    /**
     * Trusts the certificates of a PEM file and nobody else; without one whom the JDK trusts, or anybody.
     *
     * @param key what is shown to servers that ask; null for nothing
     * @param provider who makes engines of it; null for the JDK
     * @throws IllegalArgumentException if the file cannot be read or holds none
     */
    public Tls(@Nullable Path pem, boolean insecure, @Nullable ClientKey key, @Nullable TlsProvider provider) {
        this.authorities = pem == null || insecure ? List.of() : certificates(pem);
        this.insecure = insecure;
        this.key = key;
        this.provider = provider;
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
    synchronized void prepare() throws GeneralSecurityException, IOException {
        if (engines == null) {
            TlsSettings settings = new TlsSettings(key == null ? List.of() : key.managers(), trust(), !insecure);
            engines = provider == null ? new JdkTls(settings) : provider.engines(settings);
        }
    }

    Transport transport(
            Engine loop, SocketChannel channel, SelectionKey key, Origin origin, List<String> protocols, Runnable again)
            throws IOException {
        TlsEngines from = prepared();
        try {
            return new TlsTransport(
                    loop,
                    channel,
                    key,
                    from.engine(origin.host(), origin.port(), protocols),
                    from.prefersDirectBuffers(),
                    again);
        } catch (GeneralSecurityException e) {
            throw new SSLException("there is no engine for it: " + e.getMessage(), e);
        }
    }

    private synchronized TlsEngines prepared() {
        if (engines == null) {
            throw new IllegalStateException("TLS was not prepared");
        }
        return engines;
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

    private List<TrustManager> trust() throws GeneralSecurityException, IOException {
        if (insecure) {
            return List.of(new TrustsAnybody());
        }
        if (authorities.isEmpty()) {
            return List.of();
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return List.of(factory.getTrustManagers());
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
