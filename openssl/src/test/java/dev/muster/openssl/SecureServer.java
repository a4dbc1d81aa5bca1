package dev.muster.openssl;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.muster.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's own HTTPS server, which wants to know who asks and tells of each answer what it was asked with. {@code /n}: n
 * bytes of which no two parts are the same.
 */
final class SecureServer implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** {@code keys}: what of the files it shows; {@code protocols}: which it speaks. */
    SecureServer(String keys, boolean needsClient, String... protocols) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
                wanted.setProtocols(protocols);
                wanted.setNeedClientAuth(needsClient);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                serve((HttpsExchange) exchange, needsClient);
            }
        });
        server.start();
    }

    private static void serve(HttpsExchange exchange, boolean needsClient) throws IOException {
        SSLSession session = exchange.getSSLSession();
        exchange.getResponseHeaders().set("X-Protocol", session.getProtocol());
        exchange.getResponseHeaders().set("X-Since", Long.toString(session.getCreationTime()));
        if (needsClient) {
            exchange.getResponseHeaders()
                    .set(
                            "X-Client",
                            session.getPeerCertificates()[0].getPublicKey().getAlgorithm());
        }
        if (exchange.getRequestHeaders().containsKey("X-Last")) {
            exchange.getResponseHeaders().set("Connection", "close");
        }
        answer(exchange);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = body(Integer.parseInt(exchange.getRequestURI().getPath().substring(1)));
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    static byte[] body(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return body;
    }

    HttpRequest get(int size) {
        return HttpRequest.get(
                URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/" + size));
    }

    /** One of the files that the wire's own tests use. */
    static Path file(String name) {
        URL found = Objects.requireNonNull(SecureServer.class.getResource("/tls/" + name), name);
        try {
            return Path.of(found.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server's, which takes the certificates of all clients there are. */
    static SSLContext context(String keys) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(keys))) {
            own.load(in, PASSWORD);
        }
        KeyManagerFactory shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        shown.init(own, PASSWORD);
        KeyStore clients = KeyStore.getInstance("PKCS12");
        clients.load(null, null);
        for (String client : new String[] {"client-ec.pem", "client-rsa.pem"}) {
            try (InputStream in = Files.newInputStream(file(client))) {
                clients.setCertificateEntry(
                        client, CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(clients);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
