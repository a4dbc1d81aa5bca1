package dev.muster.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aRequestForSomethingElseOfTheOriginGoesThereWithAllItHas() throws Exception {
        Peer.Request request = sent(base -> HttpRequest.get(URI.create(base + "/a?b=c"))
                .header("X-Mine", "1")
                .target("/ü/%7e?q=%22x%22&r[]=1#fragment"));
        assertThat(request.path()).isEqualTo("/%C3%BC/%7e?q=%22x%22&r[]=1");
        assertThat(request.header("X-Mine")).isEqualTo("1");
    }

    @Test
    void whatItIsOfIsToldPieceByPieceAndAsAWhole() {
        URI uri = URI.create("HTTPS://[::1]/a?b=c");
        HttpRequest request = HttpRequest.get(uri);
        assertThat(request.uri()).isEqualTo(uri);
        HttpRequest other = request.target("/x/y?z");
        assertThat(other.uri()).isEqualTo(URI.create("HTTPS://[::1]/x/y?z"));
        assertThat(other.target()).isEqualTo("/x/y?z");
        assertThat(other.host()).isEqualTo("[::1]");
        assertThat(other.port()).isEqualTo(443);
        assertThat(other.secure()).isTrue();
        assertThat(other).hasToString("GET HTTPS://[::1]/x/y");
        assertThat(HttpRequest.get(URI.create("http://h:81")).port()).isEqualTo(81);
        assertThat(HttpRequest.get(URI.create("http://h")).target()).isEqualTo("/");
    }

    @Test
    void anotherPathIsNotTakenForPathAndQueryOfTheSameLength() {
        HttpRequest request = HttpRequest.get(URI.create("http://h/vms?1"));
        assertThat(request.uri()).hasToString("http://h/vms?1");
        assertThat(request.target("/vms/1").uri()).hasToString("http://h/vms/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "?a",
                "http://h/",
                "/a b",
                "/a\r\nX: y",
                "/a\n",
                "/%",
                "/%4",
                "/%4g",
                "/%\uff11\uff11",
                "/a\0",
                "/{a}",
                "/a?\"token\""
            })
    void aPathThatCannotBeSentAsItIsIsRefusedAndNotShown(String target) {
        HttpRequest request = HttpRequest.get(URI.create("http://h/"));
        assertThatThrownBy(() -> request.target(target))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("token");
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

    @ParameterizedTest
    @ValueSource(strings = {"htps://me:secret@host/?q=secret", "host/secret?q=secret", "host:80/secret", "secret"})
    void whatIsNoUriOfOursIsRefusedWithoutBeingRepeated(String uri) {
        assertThatThrownBy(() -> HttpRequest.get(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not an absolute http or https URI")
                .message()
                .doesNotContain("secret");
    }

    /** The URI's own syntax allows any number. */
    @Test
    void aPortThatIsNoneIsRefused() {
        URI uri = URI.create("http://127.0.0.1:65536/secret");
        assertThatThrownBy(() -> HttpRequest.get(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a URI with a port that is none: 65536");
        assertThatThrownBy(() -> Proxies.all(URI.create("http://me:secret@127.0.0.1:65536")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a proxy with a port that is none: 65536");
    }
}
