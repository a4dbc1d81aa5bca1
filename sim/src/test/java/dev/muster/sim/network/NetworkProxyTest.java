package dev.muster.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.sim.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkProxyTest {
    private static final NetworkPlan CLEAR = NetworkPlan.CLEAR;

    private ServerSocket echo = unbound();

    private static ServerSocket unbound() {
        try {
            return new ServerSocket();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A server that sends back what it gets, and ends when the client has ended. */
    @BeforeEach
    void startEcho() throws IOException {
        echo.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofVirtual().start(() -> {
            while (!echo.isClosed()) {
                try {
                    Socket socket = echo.accept();
                    Thread.ofVirtual().start(() -> echo(socket));
                } catch (IOException e) {
                    return; // The test is over.
                }
            }
        });
    }

    private static void echo(Socket socket) {
        try (socket;
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            return; // The proxy has reset the connection, as the test wanted.
        }
    }

    @AfterEach
    void stopEcho() throws IOException {
        echo.close();
    }

    private NetworkProxy proxy(NetworkPlan plan) {
        return NetworkProxy.to((InetSocketAddress) echo.getLocalSocketAddress(), plan);
    }

    @Test
    void everyByteArrivesUnchangedThroughALongNarrowWire() throws IOException, InterruptedException {
        byte[] sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        try (NetworkProxy proxy = proxy(CLEAR.rtt(Duration.ofMillis(5)).bandwidth(3_000_000));
                Socket socket =
                        new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            writer.join();
        }
    }

    @Test
    void moreThanAWindowArrivesWhenNobodyReadsAtFirst() throws IOException, InterruptedException {
        byte[] sent = new byte[12 << 20];
        new Random(2).nextBytes(sent);
        try (NetworkProxy proxy = proxy(CLEAR);
                Socket socket =
                        new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            writer.join();
        }
    }

    @Test
    void aCutEndsTheConnectionInGoodOrder() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR.cutAfter(4));
                Wire wire = new Wire(proxy.address())) {
            wire.send("abcdefgh");
            assertThat(new String(wire.readAll(), StandardCharsets.US_ASCII)).isEqualTo("abcd");
        }
    }

    @Test
    void aCutAfterNothingComesWhenTheAnswerWouldHave() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR.cutAfter(0));
                Wire wire = new Wire(proxy.address())) {
            wire.send("abcdefgh");
            assertThat(wire.readByte()).isNegative();
        }
    }

    @Test
    void aResetIsAnErrorAfterTheLastByte() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR.resetAfter(0));
                Wire wire = new Wire(proxy.address())) {
            wire.send("abcdefgh");
            assertThatThrownBy(wire::readByte).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aGarbledByteIsTheOnlyOneThatChanges() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR.garbleAt(2).cutAfter(6));
                Wire wire = new Wire(proxy.address())) {
            wire.send("abcdefgh");
            byte[] seen = wire.readAll();
            assertThat(seen[2]).isNotEqualTo((byte) 'c');
            seen[2] = 'c';
            assertThat(new String(seen, StandardCharsets.US_ASCII)).isEqualTo("abcdef");
        }
    }

    @Test
    void aStalledConnectionStaysOpenUntilItsClientLeaves() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR);
                Wire healthy = new Wire(proxy.address())) {
            healthy.send("w");
            assertThat(healthy.readByte()).isEqualTo('w');
            proxy.next(CLEAR.stallAfter(2));
            try (Socket stalled =
                    new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
                stalled.getOutputStream().write("abcd".getBytes(StandardCharsets.US_ASCII));
                assertThat(stalled.getInputStream().readNBytes(2)).containsExactly('a', 'b');
                healthy.send("x");
                assertThat(healthy.readByte()).isEqualTo('x');
                assertThat(stalled.getInputStream().available()).isZero();
                stalled.shutdownOutput();
                assertThat(stalled.getInputStream().read()).isNegative();
            }
        }
    }

    @Test
    void plansForTheNextConnectionsAreUsedOnce() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR)) {
            proxy.next(CLEAR.cutAfter(1), CLEAR.cutAfter(2));
            StringBuilder seen = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                try (Wire wire = new Wire(proxy.address())) {
                    wire.send("abc");
                    for (int j = 0; j < 3; j++) {
                        int c = wire.readByte();
                        seen.append(c < 0 ? '-' : (char) c);
                    }
                }
            }
            assertThat(seen.toString()).isEqualTo("a--ab-abc");
            assertThat(proxy.connections()).isEqualTo(3);
        }
    }

    @Test
    void aRefusedConnectionIsReset() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR.refused())) {
            assertThatThrownBy(() -> {
                        try (Wire wire = new Wire(proxy.address())) {
                            wire.send("abc");
                            assertThat(wire.readByte()).isZero();
                        }
                    })
                    .isInstanceOf(SocketException.class);
        }
    }

    @Test
    void aProxyThatRefusesListensAgainOnTheSamePort() throws IOException {
        try (NetworkProxy proxy = proxy(CLEAR)) {
            proxy.refuse();
            assertThatThrownBy(() -> new Wire(proxy.address()).close()).isInstanceOf(ConnectException.class);
            proxy.accept();
            try (Wire wire = new Wire(proxy.address())) {
                wire.send("a");
                assertThat(wire.readByte()).isEqualTo('a');
            }
        }
    }

    @Test
    void aServerThatIsAwayLooksLikeAReset() throws IOException {
        // Bound, so that nobody else can have the port, but not listening.
        try (SocketChannel away =
                        SocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                NetworkProxy proxy = NetworkProxy.to((InetSocketAddress) away.getLocalAddress(), CLEAR);
                Wire wire = new Wire(proxy.address())) {
            assertThatThrownBy(() -> assertThat(wire.readByte()).isZero()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void closingEndsConnectionsAndThread() throws IOException {
        NetworkProxy proxy = proxy(CLEAR);
        try (Wire wire = new Wire(proxy.address())) {
            wire.send("a");
            assertThat(wire.readByte()).isEqualTo('a');
            proxy.close();
            assertThat(wire.readByte()).isNegative();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName()
                        .startsWith("muster-network-proxy-" + proxy.address().getPort()));
        proxy.refuse(); // After the end, nothing to do and nothing to wait for.
    }
}
