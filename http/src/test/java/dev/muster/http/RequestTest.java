package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a request looks like on the wire. */
@ExtendWith(NoLeaks.class)
final class RequestTest {
    private static Peer.Request sent(Function<URI, HttpRequest> made) throws Exception {
        ConcurrentLinkedQueue<Peer.Request> seen = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
                    seen.add(peer.next());
                    peer.answer("");
                });
                HttpClient client = HttpClient.builder().build()) {
            client.get(made.apply(server.uri("")));
            return seen.remove();
        }
    }

    @Test
    void aGetCarriesItsHostAndAsksForGzipAndKeepAlive() throws Exception {
        ConcurrentLinkedQueue<String> hosts = new ConcurrentLinkedQueue<>();
        Peer.Request request = sent(base -> {
            hosts.add(base.getRawAuthority());
            return HttpRequest.get(URI.create(base + "/a/b?c=d%20e#fragment")).header("X-Mine", "1");
        });
        assertThat(request.path()).isEqualTo("/a/b?c=d%20e");
        assertThat(request.headers())
                .containsExactly(
                        "Host: " + hosts.remove(),
                        "Connection: keep-alive",
                        "Accept-Encoding: gzip, deflate",
                        "X-Mine: 1");
    }

    @Test
    void whatTheCallerSaysHimselfIsNotSaidTwice() throws Exception {
        Peer.Request request = sent(base -> HttpRequest.get(base)
                .header("host", "other.example")
                .header("connection", "close")
                .header("accept-encoding", "identity"));
        assertThat(request.path()).isEqualTo("/");
        assertThat(request.headers())
                .containsExactly("host: other.example", "connection: close", "accept-encoding: identity");
    }

    @Test
    void theLengthIsTheEnginesAffair() throws Exception {
        Peer.Request request = sent(base -> HttpRequest.post(base, "hällo".getBytes(UTF_8))
                .header("Content-Length", "999")
                .header("Transfer-Encoding", "chunked"));
        assertThat(request.header("Content-Length")).isEqualTo("6");
        assertThat(request.header("Transfer-Encoding")).isNull();
        assertThat(sent(base -> HttpRequest.of("PUT", base)).header("Content-Length"))
                .isEqualTo("0");
        assertThat(sent(HttpRequest::get).header("Content-Length")).isNull();
    }

    @Test
    void charactersBeyondAsciiAreEscaped() throws Exception {
        assertThat(sent(base -> HttpRequest.get(URI.create(base + "/\u00fc/\u4e2d?q=\u00e9")))
                        .path())
                .isEqualTo("/%C3%BC/%E4%B8%AD?q=%C3%A9");
    }

    @Test
    void aHeaderLongerThanAnyBufferIsSentWhole() throws Exception {
        String secret = "s".repeat(200_000);
        assertThat(sent(base -> HttpRequest.get(base).header("X-Long", secret)).header("X-Long"))
                .isEqualTo(secret);
    }
}
