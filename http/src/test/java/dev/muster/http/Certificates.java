package dev.muster.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a self-signed certificate: what a server uses, and what a client is to trust. */
record Certificates(SSLContext server, Path pem) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** For this machine. */
    static Certificates here() throws IOException, GeneralSecurityException {
        return named("server");
    }

    /** For {@code elsewhere.example}. */
    static Certificates elsewhere() throws IOException, GeneralSecurityException {
        return named("elsewhere");
    }

    private static Certificates named(String name) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name + ".p12"))) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return new Certificates(context, file(name + ".pem"));
    }

    /** One of the files beside the tests. */
    static Path file(String name) {
        URL found = Objects.requireNonNull(Certificates.class.getResource("/tls/" + name), name);
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
