package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PrepareTest {
    @Test
    void everyConnectionIsThereBeforeThereIsARequest() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                HttpClient client = HttpClient.builder().connections(10).build()) {
            client.prepare(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/api"));
            Set<Integer> ports = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                try (Socket accepted = server.accept()) {
                    ports.add(accepted.getPort());
                }
            }
            assertThat(ports).hasSize(10);
        }
    }

    @Test
    void preparingForAServerThatIsNotThereFailsNobody() throws IOException {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        try (HttpClient client = HttpClient.builder().build()) {
            client.prepare(URI.create("http://127.0.0.1:" + port));
        }
    }
}
