package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names with several addresses, of which some do not work (RFC 8305). */
@ExtendWith(NoLeaks.class)
class AddressesTest {
    /**
     * An address where nobody answers, neither yes nor no: a listener whose queue is full and who does not take anybody in.
     */
    private static final class Silent implements AutoCloseable {
        private final ServerSocketChannel listener;
        private final List<SocketChannel> queue = new ArrayList<>();

        Silent(String address, int port) throws IOException {
            listener = ServerSocketChannel.open();
            listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1);
            try (Selector selector = Selector.open()) {
                boolean full = false;
                while (!full) {
                    SocketChannel one = SocketChannel.open();
                    queue.add(one);
                    one.configureBlocking(false);
                    if (!one.connect(listener.getLocalAddress())) {
                        SelectionKey key = one.register(selector, SelectionKey.OP_CONNECT);
                        full = selector.select(500) == 0;
                        key.cancel();
                        selector.selectNow();
                    }
                }
            }
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel one : queue) {
                one.close();
            }
            listener.close();
        }
    }

    private static HttpRequest get(String addresses, int port) {
        return HttpRequest.get(URI.create("http://" + addresses + ".muster.test:" + port + "/x"));
    }

    @Test
    void anAddressThatRefusesIsNotTheEnd() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(get("127-0-0-3.127-0-0-2.127-0-0-1", server.port()))
                            .text())
                    .isEqualTo("/x");
        }
    }

    @Test
    void anAddressThatSaysNothingIsOvertakenByTheNext() throws Exception {
        try (ScriptedServer server = ScriptedServer.echo();
                Silent silent = new Silent("127.0.0.2", server.port());
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofSeconds(50))
                        .connections(2)
                        .build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 10; i++) {
                client.send(get("127-0-0-2.127-0-0-1", server.port()), outcomes.next());
            }
            outcomes.await(10)
                    .forEach(outcome -> assertThat(outcome.response().text()).isEqualTo("/x"));
            assertThat(silent.queue).isNotEmpty();
        }
    }

    @Test
    void whereNoneAnswersTheFailureNamesThemAll() throws Exception {
        int free;
        try (ServerSocketChannel unused = ServerSocketChannel.open()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            free = ((InetSocketAddress) unused.getLocalAddress()).getPort();
        }
        try (Silent silent = new Silent("127.0.0.2", free);
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .build()) {
            assertThat(silent.queue).isNotEmpty();
            assertThatThrownBy(() -> client.get(get("127-0-0-3.127-0-0-2.127-0-0-1", free)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("no connection within 1000 ms")
                    .hasMessageContaining("127.0.0.3:" + free + " Connection refused")
                    .hasMessageContaining("127.0.0.1:" + free + " Connection refused")
                    .hasMessageContaining("127.0.0.2:" + free + " no answer");
        }
    }
}
