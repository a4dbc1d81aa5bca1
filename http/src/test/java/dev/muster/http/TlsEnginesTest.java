package dev.muster.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class TlsEnginesTest {
    @Test
    void enginesOfAnotherMakeCarryRequestsAndAreToldWhatToOffer() throws Exception {
        Certificates certificates = Certificates.here();
        SSLContext context = trusting(certificates.pem());
        List<String> asked = new CopyOnWriteArrayList<>();
        try (JdkServer server = JdkServer.secure(certificates.server());
                HttpClient client = HttpClient.builder()
                        .connections(2)
                        .tls(_ -> (host, port, protocols) -> {
                            asked.add(host + ":" + port + " " + protocols);
                            SSLEngine engine = context.createSSLEngine(host, port);
                            engine.setUseClientMode(true);
                            return engine;
                        })
                        .build()) {
            assertThat(client.get(server.get("/size/70000")).body()).isEqualTo(JdkServer.body(70_000));
            assertThat(asked).containsExactly("127.0.0.1:" + server.uri("/").getPort() + " [h2, http/1.1]");
        }
    }

    @Test
    void enginesThatCannotBeHadAreToldOf() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(Peer::read);
                HttpClient client = HttpClient.builder()
                        .tls(_ -> (host, port, protocols) -> {
                            throw new GeneralSecurityException("the token is not plugged in");
                        })
                        .build()) {
            URI secure = URI.create("https://127.0.0.1:" + server.get("/").uri().getPort());
            assertThatThrownBy(() -> client.get(HttpRequest.get(secure)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("the token is not plugged in");
        }
    }

    /** OpenSSL by way of Netty is one of these. */
    @Test
    void enginesThatWantMoreRoomThanTheySayLeaveNothingBehind() throws Exception {
        Certificates certificates = Certificates.here();
        SSLContext context = trusting(certificates.pem());
        try (LongBodies server = LongBodies.secure(certificates.server());
                HttpClient client = HttpClient.builder()
                        .tls(_ ->
                                (host, port, protocols) -> new RoomyEngine(context.createSSLEngine(host, port), 20_000))
                        .build()) {
            for (int size = 40_000; size < 80_000; size += 100) {
                byte[] body = client.get(server.get("/" + size)).body();
                assertThat(LongBodies.check(new ByteArrayInputStream(body))).isEqualTo(size);
            }
        }
    }

    @Test
    void enginesThatPreferItReadOutsideTheHeap() throws Exception {
        Certificates certificates = Certificates.here();
        SSLContext context = trusting(certificates.pem());
        List<RoomyEngine> engines = new CopyOnWriteArrayList<>();
        TlsEngines direct = new TlsEngines() {
            @Override
            public SSLEngine engine(String host, int port, List<String> protocols) {
                RoomyEngine engine = new RoomyEngine(context.createSSLEngine(host, port), 0);
                engines.add(engine);
                return engine;
            }

            @Override
            public boolean prefersDirectBuffers() {
                return true;
            }
        };
        try (LongBodies server = LongBodies.secure(certificates.server());
                HttpClient client = HttpClient.builder().tls(_ -> direct).build()) {
            for (int size : new int[] {1, 100_000, 5_000_000}) {
                byte[] body = client.get(server.get("/" + size)).body();
                assertThat(LongBodies.check(new ByteArrayInputStream(body))).isEqualTo(size);
                try (StreamedResponse response = client.open(server.get("/" + size))) {
                    assertThat(LongBodies.check(response.body())).isEqualTo(size);
                }
            }
        }
        assertThat(engines).isNotEmpty().allMatch(RoomyEngine::readsOutsideTheHeap);
    }

    @Test
    void enginesThatWantMoreRoomThanThereIsAreToldOf() throws Exception {
        Certificates certificates = Certificates.here();
        SSLContext context = trusting(certificates.pem());
        try (JdkServer server = JdkServer.secure(certificates.server());
                HttpClient client = HttpClient.builder()
                        .tls(_ -> (host, port, protocols) ->
                                new RoomyEngine(context.createSSLEngine(host, port), 1 << 20))
                        .build()) {
            HttpRequest request = server.get("/size/1500");
            assertThatThrownBy(() -> client.get(request))
                    .isInstanceOf(HttpException.class)
                    .hasMessageContaining("more room");
        }
    }

    @Test
    void aServerThatHasOnlyNewKeysToSayDoesNotHoldUpTheLoop() throws Exception {
        Certificates certificates = Certificates.here();
        SSLContext context = trusting(certificates.pem());
        ConcurrentLinkedQueue<SSLSocket> sockets = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = ScriptedServer.secure(certificates.server(), sockets::add, peer -> {
                    SSLSocket socket = Objects.requireNonNull(sockets.poll());
                    peer.read();
                    while (true) {
                        socket.startHandshake();
                    }
                });
                HttpClient client = HttpClient.builder()
                        .tls(_ -> (host, port, protocols) -> slow(context.createSSLEngine(host, port)))
                        .build()) {
            HttpRequest request = server.get("/").responseTimeout(Duration.ofMillis(500));
            assertThatThrownBy(() -> client.get(request)).isInstanceOf(HttpException.TimedOut.class);
        }
    }

    /** What TLS computes is partly the caller's, as whom to trust. */
    @Test
    void aComputationThatFailsFailsTheConnection() throws Exception {
        failsWith("a check of mine", new RoomyEngine(SSLContext.getDefault().createSSLEngine(), 0) {
            @Override
            public HandshakeStatus getHandshakeStatus() {
                return HandshakeStatus.NEED_TASK;
            }

            @Override
            public Runnable getDelegatedTask() {
                return () -> {
                    throw new AssertionError("a check of mine");
                };
            }
        });
    }

    @Test
    void anEngineThatFailsBehindAComputationFailsTheConnection() throws Exception {
        AtomicBoolean computed = new AtomicBoolean();
        failsWith("an engine of mine", new RoomyEngine(SSLContext.getDefault().createSSLEngine(), 0) {
            @Override
            public HandshakeStatus getHandshakeStatus() {
                if (computed.get()) {
                    throw new IllegalStateException("an engine of mine");
                }
                return HandshakeStatus.NEED_TASK;
            }

            @Override
            public @Nullable Runnable getDelegatedTask() {
                return computed.get() ? null : () -> computed.set(true);
            }
        });
    }

    private static void failsWith(String why, SSLEngine engine) throws Exception {
        try (ComplaintLog _ = new ComplaintLog();
                ScriptedServer server = ScriptedServer.start(Peer::awaitEnd);
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofMinutes(5))
                        .tls(_ -> (host, port, protocols) -> engine)
                        .build()) {
            assertThat(client.start(HttpRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/"))))
                    .failsWithin(20, SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(HttpException.Unreachable.class)
                    .withMessageContaining(why);
        }
    }

    /** Its engine says as much as the socket takes, and then waits for the server. */
    @Test
    void whatTheSocketDidNotTakeOfAHandshakeFollows() throws Exception {
        AtomicLong said = new AtomicLong();
        AtomicBoolean listens = new AtomicBoolean();
        CountDownLatch saidAll = new CountDownLatch(1);
        SSLEngine talkative = new RoomyEngine(SSLContext.getDefault().createSSLEngine(), 0) {
            @Override
            public HandshakeStatus getHandshakeStatus() {
                return listens.get() ? HandshakeStatus.NEED_UNWRAP : HandshakeStatus.NEED_WRAP;
            }

            @Override
            public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer into) {
                int words = into.remaining();
                into.position(into.limit());
                said.addAndGet(words);
                return new SSLEngineResult(SSLEngineResult.Status.OK, getHandshakeStatus(), 0, words);
            }

            @Override
            public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int length)
                    throws SSLException {
                if (from.hasRemaining()) {
                    throw new SSLException("the server has heard it all");
                }
                return new SSLEngineResult(SSLEngineResult.Status.BUFFER_UNDERFLOW, HandshakeStatus.NEED_UNWRAP, 0, 0);
            }
        };
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    PipeliningTest.await(saidAll);
                    if (peer.bytes((int) said.get()).length == said.get()) {
                        peer.write("x");
                    }
                    peer.awaitEnd();
                });
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofMinutes(5))
                        .tls(_ -> (host, port, protocols) -> talkative)
                        .build()) {
            CompletableFuture<HttpResponse> answer =
                    client.start(HttpRequest.get(URI.create("https://127.0.0.1:" + server.port() + "/")));
            // A turn of the loop in which nothing more could be said.
            for (long before = -1; said.get() == 0 || said.get() > before; client.limits()) {
                before = said.get();
            }
            listens.set(true);
            saidAll.countDown();
            assertThat(answer)
                    .failsWithin(20, SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withMessageContaining("the server has heard it all");
        }
    }

    /** One that is slower than any server. */
    private static SSLEngine slow(SSLEngine jdk) {
        return new RoomyEngine(jdk, 0) {
            @Override
            public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] into, int offset, int length)
                    throws SSLException {
                LockSupport.parkNanos(1);
                return super.unwrap(from, into, offset, length);
            }
        };
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    @Test
    void enginesOfAnotherMakeAreToldWhomToTrustAndWhatToShow() throws Exception {
        List<TlsSettings> told = new CopyOnWriteArrayList<>();
        TlsProvider provider = settings -> {
            told.add(settings);
            throw new GeneralSecurityException("the token is not plugged in");
        };
        HttpRequest request = HttpRequest.get(URI.create("https://127.0.0.1:1"));
        Path key = Certificates.file("client-ec.key");
        Path certificate = Certificates.file("client-ec.pem");
        for (HttpClient.Builder builder : List.of(
                HttpClient.builder(),
                HttpClient.builder().caFile(certificate).clientCertificate(certificate, key),
                HttpClient.builder().insecure())) {
            try (HttpClient client = builder.tls(provider).build()) {
                assertThatThrownBy(() -> client.get(request))
                        .isInstanceOf(HttpException.Unreachable.class)
                        .hasMessageContaining("the token is not plugged in");
            }
        }
        assertThat(told).extracting(TlsSettings::verifiesHost).containsExactly(true, true, false);
        assertThat(told).extracting(settings -> settings.keys().size()).containsExactly(0, 1, 0);
        assertThat(told).extracting(settings -> settings.trust().size()).containsExactly(0, 1, 1);
    }
}
