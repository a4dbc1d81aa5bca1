package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The engine and a server that was written by others. */
@ExtendWith(NoLeaks.class)
final class JdkServerTest {
    @Test
    void bodiesOfAllSizesArriveWholeThroughPipelines() throws Exception {
        try (JdkServer server = JdkServer.plain();
                HttpClient client =
                        HttpClient.builder().connections(4).pipeline(6).build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 500; i++) {
                client.send(server.get((i % 2 == 0 ? "/size/" : "/chunks/") + size(i)), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(500);
            for (int i = 0; i < 500; i++) {
                assertThat(told.get(i).response().body()).isEqualTo(JdkServer.body(size(i)));
            }
        }
    }

    /** Around the sizes of buffers, too. */
    private static int size(int i) {
        int[] odd = {1, 2, 4095, 4096, 4097, 16_384, 65_535, 65_536, 65_537, 200_000};
        return i % 20 < odd.length ? odd[i % 20] : i;
    }

    @Test
    void aLargeBodyIsSentAndComesBack() throws Exception {
        byte[] large = JdkServer.body(20_000_000);
        try (JdkServer server = JdkServer.plain();
                HttpClient client = HttpClient.builder().build()) {
            assertThat(client.get(HttpRequest.post(server.uri("/echo"), large)).body())
                    .isEqualTo(large);
            assertThat(client.get(HttpRequest.of("PUT", server.uri("/echo")).body(large))
                            .body())
                    .isEqualTo(large);
            assertThat(client.get(HttpRequest.of("PUT", server.uri("/echo"))).body())
                    .isEmpty();
        }
    }

    @Test
    void answersWithoutABodyDoNotDisturbThoseBehindThem() throws Exception {
        try (JdkServer server = JdkServer.plain();
                HttpClient client =
                        HttpClient.builder().connections(1).pipeline(5).build()) {
            client.get(server.get("/size/1"));
            Outcomes outcomes = new Outcomes();
            client.send(HttpRequest.of("HEAD", server.uri("/size/1000")), outcomes.next());
            client.send(server.get("/status/204"), outcomes.next());
            client.send(server.get("/status/304"), outcomes.next());
            client.send(HttpRequest.of("DELETE", server.uri("/status/204")), outcomes.next());
            client.send(server.get("/size/10"), outcomes.next());
            List<Outcomes.Outcome> told = outcomes.await(5);
            assertThat(told.get(0).response().headers().first("content-length")).isEqualTo("1000");
            assertThat(told.stream().map(outcome -> outcome.response().status()))
                    .containsExactly(200, 204, 304, 204, 200);
            assertThat(told.get(4).response().body()).isEqualTo(JdkServer.body(10));
        }
    }
}
