package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Helidon's HTTP/2, which we did not write. */
final class Http2PeerTest {
    private static Certificates certificates;
    private static WebServer plain;
    private static WebServer secure;

    @BeforeAll
    static void start() throws Exception {
        certificates = Certificates.here();
        plain = server(Tls.builder().enabled(false).build());
        secure = server(Tls.builder().sslContext(certificates.server()).build());
    }

    private static WebServer server(Tls tls) throws Exception {
        return WebServer.builder()
                .address(InetAddress.getLoopbackAddress())
                .port(0)
                .shutdownHook(false)
                .tls(tls)
                .routing(HttpRouting.builder()
                        .get(
                                "/size/{size}",
                                (request, response) -> response.send(body(Integer.parseInt(
                                        request.path().pathParameters().get("size")))))
                        .post(
                                "/echo",
                                (request, response) ->
                                        response.send(request.content().as(byte[].class))))
                .build()
                .start();
    }

    @AfterAll
    static void stop() {
        plain.stop();
        secure.stop();
    }

    private static byte[] body(int size) {
        byte[] body = new byte[size];
        new Random(size).nextBytes(body);
        return body;
    }

    private static URI uri(WebServer server, String path) {
        return URI.create((server.hasTls() ? "https" : "http") + "://localhost:" + server.port() + path);
    }

    private static void exercise(HttpClient client, WebServer server) throws Exception {
        Outcomes outcomes = new Outcomes();
        for (int i = 0; i < 300; i++) {
            client.send(HttpRequest.get(uri(server, "/size/" + i * 37)).header("X-Number", "" + i), outcomes.next());
        }
        List<Outcomes.Outcome> told = outcomes.await(300);
        for (int i = 0; i < 300; i++) {
            assertThat(told.get(i).response().status()).isEqualTo(200);
            assertThat(told.get(i).response().body()).isEqualTo(body(i * 37));
        }
        byte[] large = body(3_000_000);
        assertThat(client.get(HttpRequest.get(uri(server, "/size/3000000"))).body())
                .isEqualTo(large);
        assertThat(client.get(HttpRequest.post(uri(server, "/echo"), large)).body())
                .isEqualTo(large);
        for (BodySource source : List.of(
                BodySource.streams(() -> new ByteArrayInputStream(large), -1),
                BodySource.stream(new ByteArrayInputStream(large), large.length),
                BodySource.stream(new ByteArrayInputStream(large), 65_535))) {
            HttpRequest upload = HttpRequest.of("POST", uri(server, "/echo")).body(source);
            try (StreamedResponse response = client.open(upload)) {
                int length = source.length() < 0 ? large.length : (int) source.length();
                assertThat(response.body().readAllBytes()).isEqualTo(Arrays.copyOf(large, length));
            }
        }
        HttpRequest torn = HttpRequest.of("POST", uri(server, "/echo"))
                .body(BodySource.stream(new ByteArrayInputStream(large), large.length + 1));
        assertThatThrownBy(() -> client.get(torn)).isInstanceOf(HttpException.BodyUnreadable.class);
        assertThat(client.get(HttpRequest.get(uri(server, "/nowhere"))).status())
                .isEqualTo(404);
    }

    @Test
    void byAlpnOverTls() throws Exception {
        ConcurrentLinkedQueue<String> protocols = new ConcurrentLinkedQueue<>();
        try (HttpClient client = HttpClient.builder()
                .caFile(certificates.pem())
                .events(event -> {
                    if (event instanceof HttpEvent.Connected connected) {
                        protocols.add(connected.protocol());
                    }
                })
                .build()) {
            exercise(client, secure);
        }
        assertThat(protocols).containsOnly("h2");
    }

    @Test
    void byPriorKnowledge() throws Exception {
        try (HttpClient client = HttpClient.builder().protocols(Protocol.HTTP_2).build()) {
            exercise(client, plain);
        }
    }

    @Test
    void theSameServerInHttp1WhereThatIsWanted() throws Exception {
        try (HttpClient client = HttpClient.builder()
                .caFile(certificates.pem())
                .protocols(Protocol.HTTP_1_1)
                .connections(4)
                .build()) {
            exercise(client, secure);
        }
    }
}
