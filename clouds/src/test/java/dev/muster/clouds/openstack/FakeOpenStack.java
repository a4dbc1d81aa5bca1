package dev.muster.clouds.openstack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.core.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A server that answers what a test tells it to: for what no well-behaved cloud does on demand. */
final class FakeOpenStack implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Function<Map<String, String>, Answer>> answers = new ConcurrentHashMap<>();

    /** Tokens that services take. */
    final Map<String, Boolean> tokens = new ConcurrentHashMap<>();

    /** How often somebody tried to log in. */
    final AtomicInteger logIns = new AtomicInteger();

    /** Method and target of everything asked. */
    final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

    /** Bodies of log-ins. */
    final ConcurrentLinkedQueue<String> bodies = new ConcurrentLinkedQueue<>();

    /** What is added to the token's body beside its expiry and catalog. */
    volatile String scope = "\"project\": {\"id\": \"p1\", \"name\": \"demo\"},";

    volatile String expires = "2099-01-01T00:00:00.000000Z";

    volatile List<String> services = List.of("compute", "image", "network");

    record Answer(int status, String type, String body, Map<String, String> headers) {
        static Answer json(int status, String body) {
            return new Answer(status, "application/json", body, Map.of());
        }
    }

    FakeOpenStack() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        answer("POST /identity/v3/auth/tokens", query -> token());
    }

    /** Answers a method and path, by the query's parameters. */
    FakeOpenStack answer(String request, Function<Map<String, String>, Answer> how) {
        answers.put(request, how);
        return this;
    }

    /** Answers a method and path always the same. */
    FakeOpenStack answer(String request, Answer answer) {
        return answer(request, query -> answer);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    Settings settings(String key, Object value) {
        return settings().with(key, value);
    }

    Settings settings() {
        return Settings.of(
                "fake",
                "openstack",
                "a test",
                Map.of(
                        "auth",
                        Map.of(
                                "auth_url",
                                url() + "/identity",
                                "username",
                                "demo",
                                "password",
                                "demo-s3cret",
                                "project_name",
                                "demo")));
    }

    /** A log-in that is granted: a new token each time. */
    Answer token() {
        String token = "token-" + logIns.incrementAndGet();
        tokens.put(token, true);
        String catalog = services.stream()
                .map(type ->
                        "{\"type\": \"%s\", \"endpoints\": [{\"interface\": \"public\", \"region_id\": \"One\", \"url\": \"%s/%s\"}]}"
                                .formatted(type, url(), type))
                .collect(Collectors.joining(","));
        return new Answer(
                201,
                "application/json",
                "{\"token\": {%s \"expires_at\": \"%s\", \"catalog\": [%s]}}".formatted(scope, expires, catalog),
                Map.of("X-Subject-Token", token));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            requests.add(method + ' ' + exchange.getRequestURI());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer;
            if (path.startsWith("/identity")) {
                bodies.add(body);
                answer = known(method, path, Map.of());
            } else if (!tokens.containsKey(
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-Auth-Token")))) {
                answer = Answer.json(
                        401, "{\"error\": {\"code\": 401, \"message\": \"The request requires authentication.\"}}");
            } else {
                answer = known(method, path, query(exchange.getRequestURI().getRawQuery()));
            }
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer known(String method, String path, Map<String, String> query) {
        Function<Map<String, String>, Answer> how = answers.get(method + ' ' + path);
        return how == null ? new Answer(404, "text/html", "<title>404 Not Found</title>", Map.of()) : how.apply(query);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
