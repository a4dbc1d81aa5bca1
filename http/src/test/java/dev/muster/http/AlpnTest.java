package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How the protocol of a connection is found, and what that means for how many there are. */
@ExtendWith(NoLeaks.class)
final class AlpnTest {
    private static Certificates certificates;

    @BeforeAll
    static void readCertificates() throws Exception {
        certificates = Certificates.here();
    }

    private static HttpClient.Builder client() {
        return HttpClient.builder().caFile(certificates.pem());
    }

    /** A server that prefers HTTP/2. */
    private static void both(SSLSocket socket) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
    }

    private static void echo(Peer peer) throws java.io.IOException {
        for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
            peer.answer(request.path());
        }
    }

    @Test
    void aServerOfHttp2GetsOneConnection() throws Exception {
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), AlpnTest::both, FramePeer.echo());
                HttpClient client = client().build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 60; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(60)) {
                assertThat(outcome.response().text()).isEqualTo("/" + outcome.index());
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerOfHttp1GetsAllItsConnectionsOnceThatIsKnown() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), peer -> {
                    peer.next();
                    together.countDown();
                    try {
                        together.await();
                    } catch (InterruptedException e) {
                        throw new java.io.IOException(e);
                    }
                    peer.answer("together");
                    echo(peer);
                });
                HttpClient client = client().connections(3).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 3; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(3)) {
                assertThat(outcome.response().text()).isEqualTo("together");
            }
        }
    }

    @Test
    void whatIsPreparedForAServerOfHttp1IsAllItsConnections() throws Exception {
        CountDownLatch connected = new CountDownLatch(3);
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), AlpnTest::echo);
                HttpClient client = client().connections(3)
                        .events(event -> {
                            if (event instanceof HttpEvent.Connected) {
                                connected.countDown();
                            }
                        })
                        .build()) {
            client.prepare(server.uri("/"));
            connected.await();
            assertThat(client.get(server.get("/x")).text()).isEqualTo("/x");
        }
    }

    @Test
    void aRequestThatTheServerWantsInHttp1GoesAgainSo() throws Exception {
        ScriptedServer.Script http2 = FramePeer.script(peer -> {
            peer.resetStream(peer.next().stream(), 13);
            peer.awaitEnd();
        });
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), AlpnTest::both, peer -> {
                    if (peer.number == 1) {
                        http2.serve(peer);
                    } else {
                        echo(peer);
                    }
                });
                HttpClient client = client().build()) {
            HttpResponse response = client.get(HttpRequest.post(server.uri("/old"), new byte[10]));
            assertThat(response.text()).isEqualTo("/old");
            assertThat(client.get(server.get("/next")).text()).isEqualTo("/next");
        }
    }

    @Test
    void aServerThatSpeaksNothingOfWhatIsAllowedIsUnreachable() throws Exception {
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), AlpnTest::echo);
                HttpClient client = client().protocols(Protocol.HTTP_2).build()) {
            assertThatThrownBy(() -> client.get(server.get("/")))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("does not speak any of h2");
        }
    }
}
