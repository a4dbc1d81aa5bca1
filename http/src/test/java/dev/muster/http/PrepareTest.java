package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class PrepareTest {
    @Test
    void everyConnectionIsThereBeforeThereIsARequest() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                HttpClient client = HttpClient.builder().connections(3).build()) {
            client.prepare(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/api"));
            try (Socket one = server.accept();
                    Socket two = server.accept();
                    Socket three = server.accept()) {
                assertThat(one.getPort()).isNotEqualTo(two.getPort()).isNotEqualTo(three.getPort());
            }
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
