package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.Clients;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** An engine and a client for it, for tests that ask much. */
final class Engine implements AutoCloseable {
    static final String JSON = "application/json";
    static final String XML = "application/xml";

    final SimOvirt cloud;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String[] login;

    Engine(SimOptions options, LongSupplier nanos) {
        this.cloud = SimOvirt.start(options, nanos);
        this.login = Clients.basic(cloud).split(": ", 2);
    }

    Engine(SimOptions options) {
        this(options, System::nanoTime);
    }

    HttpResponse<String> send(String method, String path, String accept, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(cloud.url() + "/" + path))
                .header(login[0], login[1])
                .header("Accept", accept)
                .header("Content-Type", body.startsWith("{") ? JSON : XML)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The body of a good answer to a request in JSON, as texts by their paths. */
    Map<String, String> ask(int status, String method, String path, String body, String... headers) {
        HttpResponse<String> response = send(method, path, JSON, body, headers);
        assertThat(response.statusCode())
                .as(method + " " + path + ": " + response.body())
                .isEqualTo(status);
        return response.body().isEmpty() ? Map.of() : Json.texts(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** A token, as the single sign-on gives it. */
    String token() {
        String form = "grant_type=password&scope=ovirt-app-api&username=admin%40internal&password=secret";
        HttpResponse<String> response = Clients.send(
                "POST",
                cloud.uri().resolve("/ovirt-engine/sso/oauth/token"),
                form,
                "Accept",
                JSON,
                "Content-Type",
                "application/x-www-form-urlencoded");
        return Json.texts(response.body().getBytes(StandardCharsets.UTF_8)).get("access_token");
    }

    Map<String, String> get(String path) {
        return ask(200, "GET", path, "");
    }

    /** A column of a list, such as the ids of {@code vm}. */
    static List<String> column(Map<String, String> list, String tag, String field) {
        List<String> column = new ArrayList<>();
        for (int i = 0; list.containsKey(tag + "." + i + ".id"); i++) {
            column.add(list.getOrDefault(tag + "." + i + "." + field, ""));
        }
        return column;
    }

    @Override
    public void close() {
        client.close();
        cloud.close();
    }
}
