package dev.muster.clouds.softlayer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.muster.sim.SimCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A front end that fails with every request for some rows, and hands on the others. */
final class ExtraFailure implements AutoCloseable {
    private static final Pattern LIMIT = Pattern.compile("resultLimit=(\\d+)%2C(\\d+)");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI behind;
    private volatile int from;
    private volatile int rows;

    ExtraFailure(SimCloud cloud, int from, int rows) {
        this.behind = cloud.uri();
        loses(from, rows);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    void loses(int first, int count) {
        from = first;
        rows = count;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rest/v3.1";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String uri = exchange.getRequestURI().toString();
            Matcher limit = LIMIT.matcher(uri);
            byte[] body;
            if (limit.find()
                    && Integer.parseInt(limit.group(1)) < from + rows
                    && Integer.parseInt(limit.group(1)) + Integer.parseInt(limit.group(2)) > from) {
                body = "{\"error\":\"Internal Error\",\"code\":\"SoftLayer_Exception_Public\"}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(500, body.length);
                exchange.getResponseBody().write(body);
                return;
            }
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(behind.getScheme() + "://" + behind.getAuthority() + uri))
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            answer.headers()
                    .firstValue("SoftLayer-Total-Items")
                    .ifPresent(total -> exchange.getResponseHeaders().add("SoftLayer-Total-Items", total));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
            exchange.getResponseBody().write(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
        threads.close();
    }
}
