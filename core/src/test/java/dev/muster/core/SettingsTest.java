package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static Settings settings(Map<String, ?> values) {
        return Settings.of("prod", "kind", "this test", values);
    }

    private static Environment environment(Map<String, String> variables) {
        return new Environment(variables, Path.of("home"), Path.of("folder"));
    }

    private static Map<String, Object> proxied(Map<String, ?> values, Map<String, String> variables) {
        return settings(values).proxiedBy(environment(variables)).values();
    }

    @Test
    void theEnvironmentNamesProxiesInEitherCaseAndTheSettingsGoBefore() {
        String local = "localhost,127.0.0.0/8,::1";
        assertThat(proxied(Map.of(), Map.of())).isEmpty();
        assertThat(proxied(Map.of(), Map.of("NO_PROXY", "x"))).isEmpty();
        assertThat(proxied(Map.of(), Map.of("HTTPS_PROXY", "a:1", "https_proxy", "b:2", "no_proxy", "x,y")))
                .isEqualTo(Map.of("https_proxy", "b:2", "no_proxy", "x,y," + local));
        assertThat(proxied(Map.of(), Map.of("ALL_PROXY", "a:1", "http_proxy", "b:2")))
                .isEqualTo(Map.of("http_proxy", "b:2", "https_proxy", "a:1", "no_proxy", local));
        assertThat(proxied(Map.of("proxy", "own:3"), Map.of("ALL_PROXY", "a:1")))
                .isEqualTo(Map.of("proxy", "own:3"));
    }

    @Test
    void aClientGoesThroughTheProxyOfTheEnvironment() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer(proxy, asked));
            Settings settings = settings(Map.of())
                    .proxiedBy(environment(Map.of("HTTP_PROXY", "127.0.0.1:" + proxy.getLocalPort())));
            try (HttpClient client = settings.http()) {
                assertThat(client.get(HttpRequest.get(URI.create("http://cloud.invalid/v3")))
                                .text())
                        .isEqualTo("ok");
            }
            assertThat(asked.get()).isEqualTo("GET http://cloud.invalid/v3 HTTP/1.1");
        }
    }

    private static void answer(ServerSocket proxy, CompletableFuture<String> asked) {
        try (Socket socket = proxy.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            asked.complete(in.readLine());
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1));
            while (in.readLine() != null) {
                // Until the client has closed.
            }
        } catch (IOException e) {
            asked.completeExceptionally(e);
        }
    }

    @Test
    void whatIsWrongIsSaidWithoutItsValue() {
        wrong(Map.of("proxy", "socks5://me:hush@host:1"), "'proxy' must be http://host:port");
        wrong(Map.of("https_proxy", "http://me:hu sh@host"), "'https_proxy' must be");
        wrong(Map.of("retries", -1), "'retries' must be a whole number from 0 up");
        wrong(Map.of("key", "/hush/key.pem"), "'cert' is missing");
        wrong(Map.of("cert", "/none/cert.pem", "key", "/none/key.pem"), "no such file of certificates");
        wrong(Map.of("cert", "/none/cert.p12", "cert_password", "hush"), "no such file: /none/cert.p12");
    }

    private static void wrong(Map<String, ?> values, String why) {
        assertThatThrownBy(() -> settings(values).http())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("hush");
    }

    @Test
    void noRetriesIsASettingToo() {
        settings(Map.of("retries", 0)).http().close();
    }
}
