package dev.muster.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.TlsEngines;
import dev.muster.http.TlsProvider;
import dev.muster.http.TlsSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final FaultReader NO_FAULTS = response -> null;

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
            try (HttpClient client = settings.http(NO_FAULTS)) {
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
        for (String rate : List.of("0", "fast", "50/", "50/d", "/s", "50/0s", "-5", "5000000000")) {
            wrong(Map.of("rate", rate), "'rate' must be requests per time, as 50/s");
        }
        wrong(
                Map.of("tls", "openssl"),
                "'tls' must be one of [jdk]; openssl is there where the library muster-openssl is");
        wrong(Map.of("hedge", "sometimes"), "'hedge' must be true or false");
        wrong(Map.of("single_flight", "sometimes"), "'single_flight' must be true or false");
        wrong(Map.of("key", "/hush/key.pem"), "'cert' is missing");
        wrong(Map.of("cert", "/none/cert.pem", "key", "/none/key.pem"), "no such file of certificates");
        wrong(Map.of("cert", "/none/cert.p12", "cert_password", "hush"), "no such file: /none/cert.p12");
    }

    /** As a library may bring it that sets one itself: there is no name that settings could ask for it by. */
    public static final class Nameless implements TlsProvider {
        @Override
        public TlsEngines engines(TlsSettings settings) {
            throw new AssertionError("nobody asked for it");
        }
    }

    private static void wrong(Map<String, ?> values, String why) {
        assertThatThrownBy(() -> settings(values).http(NO_FAULTS))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("hush");
    }

    @Test
    void noRetriesIsASettingToo() {
        settings(Map.of("retries", 0)).http(NO_FAULTS).close();
    }

    @Test
    void noMoreThanThePublishedLimitIsAsked() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> answer(server, asked));
            CompletableFuture<HttpResponse> beyond;
            try (HttpClient client = settings(Map.of("rate", "1/h")).http(NO_FAULTS)) {
                HttpRequest request = HttpRequest.get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
                CompletableFuture<HttpResponse> first = client.start(request);
                beyond = client.start(request);
                assertThat(first.get().text()).isEqualTo("ok");
            }
            assertThatThrownBy(beyond::get).hasCauseInstanceOf(HttpException.Closed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50", "50/s", "50 / s", "600/min", "100/10s", "5000/h"})
    void aRateIsSomeRequestsPerSomeTime(String rate) {
        settings(Map.of("rate", rate)).http(NO_FAULTS).close();
        settings(Map.of("rate", 50)).http(NO_FAULTS).close();
    }

    @Test
    void equalRequestsShareAnAnswerWhereThatIsSet() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpClient client =
                        settings(Map.of("single_flight", true, "hedge", true)).http(NO_FAULTS)) {
            HttpRequest request = HttpRequest.get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"));
            CompletableFuture<HttpResponse> first = client.start(request);
            CompletableFuture<HttpResponse> second = client.start(request);
            // The engine knows of both.
            assertThat(client.limits()).hasSize(1);
            Thread.ofVirtual().start(() -> answer(server, "200 OK", "once"));
            assertThat(first.get().text()).isEqualTo("once");
            assertThat(second.get().text()).isEqualTo("once");
            assertThat(second.get().timing().sends()).isZero();
        }
    }

    @Test
    void whatACloudCallsAThrottleIsAskedAgain() throws Exception {
        FaultReader busy = new FaultReader() {
            @Override
            public String message(HttpResponse response) {
                return response.text();
            }

            @Override
            public boolean throttles(HttpResponse response) {
                return response.text().equals("busy");
            }
        };
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                HttpClient client = settings(Map.of()).http(busy)) {
            Thread.ofVirtual().start(() -> answer(server, "500 Busy", "busy", "200 OK", "done"));
            HttpResponse response =
                    client.get(HttpRequest.get(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/")));
            assertThat(response.text()).isEqualTo("done");
            assertThat(response.timing().throttles()).isEqualTo(1);
        }
    }

    /** Statuses and bodies of four letters in turn, each for the next request on one connection. */
    private static void answer(ServerSocket server, String... statusesAndBodies) {
        try (Socket socket = server.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int next = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.isEmpty()) {
                    String answer = "HTTP/1.1 " + statusesAndBodies[next++] + "\r\nContent-Length: 4\r\n\r\n"
                            + statusesAndBodies[next++];
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
