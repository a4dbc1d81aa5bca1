package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What HTTP/2 is for, with a server that keeps its rules. */
@ExtendWith(NoLeaks.class)
final class Http2Test {
    private static HttpClient.Builder http2() {
        return HttpClient.builder().protocols(Protocol.HTTP_2);
    }

    @Test
    void requestsGoSideBySideAndAreAnsweredInAnyOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    List<FramePeer.Request> requests = new ArrayList<>(peer.requests(50));
                    Collections.reverse(requests);
                    for (FramePeer.Request request : requests) {
                        peer.answer(request.stream(), request.path());
                    }
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 50; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            List<Outcomes.Outcome> told = outcomes.await(50);
            for (int i = 0; i < 50; i++) {
                assertThat(told.get(i).response().text()).isEqualTo("/" + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aRequestIsWrittenInTheWordsOfHttp2() throws Exception {
        CompletableFuture<FramePeer.Request> seen = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    FramePeer.Request request = peer.next();
                    seen.complete(request);
                    peer.answer(request.stream(), "");
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            client.get(server.get("/a%20b?c=d")
                    .headers(Headers.of(
                            "Authorization",
                            "Bearer x",
                            "Connection",
                            "close",
                            "Keep-Alive",
                            "1",
                            "Upgrade",
                            "h3",
                            "Transfer-Encoding",
                            "chunked",
                            "Proxy-Connection",
                            "x",
                            "TE",
                            "gzip",
                            "X-Mixed",
                            "Case")));
            assertThat(seen.join().fields())
                    .containsExactly(
                            ":method: GET",
                            ":scheme: http",
                            ":authority: 127.0.0.1:" + server.port(),
                            ":path: /a%20b?c=d",
                            "accept-encoding: gzip, deflate",
                            "authorization: Bearer x",
                            "x-mixed: Case");
            assertThat(seen.join().last()).isTrue();
        }
    }

    @Test
    void theServersLimitOfStreamsIsKeptAndOpensMoreConnections() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {3, 4}, FramePeer::echoOn));
                HttpClient client = http2().connections(3).build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 100; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(100)) {
                assertThat(outcome.response().status()).isEqualTo(200);
            }
            assertThat(server.connections()).isBetween(2, 3);
        }
    }

    @Test
    void aBodyRespectsTheWindowsOfTheServer() throws Exception {
        byte[] body = new byte[300_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) (i * 31);
        }
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(new int[] {4, 1000}, peer -> {
                    FramePeer.Request request = peer.next();
                    byte[] came = peer.body(request.stream());
                    peer.head(request.stream(), ":status", "200");
                    peer.window(request.stream(), 1);
                    for (int at = 0; at < came.length; at += 10_000) {
                        peer.send(
                                FramePeer.DATA,
                                at + 10_000 >= came.length ? FramePeer.END_STREAM : 0,
                                request.stream(),
                                java.util.Arrays.copyOfRange(came, at, Math.min(came.length, at + 10_000)));
                    }
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            assertThat(client.get(HttpRequest.post(server.uri("/echo"), body)).body())
                    .isEqualTo(body);
        }
    }

    @Test
    void largeAnswersGetTheirWindowsBack() throws Exception {
        byte[] piece = new byte[16_000];
        int pieces = 1500;
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    FramePeer.Request request = peer.next();
                    peer.head(request.stream(), ":status", "200");
                    long stream = 1 << 20;
                    long connection = 1 << 24;
                    for (int i = 0; i < pieces; i++) {
                        while (stream < piece.length || connection < piece.length) {
                            FramePeer.Frame update = peer.next(FramePeer.WINDOW_UPDATE);
                            if (update.stream() == 0) {
                                connection += update.int32(0);
                            } else {
                                stream += update.int32(0);
                            }
                        }
                        peer.send(FramePeer.DATA, i == pieces - 1 ? FramePeer.END_STREAM : 0, request.stream(), piece);
                        stream -= piece.length;
                        connection -= piece.length;
                    }
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            assertThat(client.get(server.get("/large")).body()).hasSize(pieces * piece.length);
        }
    }

    @Test
    void interimAnswersPaddingTrailersAndContinuationsAreUnderstood() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int stream = peer.next().stream();
                    peer.head(stream, ":status", "103", "link", "</x>");
                    byte[] block = peer.block(":status", "200", "x-long", "y".repeat(300));
                    peer.send(FramePeer.HEADERS, 0, stream, java.util.Arrays.copyOf(block, 5));
                    for (int i = 5; i < block.length; i++) {
                        boolean last = i == block.length - 1 || i == 50;
                        peer.send(
                                FramePeer.CONTINUATION,
                                last ? FramePeer.END_HEADERS : 0,
                                stream,
                                java.util.Arrays.copyOfRange(block, i, i == 50 ? block.length : i + 1));
                        if (last) {
                            break;
                        }
                    }
                    peer.send(FramePeer.DATA, FramePeer.PADDED, stream, "\3abc\0\0\0".getBytes(ISO_8859_1));
                    peer.send(FramePeer.PRIORITY, 0, stream, new byte[5]);
                    peer.send(200, 0, stream, new byte[7]);
                    peer.data(stream, "def", false);
                    peer.send(
                            FramePeer.HEADERS,
                            FramePeer.END_HEADERS | FramePeer.END_STREAM,
                            stream,
                            peer.block("x-checksum", "1"));
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            HttpResponse response = client.get(server.get("/"));
            assertThat(response.text()).isEqualTo("abcdef");
            assertThat(response.headers().first("X-Long")).isEqualTo("y".repeat(300));
        }
    }

    @Test
    void anAnswerWithoutABodyHasNone() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    for (FramePeer.Request request = peer.request(); request != null; request = peer.request()) {
                        String status = request.path().substring(1);
                        peer.send(
                                FramePeer.HEADERS,
                                FramePeer.END_HEADERS | FramePeer.END_STREAM,
                                request.stream(),
                                peer.block(":status", status, "content-length", "5"));
                    }
                }));
                HttpClient client = http2().build()) {
            assertThat(client.get(HttpRequest.of("HEAD", server.uri("/200"))).body())
                    .isEmpty();
            assertThat(client.get(server.get("/304")).status()).isEqualTo(304);
            assertThat(client.get(server.get("/204")).status()).isEqualTo(204);
        }
    }

    @Test
    void pingsAreAnswered() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
                    int stream = peer.next().stream();
                    byte[] payload = "12345678".getBytes(ISO_8859_1);
                    peer.send(FramePeer.PING, 0, 0, payload);
                    FramePeer.Frame answer = peer.next(FramePeer.PING);
                    peer.answer(stream, answer.flags() + new String(answer.payload(), ISO_8859_1));
                    peer.awaitEnd();
                }));
                HttpClient client = http2().build()) {
            assertThat(client.get(server.get("/")).text()).isEqualTo("112345678");
        }
    }

    @Test
    void aConnectionThatIsDoneWithSaysSo() throws Exception {
        CompletableFuture<Integer> said = new CompletableFuture<>();
        try (ScriptedServer server = ScriptedServer.start(FramePeer.script(peer -> {
            peer.answer(peer.next().stream(), "");
            said.complete(peer.awaitGoAway());
        }))) {
            try (HttpClient client = http2().build()) {
                client.get(server.get("/"));
            }
            assertThat(said.join()).isEqualTo(FramePeer.NO_ERROR);
        }
    }

    @Test
    void aServerOfHttp1AloneIsNotTakenForOneOfHttp2() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                    peer.awaitEnd();
                });
                HttpClient client = http2().build()) {
            assertThatThrownBy(() -> client.get(server.get("/")))
                    .isInstanceOf(HttpException.Malformed.class)
                    .hasMessageContaining("the server answers in HTTP/1");
        }
    }
}
