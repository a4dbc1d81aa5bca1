package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.openstack.Project.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The network service: everything at once unless a limit is given, and links both ways when it is. */
final class Neutron {
    static final String PATH = "/network";

    private static final String JSON = "application/json";
    private static final Set<String> NO_FILTERS =
            Set.of("limit", "marker", "page_reverse", "fields", "sort_key", "sort_dir");

    /** How the service calls one of a kind when it is not there. */
    private static final Map<String, String> ONE = Map.of(
            "networks", "Network",
            "subnets", "Subnet",
            "ports", "Port",
            "floatingips", "Floating IP",
            "routers", "Router",
            "security-groups", "Security group");

    private final Project project;

    Neutron(Project project) {
        this.project = project;
    }

    static boolean needsToken(String path) {
        return path.startsWith("/v2.0/") && path.length() > 6;
    }

    SimReply answer(SimRequest request, String path) {
        if (!needsToken(path)) {
            return json(
                    200,
                    object(
                            "versions",
                            List.of(object(
                                    "id",
                                    "v2.0",
                                    "status",
                                    "CURRENT",
                                    "links",
                                    List.of(object("rel", "self", "href", request.origin() + PATH + "/v2.0/"))))));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return error(405, "HTTPMethodNotAllowed", "The method is not allowed for this resource.");
        }
        String below = path.substring(6);
        String[] parts = (below.endsWith(".json") ? below.substring(0, below.length() - 5) : below).split("/", -1);
        if (parts[0].equals("extensions")) {
            return json(200, object("extensions", List.of()));
        }
        List<Item> items = project.network.get(parts[0]);
        if (items == null) {
            return error(404, "HTTPNotFound", "The resource could not be found.");
        }
        return parts.length == 1 ? list(request, parts[0], items) : one(request, parts[0], items, parts[1]);
    }

    private static SimReply one(SimRequest request, String kind, List<Item> items, String id) {
        for (Item item : items) {
            if (item.id().equals(id)) {
                String name = kind.substring(0, kind.length() - 1).replace('-', '_');
                return json(200, object(name, fields(item, request.query())));
            }
        }
        return notFound(kind, id);
    }

    private static SimReply list(SimRequest request, String kind, List<Item> items) {
        Map<String, List<String>> query = request.query();
        List<Item> found = new ArrayList<>();
        for (String filter : query.keySet()) {
            if (!NO_FILTERS.contains(filter)
                    && !items.isEmpty()
                    && !items.getFirst().json().containsKey(filter)) {
                return error(400, "HTTPBadRequest", "['" + filter + "'] is invalid attribute for filtering");
            }
        }
        for (Item item : items) {
            if (query.entrySet().stream()
                    .allMatch(filter -> NO_FILTERS.contains(filter.getKey())
                            || matches(item.json().get(filter.getKey()), filter.getValue()))) {
                found.add(item);
            }
        }
        Page.sort(found, query, (item, key) -> String.valueOf(item.json().get(key)));
        String asked = SimRequest.first(query, "limit");
        int limit = asked == null ? 0 : Page.number(asked);
        if (limit < 0) {
            return error(
                    400,
                    "BadRequest",
                    "Bad limit request: Limit must be an integer 0 or greater and not '" + asked + "'.");
        }
        String marker = SimRequest.first(query, "marker");
        int after = Page.after(found, marker, Item::id);
        if (after < 0) {
            return notFound(kind, String.valueOf(marker));
        }
        boolean reverse = "true".equalsIgnoreCase(SimRequest.first(query, "page_reverse"));
        List<Item> page = page(found, after, limit, reverse, marker != null);
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (Item item : page) {
            shown.add(fields(item, query));
        }
        String name = kind.replace('-', '_');
        Map<String, @Nullable Object> body = object(name, shown);
        if (limit > 0) {
            body.put(name + "_links", links(request, query, page, limit, reverse));
        }
        return json(200, body).found(page.size(), 0);
    }

    private static List<Item> page(List<Item> found, int after, int limit, boolean reverse, boolean marked) {
        if (limit == 0) {
            return found.subList(after, found.size());
        }
        if (!reverse) {
            return found.subList(after, Math.min(found.size(), after + limit));
        }
        // Backwards without a marker are the last ones, in the usual order all the same.
        int to = marked ? after - 1 : found.size();
        return found.subList(Math.max(0, to - limit), to);
    }

    /** There is a link back on every page that was asked for forwards, even on the first and on an empty one. */
    private static List<Map<String, @Nullable Object>> links(
            SimRequest request, Map<String, List<String>> query, List<Item> page, int limit, boolean reverse) {
        List<Map<String, @Nullable Object>> links = new ArrayList<>();
        boolean full = page.size() >= limit;
        if (full || reverse) {
            links.add(link(
                    request,
                    query,
                    "next",
                    page.isEmpty() ? null : page.getLast().id()));
        }
        if (full || !reverse) {
            links.add(link(
                    request,
                    query,
                    "previous",
                    page.isEmpty() ? null : page.getFirst().id()));
        }
        return links;
    }

    private static Map<String, @Nullable Object> link(
            SimRequest request, Map<String, List<String>> query, String rel, @Nullable String marker) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        changes.put("marker", marker);
        changes.put("page_reverse", rel.equals("previous") ? "True" : null);
        return object("rel", rel, "href", request.origin() + request.path() + "?" + Page.query(query, changes));
    }

    private static boolean matches(@Nullable Object value, List<String> wanted) {
        if (value instanceof List<?> list) {
            // Lists of addresses are filtered by one of their parts: fixed_ips=ip_address=10.0.0.1.
            return wanted.stream()
                    .anyMatch(want -> list.stream()
                            .anyMatch(one ->
                                    String.valueOf(one).matches(".*\\b" + Pattern.quote(want) + "(?![\\w.]).*")));
        }
        String text = String.valueOf(value);
        return wanted.stream()
                .anyMatch(want ->
                        value instanceof Boolean ? want.toLowerCase(Locale.ROOT).equals(text) : want.equals(text));
    }

    private static Map<String, @Nullable Object> fields(Item item, Map<String, List<String>> query) {
        List<String> names = query.get("fields");
        if (names == null) {
            return item.json();
        }
        Map<String, @Nullable Object> some = new LinkedHashMap<>();
        item.json().forEach((name, value) -> {
            if (names.contains(name)) {
                some.put(name, value);
            }
        });
        return some;
    }

    private static SimReply notFound(String kind, String id) {
        String one = ONE.getOrDefault(kind, "Resource");
        StringBuilder type = new StringBuilder();
        for (String word : one.split(" ", -1)) {
            type.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return error(404, type + "NotFound", one + " " + id + " could not be found.");
    }

    private static SimReply json(int status, Map<String, @Nullable Object> body) {
        return SimReply.of(status, JSON, Json.bytes(body));
    }

    private static SimReply error(int status, String type, String message) {
        return json(status, object("NeutronError", object("type", type, "message", message, "detail", "")));
    }
}
