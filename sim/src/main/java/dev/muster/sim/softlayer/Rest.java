package dev.muster.sim.softlayer;

import static dev.muster.sim.internal.Json.object;
import static dev.muster.sim.internal.SimRequest.first;

import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** {@code /rest/v3.1/<Service>[/<id>][/<method>][.json]}. */
final class Rest {
    static final String PATH = "/rest/v3.1";

    private final Services services;
    private final Users users;

    Rest(Services services, Users users) {
        this.services = services;
        this.users = users;
    }

    SimReply answer(SimRequest request, String below) {
        try {
            users.check(request);
            Services.Answer answer = services.answer(question(request, below));
            SimReply reply = SimReply.of(200, "application/json", Json.bytes(answer.value()))
                    .with("Vary", "Accept-Encoding")
                    .found(answer.rows(), answer.links());
            return answer.total() < 0 ? reply : reply.with("SoftLayer-Total-Items", Integer.toString(answer.total()));
        } catch (Fault fault) {
            return reply(fault);
        }
    }

    static SimReply reply(Fault fault) {
        return SimReply.of(
                fault.status, "application/json", Json.bytes(object("error", fault.getMessage(), "code", fault.code)));
    }

    private static Services.Question question(SimRequest request, String below) {
        String path = below.replaceFirst("\\.(json|xml|txt)$", "");
        if (!path.equals(below) && !below.endsWith(".json")) {
            throw new Fault(500, "SoftLayer_Exception_NotImplemented", "Only JSON is spoken here.");
        }
        List<String> steps = new ArrayList<>(List.of(path.split("/", -1)));
        steps.removeIf(String::isEmpty);
        if (steps.isEmpty()) {
            throw new Fault(404, "SoftLayer_Exception_NotFound", "No service is named.");
        }
        boolean bodied = request.body().length > 0;
        if (!request.method().equals("GET") && !request.method().equals("POST")) {
            throw new Fault(500, "SoftLayer_Exception_NotImplemented", "This account is only to be looked at.");
        }
        List<?> parameters = List.of();
        if (bodied && tree(request.body()) instanceof Map<?, ?> map && map.get("parameters") instanceof List<?> list) {
            parameters = list;
        }
        Map<String, List<String>> query = request.query();
        String limit = first(query, "resultLimit");
        int comma = limit == null ? -1 : limit.indexOf(',');
        return new Services.Question(
                steps.removeFirst(),
                steps,
                parameters,
                first(query, "objectMask"),
                filter(first(query, "objectFilter")),
                comma < 0 ? 0 : number(limit == null ? "" : limit.substring(0, comma)),
                limit == null ? 0 : number(limit.substring(comma + 1)),
                "true".equals(request.header("SoftLayer-Include-Types")));
    }

    private static int number(String text) {
        return text.strip().matches("\\d{1,9}") ? Integer.parseInt(text.strip()) : 0;
    }

    /** What is no JSON is ignored, as the service ignores it. */
    private static @Nullable Map<?, ?> filter(@Nullable String json) {
        if (json == null) {
            return null;
        }
        try {
            return Json.tree(json.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map ? map : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable Object tree(byte[] body) {
        try {
            return Json.tree(body);
        } catch (JacksonException e) {
            throw new Fault(400, "SoftLayer_Exception_WebService_BadRequest", "The body is no JSON.");
        }
    }
}
