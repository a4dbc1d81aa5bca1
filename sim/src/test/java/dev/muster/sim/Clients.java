package dev.muster.sim;

import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tests of several clouds ask in the same way. */
public final class Clients {
    private static final Pattern VM = Pattern.compile("<vm href=\"[^\"]*\" id=\"([^\"]*)\">");

    private Clients() {}

    /** The header with which a cloud's user logs in by name and password. */
    public static String basic(SimCloud cloud) {
        String credentials = cloud.login().user() + ":" + cloud.login().password();
        return "Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    /** The ids of an engine's machines, in order. */
    public static List<String> ids(SimOvirt cloud) throws IOException {
        List<String> ids = new ArrayList<>();
        try (Wire wire = new Wire(cloud.address())) {
            wire.send(Wire.get("/ovirt-engine/api/vms", basic(cloud)));
            Matcher matcher = VM.matcher(wire.read().body());
            while (matcher.find()) {
                ids.add(matcher.group(1));
            }
        }
        return ids;
    }

    /** Sends one request and waits; headers as names and values by turns. */
    public static HttpResponse<String> send(String method, URI uri, String body, String... headers) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .method(
                            method,
                            body.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
