package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoLeaks.class)
final class TlsTest {
    @TempDir
    private static Path folder;

    private static Certificates certificates;
    private static Certificates elsewhere;

    @BeforeAll
    static void readCertificates() throws Exception {
        certificates = Certificates.here();
        elsewhere = Certificates.elsewhere();
    }

    @Test
    void aServerOfOurOwnIsTrustedByItsCaFile() throws Exception {
        // One request at a time: with TLS the JDK's server forgets what came while it was busy with another.
        try (JdkServer server = JdkServer.secure(certificates.server());
                HttpClient client = HttpClient.builder()
                        .caFile(certificates.pem())
                        .connections(3)
                        .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 1; i <= 50; i++) {
                client.send(server.get("/size/" + i * 700), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(50);
            for (int i = 1; i <= 50; i++) {
                assertThat(told.get(i - 1).response().body()).isEqualTo(JdkServer.body(i * 700));
            }
            byte[] large = JdkServer.body(500_000);
            assertThat(client.get(HttpRequest.post(server.uri("/echo"), large)).body())
                    .isEqualTo(large);
        }
    }

    @Test
    void aServerWithoutAnOrderOfItsOwnTakesTheLightestCipher() throws Exception {
        try (ScriptedServer server = ScriptedServer.secure(
                        certificates.server(),
                        socket -> {
                            SSLParameters parameters = socket.getSSLParameters();
                            parameters.setUseCipherSuitesOrder(false);
                            socket.setSSLParameters(parameters);
                        },
                        peer -> {
                            peer.next();
                            peer.answer(peer.session().getCipherSuite());
                        });
                HttpClient client =
                        HttpClient.builder().caFile(certificates.pem()).build()) {
            assertThat(client.get(server.get("/")).text()).isEqualTo("TLS_AES_128_GCM_SHA256");
        }
    }

    @Test
    void pipelinesAndTheirEndsAreTheSameUnderTls() throws Exception {
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), peer -> {
                    for (int i = 0; i < 40; i++) {
                        Peer.Request request = peer.read();
                        if (request == null) {
                            return;
                        }
                        peer.answer(request.path());
                    }
                });
                HttpClient client = HttpClient.builder()
                        .caFile(certificates.pem())
                        .connections(2)
                        .pipeline(5)
                        .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 300; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(300);
            for (int i = 0; i < 300; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void bodiesThatAreReadAsTheyComeAndGoAreTheSameUnderTls() throws Exception {
        try (LongBodies server = LongBodies.secure(certificates.server());
                JdkServer other = JdkServer.secure(certificates.server());
                HttpClient client =
                        HttpClient.builder().caFile(certificates.pem()).build()) {
            for (String path : new String[] {"/a/20000000", "/chunks/5000000", "/a/30000"}) {
                try (StreamedResponse response = client.open(server.get(path))) {
                    assertThat(LongBodies.check(response.body()))
                            .isEqualTo(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)));
                }
            }
            byte[] large = JdkServer.body(5_000_000);
            HttpRequest upload = HttpRequest.of("PUT", other.uri("/echo"))
                    .body(BodySource.stream(new ByteArrayInputStream(large), -1));
            try (StreamedResponse response = client.open(upload)) {
                assertThat(response.body().readAllBytes()).isEqualTo(large);
            }
        }
    }

    @Test
    void aBodyThatLastsUntilTheEndIsNotBelievedWithoutATlsGoodbye() throws Exception {
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), peer -> {
                    peer.next();
                    peer.write("HTTP/1.1 200 OK\r\n\r\nhalf");
                    peer.hangUp();
                });
                HttpClient client =
                        HttpClient.builder().caFile(certificates.pem()).build()) {
            assertThatThrownBy(() -> client.get(server.get("/")))
                    .isInstanceOf(HttpException.Lost.class)
                    .hasMessageContaining("without a TLS goodbye");
        }
    }

    /** With TLS 1.3 the same call of the server's is a new key, which is taken. */
    @Test
    void aNewKeyIsTakenAndANewHandshakeEndsItsConnectionAlone() throws Exception {
        for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
            boolean anew = version.equals("TLSv1.2");
            ConcurrentLinkedQueue<SSLSocket> sockets = new ConcurrentLinkedQueue<>();
            try (ScriptedServer server = ScriptedServer.secure(
                            certificates.server(),
                            socket -> {
                                socket.setEnabledProtocols(new String[] {version});
                                sockets.add(socket);
                            },
                            peer -> {
                                SSLSocket socket = Objects.requireNonNull(sockets.poll());
                                for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                                    if (request.path().equals("/anew")) {
                                        socket.startHandshake();
                                    }
                                    peer.answer(request.path());
                                }
                            });
                    HttpClient client = HttpClient.builder()
                            .caFile(certificates.pem())
                            .connections(1)
                            .build()) {
                assertThat(client.get(server.get("/before")).text()).isEqualTo("/before");
                HttpRequest request = HttpRequest.post(server.uri("/anew"), new byte[5]);
                if (anew) {
                    assertThatThrownBy(() -> client.get(request))
                            .isInstanceOf(HttpException.OutcomeUnknown.class)
                            .hasMessageContaining("wants to negotiate TLS anew");
                } else {
                    assertThat(client.get(request).text()).isEqualTo("/anew");
                }
                assertThat(client.get(server.get("/after")).text()).isEqualTo("/after");
                assertThat(server.connections()).isEqualTo(anew ? 2 : 1);
            }
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefusedAndTheMessageSaysWhatToDo() throws Exception {
        try (JdkServer server = JdkServer.secure(certificates.server());
                HttpClient client = HttpClient.builder().build()) {
            assertThatThrownBy(() -> client.get(server.get("/size/1")))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("the certificate of 127.0.0.1:" + server.port() + " is not trusted")
                    .hasMessageContaining("caFile");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (JdkServer server = JdkServer.secure(elsewhere.server());
                HttpClient client = HttpClient.builder().caFile(elsewhere.pem()).build()) {
            assertThatThrownBy(() -> client.get(server.get("/size/1")))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("is for another name");
        }
    }

    @Test
    void insecureTrustsAnybodyAndSaysSo() throws Exception {
        try (ComplaintLog log = new ComplaintLog();
                JdkServer server = JdkServer.secure(elsewhere.server());
                HttpClient client = HttpClient.builder().insecure().build()) {
            assertThat(client.get(server.get("/size/5")).body()).hasSize(5);
            assertThat(log.messages()).singleElement().asString().startsWith("insecure: ");
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsUnreachable() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder().insecure().build()) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertThatThrownBy(() -> client.get(HttpRequest.get(uri)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("no TLS with 127.0.0.1:" + server.port());
        }
    }

    @Test
    void aServerThatHangsUpDuringTheHandshakeIsUnreachable() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {});
                HttpClient client = HttpClient.builder().insecure().build()) {
            URI uri = URI.create("https://127.0.0.1:" + server.port() + "/");
            assertThatThrownBy(() -> client.get(HttpRequest.get(uri))).isInstanceOf(HttpException.Unreachable.class);
        }
    }

    @Test
    void aCaFileThatCannotBeUsedIsRefusedAtOnce() throws Exception {
        HttpClient.Builder builder = HttpClient.builder();
        assertThatThrownBy(() -> builder.caFile(folder.resolve("none.pem")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such file of certificates");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "", UTF_8);
        assertThatThrownBy(() -> builder.caFile(empty).build()).hasMessageContaining("no certificate in ");
        Path garbage = Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nx\n", UTF_8);
        assertThatThrownBy(() -> builder.caFile(garbage).build()).hasMessageContaining("no PEM certificates in ");
    }

    /** A server that says goodbye and then waits for ours keeps the connection standing. */
    @Test
    void aBodyThatLastsUntilTheEndIsWholeWithTheTlsGoodbyeAlone() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ScriptedServer other = ScriptedServer.echo();
                HttpClient client = HttpClient.builder()
                        .caFile(certificates.pem())
                        .responseTimeout(Duration.ofSeconds(10))
                        .build()) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> {
                try (Socket plain = listener.accept()) {
                    SSLSocket tls = (SSLSocket)
                            certificates.server().getSocketFactory().createSocket(plain, null, plain.getPort(), false);
                    tls.setUseClientMode(false);
                    Peer peer = new Peer(plain, tls, 1, new ArrayList<>());
                    peer.next();
                    asked.countDown();
                    PipeliningTest.await(blocked);
                    peer.write("HTTP/1.1 200 OK\r\n\r\nwhole");
                    tls.shutdownOutput();
                    said.countDown();
                    PipeliningTest.await(answered);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            CompletableFuture<HttpResponse> answer =
                    client.start(HttpRequest.get(URI.create("https://127.0.0.1:" + listener.getLocalPort() + "/")));
            asked.await();
            // The loop is busy until both have come.
            client.send(other.get("/"), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    blocked.countDown();
                    PipeliningTest.await(said);
                }

                @Override
                public void failed(HttpException why) {
                    throw new AssertionError(why);
                }
            });
            assertThat(answer.get().text()).isEqualTo("whole");
            answered.countDown();
            served.get();
        } finally {
            answered.countDown();
        }
    }
}
