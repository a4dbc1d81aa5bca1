package dev.muster.openssl;

import static dev.muster.openssl.SecureServer.body;
import static dev.muster.openssl.SecureServer.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.Protocol;
import dev.muster.http.StreamedResponse;
import dev.muster.http.TlsEngines;
import dev.muster.http.TlsProvider;
import dev.muster.http.TlsSettings;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.netty.handler.ssl.OpenSslEngine;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;

class OpenSslProviderTest {
    private static HttpClient.Builder client() {
        return HttpClient.builder().tls(new OpenSslProvider()).caFile(file("server.pem"));
    }

    @Test
    void bodiesOfAllSizesArriveWholeByBothVersionsOfTls() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (SecureServer server = new SecureServer("server.p12", false, protocol);
                    HttpClient client = client().connections(3).build()) {
                for (int size : new int[] {0, 1, 16_383, 16_384, 16_385, 70_000, 3_000_000}) {
                    HttpResponse response = client.get(server.get(size));
                    assertThat(response.body()).as("%d bytes", size).isEqualTo(body(size));
                    assertThat(response.headers().first("X-Protocol")).isEqualTo(protocol);
                    try (StreamedResponse streamed = client.open(server.get(size))) {
                        assertThat(streamed.body().readAllBytes()).isEqualTo(body(size));
                    }
                }
            }
        }
    }

    @Test
    void manyRequestsAtOnceGetEachTheirOwnAnswer() throws Exception {
        try (SecureServer server = new SecureServer("server.p12", false, "TLSv1.3");
                HttpClient client = client().connections(5).build()) {
            List<CompletableFuture<HttpResponse>> under = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                under.add(client.start(server.get(1000 + i)));
            }
            for (int i = 0; i < 300; i++) {
                assertThat(under.get(i).join().body()).isEqualTo(body(1000 + i));
            }
        }
    }

    @Test
    void http2IsAgreedOnWhereTheServerOffersIt() throws Exception {
        WebServer server = WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .tls(Tls.builder()
                        .sslContext(SecureServer.context("server.p12"))
                        .build())
                .routing(HttpRouting.builder().get("/", (request, response) -> response.send(body(50_000))))
                .build()
                .start();
        HttpRequest request = HttpRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/"));
        try {
            for (Protocol only : Protocol.values()) {
                List<String> spoken = new CopyOnWriteArrayList<>();
                try (HttpClient client = client().protocols(only)
                        .events(event -> note(event, spoken))
                        .build()) {
                    assertThat(client.get(request).body()).isEqualTo(body(50_000));
                }
                assertThat(spoken).containsExactly(only == Protocol.HTTP_2 ? "h2" : "http/1.1");
            }
        } finally {
            server.stop();
        }
    }

    private static void note(HttpEvent event, List<String> spoken) {
        if (event instanceof HttpEvent.Connected connected) {
            spoken.add(connected.protocol());
        }
    }

    @Test
    void whoIsNotTrustedIsRefusedAndTheMessageSaysWhatToDo() throws Exception {
        try (SecureServer server = new SecureServer("server.p12", false, "TLSv1.3");
                HttpClient client =
                        HttpClient.builder().tls(new OpenSslProvider()).build()) {
            assertThatThrownBy(() -> client.get(server.get(1)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("is not trusted")
                    .hasMessageContaining("caFile");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefusedUnlessNothingIsToBeVerified() throws Exception {
        Path trusted = file("elsewhere.pem");
        try (SecureServer server = new SecureServer("elsewhere.p12", false, "TLSv1.3")) {
            try (HttpClient client = client().caFile(trusted).build()) {
                assertThatThrownBy(() -> client.get(server.get(1)))
                        .isInstanceOf(HttpException.Unreachable.class)
                        .hasMessageContaining("is for another name");
            }
            try (HttpClient client =
                    HttpClient.builder().tls(new OpenSslProvider()).insecure().build()) {
                assertThat(client.get(server.get(9)).body()).isEqualTo(body(9));
            }
        }
    }

    @Test
    void aServerThatAsksIsShownTheCertificate() throws Exception {
        try (SecureServer server = new SecureServer("server.p12", true, "TLSv1.3", "TLSv1.2")) {
            for (String kind : List.of("EC", "RSA")) {
                String name = "client-" + (kind.equals("EC") ? "ec" : "rsa");
                try (HttpClient client = client().clientCertificate(file(name + ".pem"), file(name + ".key"))
                        .build()) {
                    assertThat(client.get(server.get(1)).headers().first("X-Client"))
                            .isEqualTo(kind);
                }
            }
            try (HttpClient client = client().build()) {
                assertThatThrownBy(() -> client.get(server.get(1)))
                        .isInstanceOfAny(HttpException.Unreachable.class, HttpException.Lost.class);
            }
        }
    }

    @Test
    void aSecondConnectionGoesOnWithTheSessionOfTheFirst() throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (SecureServer server = new SecureServer("server.p12", false, protocol);
                    HttpClient client = client().build()) {
                // When the server's session began: what goes on with one keeps its time.
                Set<String> sessions = new HashSet<>();
                for (int i = 0; i < 4; i++) {
                    sessions.add(client.get(server.get(1).header("X-Last", "1"))
                            .headers()
                            .first("X-Since"));
                }
                assertThat(sessions).as(protocol).hasSize(1);
            }
        }
    }

    /** Another service, to see which of them is taken. */
    public static final class Useless implements TlsProvider {
        @Override
        public TlsEngines engines(TlsSettings settings) throws SSLException {
            throw new SSLException("of no use");
        }

        @Override
        public String name() {
            return "useless";
        }
    }

    private static HttpClient asSet(String tls) {
        return Settings.of("c", "any", "here", Map.of("tls", tls, "cacert", file("server.pem")))
                .http(answer -> null);
    }

    @Test
    void settingsAskForItByItsName() throws Exception {
        try (SecureServer server = new SecureServer("server.p12", false, "TLSv1.3")) {
            for (String tls : List.of("jdk", "openssl")) {
                try (HttpClient client = asSet(tls)) {
                    assertThat(client.get(server.get(9)).body()).isEqualTo(body(9));
                }
            }
            try (HttpClient client = asSet("useless")) {
                assertThatThrownBy(() -> client.get(server.get(9))).hasMessageContaining("of no use");
            }
        }
        assertThatThrownBy(() -> asSet("gnutls"))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("'tls' must be one of [jdk, openssl, useless]; openssl is there where");
    }

    @Test
    void enginesAreOpenSslsAndReadOutsideTheHeap() throws Exception {
        TlsEngines engines = new OpenSslProvider().engines(new TlsSettings(List.of(), List.of(), true));
        assertThat(engines.engine("localhost", 443, List.of("http/1.1"))).isInstanceOf(OpenSslEngine.class);
        assertThat(engines.prefersDirectBuffers()).isTrue();
    }
}
