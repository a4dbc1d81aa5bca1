package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.openstack.Project.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The image service: pages of 25 unless asked otherwise, linked by relative paths, and errors in plain text. */
final class Glance {
    static final String PATH = "/image";

    private static final String JSON = "application/json";
    private static final int PAGE = 25;
    private static final int MOST = 1000;
    private static final Set<String> NO_FILTERS =
            Set.of("limit", "marker", "sort", "sort_key", "sort_dir", "member_status", "os_hidden");

    private final Project project;

    Glance(Project project) {
        this.project = project;
    }

    static boolean needsToken(String path) {
        return path.startsWith("/v2/") && path.length() > 4;
    }

    SimReply answer(SimRequest request, String path) {
        if (!needsToken(path)) {
            return path.startsWith("/v2") || path.isEmpty() || path.equals("/") || path.equals("/versions")
                    ? SimReply.of(path.equals("/versions") ? 200 : 300, JSON, Json.bytes(versions(request)))
                    : text(404, "404 Not Found\n\nThe resource could not be found.\n\n   ");
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return text(405, "405 Method Not Allowed\n\nThe method is not allowed for this resource.\n\n   ");
        }
        if (path.equals("/v2/images")) {
            return images(request);
        }
        if (path.startsWith("/v2/images/")) {
            String id = path.substring(11);
            for (Item image : project.images) {
                if (image.id().equals(id)) {
                    return SimReply.of(200, JSON, Json.bytes(image.json()));
                }
            }
            return text(404, "404 Not Found\n\nNo image found with ID " + id + "\n\n   ");
        }
        return text(404, "404 Not Found\n\nThe resource could not be found.\n\n   ");
    }

    private static Map<String, @Nullable Object> versions(SimRequest request) {
        return object(
                "versions",
                List.of(object(
                        "id",
                        "v2.15",
                        "status",
                        "CURRENT",
                        "links",
                        List.of(object("rel", "self", "href", request.origin() + PATH + "/v2/")))));
    }

    private SimReply images(SimRequest request) {
        Map<String, List<String>> query = request.query();
        List<Item> found = new ArrayList<>();
        for (Item image : project.images) {
            if (query.entrySet().stream()
                    .allMatch(filter -> NO_FILTERS.contains(filter.getKey())
                            || filter.getValue().contains(image.text(filter.getKey())))) {
                found.add(image);
            }
        }
        // Numbers are sorted as such: as texts, the longer is the larger.
        Page.sort(found, query, (item, key) -> {
            Object value = item.json().get(key);
            return value instanceof Number number ? String.format("%020d", number.longValue()) : String.valueOf(value);
        });
        String asked = SimRequest.first(query, "limit");
        int limit = asked == null ? PAGE : Math.min(MOST, Page.number(asked));
        if (limit < 0) {
            return text(400, "400 Bad Request\n\nlimit param must be an integer\n\n   ");
        }
        String marker = SimRequest.first(query, "marker");
        int from = Page.after(found, marker, Item::id);
        if (from < 0) {
            return text(400, "400 Bad Request\n\nInvalid marker. Image could not be found.\n\n   ");
        }
        List<Item> page = found.subList(from, Math.min(found.size(), from + limit));
        Map<String, @Nullable String> first = new LinkedHashMap<>();
        first.put("marker", null);
        String query0 = Page.query(query, first);
        Map<String, @Nullable Object> body = object(
                "images",
                page.stream().map(Item::json).toList(),
                "first",
                "/v2/images" + (query0.isEmpty() ? "" : "?" + query0),
                "schema",
                "/v2/schemas/images");
        // Relative, and there whenever a page is full.
        if (limit > 0 && page.size() == limit) {
            first.put("marker", page.getLast().id());
            body.put("next", "/v2/images?" + Page.query(query, first));
        }
        return SimReply.of(200, JSON, Json.bytes(body)).found(page.size(), 0);
    }

    private static SimReply text(int status, String body) {
        return SimReply.of(status, "text/plain; charset=UTF-8", body);
    }

    static SimReply unauthorized(String origin) {
        return text(
                        401,
                        "401 Unauthorized\n\nThis server could not verify that you are authorized to access the "
                                + "document you requested.\n\n   ")
                .with("WWW-Authenticate", "Keystone uri=\"" + origin + Keystone.PATH + "\"");
    }
}
