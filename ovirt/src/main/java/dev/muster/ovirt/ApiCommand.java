package dev.muster.ovirt;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Cloud;
import dev.muster.core.CloudCommand;
import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import dev.muster.http.HttpResponse;
import dev.muster.ovirt.ApiModel.Operation;
import dev.muster.ovirt.ApiModel.Place;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;

/**
 * Any operation of the API by its path: {@code vms list}, {@code vms/ID/start}, {@code vms/ID nics add}. Parameters are checked
 * against the model before anything is sent; what belongs into the body may be given by field, as {@code --cluster.name Default},
 * or whole, as {@code --vm '{…}'}.
 */
final class ApiCommand {
    static final CloudCommand COMMAND = new CloudCommand(
            "",
            "PATH [OPERATION] [--PARAMETER VALUE]…",
            "Any operation of the API; a path alone is read, a path that ends in an action is done",
            List.of(
                    "muster ovirt vms list --search status=up --max 10",
                    "muster ovirt vms/ID nics",
                    "muster ovirt vms add --name web01 --cluster.name Default --template.name Blank",
                    "muster ovirt vms/ID start --use_cloud_init",
                    "muster ovirt vms/ID help  what can be done there"),
            (cloud, typed, measured) -> call(cloud, typed));

    /** Parameters that every operation takes. */
    private static final List<String> OF_ALL =
            List.of("filter", "all_content", "correlation_id", "case_sensitive", "follow");

    private ApiCommand() {}

    private static Call<?> call(Cloud cloud, CloudCommand.Typed typed) {
        ApiModel model = ApiModel.get();
        Place place = model.root();
        StringBuilder path = new StringBuilder();
        List<String> segments = new ArrayList<>();
        typed.words()
                .forEach(word -> List.of(word.split("/", -1)).forEach(part -> {
                    if (!part.isEmpty()) {
                        segments.add(part);
                    }
                }));
        Operation operation = null;
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            boolean last = i == segments.size() - 1;
            if (last && segment.equals("help")) {
                return help(path.toString(), place);
            }
            Operation found = last ? place.operation(segment.replace("_", "")) : null;
            operation = found == null && last ? place.operation(segment) : found;
            if (operation != null) {
                break;
            }
            Place next = model.below(place, segment);
            if (next == null) {
                throw rejected("nothing is called '" + segment + "' at " + shown(path) + "; there "
                        + (place.segments().isEmpty()
                                ? "is nothing below"
                                : "are " + String.join(", ", place.segments()))
                        + ", and operations " + names(place));
            }
            path.append('/').append(encoded(segment));
            place = next;
        }
        if (operation == null) {
            operation = place.operation("list") == null ? place.operation("get") : place.operation("list");
        }
        if (operation == null) {
            throw rejected(shown(path) + " cannot be read; its operations are " + names(place));
        }
        return request(cloud, path.toString(), operation, typed.options());
    }

    private static Call<?> request(Cloud cloud, String path, Operation operation, Map<String, String> options) {
        ApiRequest request = ApiRequest.of(
                        operation.method(), "", operation.action() ? path + '/' + operation.name() : path)
                .header("Accept", "application/json");
        Map<String, Object> body = new LinkedHashMap<>();
        boolean bodied = operation.method().equals("POST") || operation.method().equals("PUT");
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey().replace('-', '_');
            boolean known = operation.parameters().containsKey(name);
            if (bodied && known && name.equals(operation.body())) {
                body.put("", whole(option.getKey(), option.getValue()));
            } else if (bodied
                    && (operation.action() ? known || name.contains(".") : !known && !OF_ALL.contains(name))) {
                put(body, name, option.getValue());
            } else if (known || OF_ALL.contains(name)) {
                request = request.query(name, option.getValue());
            } else {
                throw rejected("'" + operation.name() + "' of " + path + " has no parameter '" + name + "'; it has "
                        + String.join(", ", new TreeMap<>(operation.parameters()).keySet()));
            }
        }
        if (bodied) {
            Object whole = body.getOrDefault("", body);
            request = request.json(Json.bytes(out -> Json.write(out, whole)));
        }
        return cloud.endpoint().call(request, ApiCommand::read);
    }

    /** An action's or a removal's answer may have no body: it is an empty object then. */
    private static Object read(HttpResponse response) {
        ResponseReader<Object> json =
                ResponseReader.json(in -> Objects.requireNonNullElse(in.value(), Map.<String, Object>of()));
        return response.body().length == 0 ? Map.of() : listed(json.read(response));
    }

    /** A list's rows without the name around them, which says no more than the path. */
    private static Object listed(Object answer) {
        if (!(answer instanceof Map<?, ?> map)) {
            return answer;
        }
        Object only = map.size() == 1 ? map.values().iterator().next() : null;
        return only instanceof List<?> list ? list : answer;
    }

    /** What can be done at a place, a line an operation. */
    private static Call<List<Map<String, Object>>> help(String path, Place place) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Operation operation : place.operations()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("operation", operation.name());
            line.put("request", operation.method() + ' ' + path + (operation.action() ? '/' + operation.name() : ""));
            line.put("parameters", String.join(" ", operation.parameters().keySet()));
            lines.add(line);
        }
        for (String segment : place.segments()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("operation", "/" + segment);
            line.put("request", "…");
            line.put("parameters", "");
            lines.add(line);
        }
        return () -> Pending.of(lines);
    }

    @SuppressWarnings("unchecked") // what is put here is put here alone
    private static void put(Map<String, Object> body, String name, String value) {
        Map<String, Object> at = body;
        String[] steps = name.split("\\.", -1);
        for (int i = 0; i < steps.length - 1; i++) {
            Object below = at.computeIfAbsent(steps[i], step -> new LinkedHashMap<String, Object>());
            if (!(below instanceof Map<?, ?>)) {
                throw rejected("--" + name + ": " + steps[i] + " was given a value of its own");
            }
            at = (Map<String, Object>) below;
        }
        at.put(steps[steps.length - 1], value.startsWith("{") || value.startsWith("[") ? whole(name, value) : value);
    }

    private static Object whole(String name, String json) {
        try {
            try (JsonReader in = JsonReader.of(json)) {
                Object value = in.value();
                return value == null ? Map.of() : value;
            }
        } catch (MusterException | JacksonException e) {
            throw rejected("--" + name + " is not JSON: " + e.getMessage());
        }
    }

    private static String names(Place place) {
        return String.join(
                ", ", place.operations().stream().map(Operation::name).toList());
    }

    private static String shown(CharSequence path) {
        return path.isEmpty() ? "the root" : path.toString();
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static MusterException rejected(String message) {
        return new MusterException.Rejected(null, message);
    }
}
