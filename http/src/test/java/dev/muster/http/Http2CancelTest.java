package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is left of requests over HTTP/2 that nobody waits for any longer: nothing, neither here nor on the connection. */
@ExtendWith(NoLeaks.class)
final class Http2CancelTest {
    private static HttpClient.Builder http2() {
        return HttpClient.builder().protocols(Protocol.HTTP_2).connections(1);
    }

    @Test
    void aConnectionInDoubtThatNobodyWaitsForAnyLongerIsGivenUp() throws Exception {
        CountDownLatch pinged = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    if (peer.number() > 1) {
                        peer.echoOn();
                        return;
                    }
                    peer.requests(2);
                    peer.next(FramePeer.PING);
                    pinged.countDown();
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            CompletableFuture<HttpResponse> slow =
                    client.start(server.get("/slow").responseTimeout(Duration.ofMillis(200)));
            CompletableFuture<HttpResponse> unwanted = client.start(server.get("/unwanted"));
            pinged.await();
            assertThatThrownBy(slow::get).hasCauseInstanceOf(HttpException.TimedOut.class);
            unwanted.cancel(true);
            assertThat(client.start(server.get("/next"))
                            .get(20, TimeUnit.SECONDS)
                            .text())
                    .isEqualTo("/next");
        }
    }
}
