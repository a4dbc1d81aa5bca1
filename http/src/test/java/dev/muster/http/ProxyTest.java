package dev.muster.http;

import static dev.muster.http.Certificates.file;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
class ProxyTest {
    private static final String SECRET = "hush";

    @Test
    void httpGoesThroughTheProxyByItsWholeName() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy("Basic dXNlcjpodXNo", "");
                HttpClient client = HttpClient.builder()
                        .proxies(Proxies.all(proxy.uri("user:" + SECRET + "@")))
                        .build()) {
            HttpRequest request = HttpRequest.get(URI.create("http://nowhere.invalid:81/a/b?c=d"));
            assertThat(client.get(request).text())
                    .isEqualTo("via proxy: http://nowhere.invalid:81/a/b?c=d for nowhere.invalid:81");
            assertThat(client.get(HttpRequest.get(URI.create("http://nowhere.invalid")))
                            .text())
                    .isEqualTo("via proxy: http://nowhere.invalid/ for nowhere.invalid");
        }
    }

    @Test
    void httpsGoesThroughATunnelWhichTheProxyCannotLookInto() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy("Basic dXNlcjpodXNo", "");
                ScriptedServer server =
                        ScriptedServer.secure(Certificates.here().server(), peer -> {
                            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                                peer.answer(request.path() + " " + request.header("Proxy-Authorization"));
                            }
                        });
                HttpClient client = HttpClient.builder()
                        .caFile(file("server.pem"))
                        .proxies(Proxies.all(proxy.uri("user:" + SECRET + "@")))
                        .connections(1)
                        .build()) {
            URI uri = URI.create("https://only-the-proxy-knows.muster.test:" + server.port() + "/in?side=1");
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(HttpRequest.get(uri)).text()).isEqualTo("/in?side=1 null");
            }
            assertThat(proxy.asked()).containsExactly("CONNECT only-the-proxy-knows.muster.test:" + server.port());
        }
    }

    /** A proxy of HTTP/1.1 could do nothing with it otherwise. */
    @Test
    void http2ByPriorKnowledgeGoesThroughATunnelToo() throws Exception {
        try (ForwardProxy proxy = new ForwardProxy("Basic dXNlcjpodXNo", "");
                ScriptedServer server = ScriptedServer.start(FramePeer.echo());
                HttpClient client = HttpClient.builder()
                        .protocols(Protocol.HTTP_2)
                        .proxies(Proxies.all(proxy.uri("user:" + SECRET + "@")))
                        .build()) {
            assertThat(client.get(server.get("/in")).text()).isEqualTo("/in");
            assertThat(proxy.asked()).containsExactly("CONNECT 127.0.0.1:" + server.port());
        }
    }

    @Test
    void whatAProxyRefusesSaysWhatToDoAndNoSecret() throws Exception {
        refused("Basic other", "", "user:" + SECRET + "@", "HTTP 407, it does not take the user and password");
        refused("Basic other", "", "", "HTTP 407, it wants a user and a password: give them in the proxy's URL");
        refused(null, "502 Bad Gateway", "", "HTTP 502, it could not reach it");
        refused(null, "403 Forbidden", "", "HTTP 403, it does not allow it");
    }

    private static void refused(String authorization, String refusal, String user, String why) throws Exception {
        try (ForwardProxy proxy = new ForwardProxy(authorization, refusal);
                HttpClient client = HttpClient.builder()
                        .insecure()
                        .proxies(Proxies.all(proxy.uri(user)))
                        .build()) {
            assertThatThrownBy(() -> client.get(HttpRequest.get(URI.create("https://target.invalid/x"))))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("the proxy 127.0.0.1:")
                    .hasMessageContaining("refused the way to target.invalid:443: " + why)
                    .hasMessageNotContaining(SECRET)
                    .hasMessageNotContaining("dXNlc");
        }
    }

    @Test
    void aProxyThatIsNoneOrHangsUpIsSaidToBeThat() throws Exception {
        try (ScriptedServer none = ScriptedServer.start(peer -> {
                    peer.read();
                    peer.write("220 mail.example ESMTP\r\n");
                    peer.awaitEnd();
                });
                ScriptedServer gone = ScriptedServer.start(Peer::read);
                HttpClient client = HttpClient.builder()
                        .insecure()
                        .proxies(Proxies.all(none.uri("")))
                        .build();
                HttpClient other = HttpClient.builder()
                        .insecure()
                        .proxies(Proxies.all(gone.uri("")))
                        .build()) {
            HttpRequest request = HttpRequest.get(URI.create("https://target.invalid/"));
            assertThatThrownBy(() -> client.get(request)).hasMessageContaining("does not answer as one");
            assertThatThrownBy(() -> other.get(request)).hasMessageContaining("hung up");
        }
    }

    @Test
    void aProxyThatAnnouncesForEverHoldsNobodyUp() throws Exception {
        byte[] announcements = "HTTP/1.1 100 Continue\r\n\r\n".repeat(1000).getBytes(US_ASCII);
        try (ScriptedServer proxy = ScriptedServer.start(peer -> {
                    peer.read();
                    while (true) {
                        peer.write(announcements);
                    }
                });
                HttpClient client = HttpClient.builder()
                        .insecure()
                        .proxies(Proxies.all(proxy.uri("")))
                        .build()) {
            assertThatThrownBy(() -> client.get(HttpRequest.get(URI.create("https://target.invalid/"))))
                    .isInstanceOf(HttpException.Unreachable.class)
                    .hasMessageContaining("more than 32 interim responses");
        }
    }

    private static boolean proxied(String except, String url) {
        URI proxy = URI.create("http://proxy:3128");
        URI target = URI.create(url);
        String host = target.getHost();
        return Proxies.of(proxy, proxy, except)
                        .find(
                                target.getScheme().equals("https"),
                                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                                target.getPort() < 0 ? 80 : target.getPort())
                != null;
    }

    @Test
    void exceptionsAreNamesAddressesAndRanges() {
        String except = "example.com, .sub.org *.star.net,only:81,10.1.0.0/16,192.168.1.7,fd00::/8,[::1]:99,bad/x,"
                + "::ffff:172.16.0.0/108";
        for (String straight : new String[] {
            "http://example.com",
            "http://EXAMPLE.com:77",
            "http://a.b.example.com",
            "http://x.sub.org",
            "http://sub.org",
            "http://q.star.net",
            "http://only:81",
            "http://10.1.255.1",
            "http://192.168.1.7",
            "http://[fd12::1]",
            "http://172.31.0.1",
            "http://[::ffff:172.31.0.1]",
            "http://[::1]:99"
        }) {
            assertThat(proxied(except, straight)).as(straight).isFalse();
        }
        for (String through : new String[] {
            "http://badexample.com",
            "http://example.com.org",
            "http://only:82",
            "http://10.2.0.1",
            "http://172.32.0.1",
            "http://192.168.1.70",
            "http://[fe80::1]",
            "http://[::1]:98",
            "http://10.1.example.org"
        }) {
            assertThat(proxied(except, through)).as(through).isTrue();
        }
        assertThat(proxied("*", "https://any.where")).isFalse();
        assertThat(proxied("", "https://any.where")).isTrue();
    }

    @Test
    void schemesHaveProxiesOfTheirOwnAndNoneIsShown() {
        Proxies proxies = Proxies.of(null, URI.create("http://me:" + SECRET + "@[::1]:3128"), "");
        assertThat(proxies.find(false, "a", 80)).isNull();
        assertThat(proxies.find(true, "a", 443)).hasToString("[::1]:3128");
        assertThat(proxies.toString()).doesNotContain(SECRET).doesNotContain("me");
        assertThatThrownBy(() -> Proxies.all(URI.create("socks5://me:" + SECRET + "@host")))
                .hasMessageContaining("socks5://host")
                .hasMessageNotContaining(SECRET);
    }
}
