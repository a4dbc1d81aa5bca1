package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names with several addresses, of which some do not work (RFC 8305). */
@ExtendWith(NoLeaks.class)
class AddressesTest {
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
                SilentAddress silent = new SilentAddress("127.0.0.2", server.port());
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
            assertThat(silent.queue()).isNotEmpty();
        }
    }

    @Test
    void whereNoneAnswersTheFailureNamesThemAll() throws Exception {
        int free;
        try (ServerSocketChannel unused = ServerSocketChannel.open()) {
            unused.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            free = ((InetSocketAddress) unused.getLocalAddress()).getPort();
        }
        try (SilentAddress silent = new SilentAddress("127.0.0.2", free);
                HttpClient client = HttpClient.builder()
                        .connectTimeout(Duration.ofSeconds(1))
                        .build()) {
            assertThat(silent.queue()).isNotEmpty();
            assertThatThrownBy(() -> client.get(get("127-0-0-3.127-0-0-2.127-0-0-1", free)))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("no connection within 1000 ms")
                    .hasMessageContaining("127.0.0.3:" + free + " Connection refused")
                    .hasMessageContaining("127.0.0.1:" + free + " Connection refused")
                    .hasMessageContaining("127.0.0.2:" + free + " no answer");
        }
    }
}
