package dev.muster.http;

import static dev.muster.http.Certificates.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who the client is, and that it need not be asked again and again, against the JDK's own TLS. */
@ExtendWith(NoLeaks.class)
class ClientCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private static Path folder;

    private static KeyStore serverKeys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file("server.p12"))) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    /** Answers with the name of the certificate that the client has shown, and then hangs up. */
    private static ScriptedServer asking(boolean need, String... protocols) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(serverKeyManagers(), trusting("client-ec.pem", "client-rsa.pem"), null);
        return ScriptedServer.secure(
                context,
                socket -> {
                    socket.setNeedClientAuth(need);
                    socket.setEnabledProtocols(protocols);
                },
                peer -> {
                    peer.next();
                    String shown = need
                            ? peer.session()
                                    .getPeerCertificates()[0]
                                    .getPublicKey()
                                    .getAlgorithm()
                            : "-";
                    peer.answer(
                            shown + " " + peer.session().getProtocol(),
                            "Connection: close",
                            "X-Since: " + peer.session().getCreationTime());
                });
    }

    private static TrustManager[] trusting(String... clients) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (String client : clients) {
            try (InputStream in = Files.newInputStream(file(client))) {
                store.setCertificateEntry(
                        client, CertificateFactory.getInstance("X.509").generateCertificate(in));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager[] serverKeyManagers() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(serverKeys(), PASSWORD);
        return factory.getKeyManagers();
    }

    private static HttpClient.Builder client() {
        return HttpClient.builder().caFile(file("server.pem"));
    }

    @Test
    void aServerThatAsksIsShownTheCertificateInEveryFormThatKeysComeIn() throws Exception {
        try (ScriptedServer asking = asking(true, "TLSv1.3", "TLSv1.2")) {
            for (String key :
                    List.of("client-ec.key", "client-ec-sec1.key", "client-rsa.key", "client-rsa-pkcs1.key")) {
                String kind = key.contains("ec") ? "EC" : "RSA";
                Path certificate = file(key.contains("ec") ? "client-ec.pem" : "client-rsa.pem");
                shows(asking, client().clientCertificate(certificate, file(key)), kind);
                Path both = Files.writeString(
                        folder.resolve(key), Files.readString(file(key)) + Files.readString(certificate));
                shows(asking, client().clientCertificate(both, both), kind);
            }
            Path pkcs12 = file("client-rsa.p12");
            shows(asking, client().clientCertificate(pkcs12, PASSWORD), "RSA");
            assertThatThrownBy(() -> client().clientCertificate(pkcs12, "no".toCharArray()))
                    .hasMessageContaining("the password is wrong");
        }
    }

    private static void shows(ScriptedServer asking, HttpClient.Builder builder, String kind) throws HttpException {
        try (HttpClient client = builder.build()) {
            assertThat(client.get(asking.get("/")).text()).isEqualTo(kind + " TLSv1.3");
        }
    }

    @Test
    void withoutACertificateAServerThatAsksForOneGivesNothing() throws Exception {
        try (ScriptedServer asking = asking(true, "TLSv1.2");
                HttpClient client = client().build()) {
            assertThatThrownBy(() -> client.get(asking.get("/")))
                    .isInstanceOfAny(HttpException.Unreachable.class, HttpException.Lost.class);
        }
    }

    @Test
    void aSecondConnectionGoesOnWithTheSessionOfTheFirst() throws Exception {
        for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
            try (ScriptedServer asking = asking(false, protocol);
                    HttpClient client = client().build()) {
                // When the server's session began: what goes on with one keeps its time.
                Set<String> sessions = new HashSet<>();
                for (int i = 0; i < 4; i++) {
                    HttpResponse response = client.get(asking.get("/"));
                    assertThat(response.text()).isEqualTo("- " + protocol);
                    sessions.add(response.headers().first("X-Since"));
                }
                assertThat(asking.connections()).isEqualTo(4);
                assertThat(sessions).as(protocol).hasSize(1);
            }
        }
    }

    @Test
    void aServerIsToldForWhichNameItIsAsked() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(serverKeyManagers(), null, null);
        try (ScriptedServer named = ScriptedServer.secure(context, peer -> {
                    peer.next();
                    peer.answer(((ExtendedSSLSession) peer.session())
                            .getRequestedServerNames()
                            .toString());
                });
                HttpClient client = client().build()) {
            URI byName = URI.create("https://127-0-0-1.muster.test:" + named.port() + "/");
            assertThat(client.get(HttpRequest.get(byName)).text()).contains("127-0-0-1.muster.test");
        }
    }

    @Test
    void whatCannotBeUsedIsRefusedAtOnceAndTheMessageShowsNoKey() throws Exception {
        Path damaged = Files.writeString(
                folder.resolve("damaged.pem"), "-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----\n");
        refused(file("client-rsa.pem"), file("client-ec.key"), "is not that of the first certificate");
        refused(file("client-ec.pem"), damaged, "is damaged or of an unknown kind");
        refused(file("client-ec.pem"), file("client-ec-encrypted.key"), "is encrypted");
        refused(file("client-ec.pem"), file("client-ec.pem"), "no PEM private key in");
        refused(file("client-ec.pem"), folder.resolve("none"), "no such file of a key");
        refused(folder.resolve("none"), file("client-ec.key"), "no such file of certificates");
    }

    private static void refused(Path certificate, Path key, String why) {
        assertThatThrownBy(() -> client().clientCertificate(certificate, key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("SECRET")
                .hasMessageNotContaining("U0VD");
    }
}
