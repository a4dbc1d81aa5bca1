package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.openstack.Project.Address;
import dev.muster.sim.openstack.Project.Flavor;
import dev.muster.sim.openstack.Project.Server;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The compute service, microversions 2.1 to 2.93. */
final class Nova {
    static final String PATH = "/compute";

    private static final String JSON = "application/json";
    private static final int NEWEST = 93;
    private static final int MOST = 1000;
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)");

    private final Project project;

    Nova(Project project) {
        this.project = project;
    }

    static boolean needsToken(String path) {
        return path.startsWith("/v2.1/") && path.length() > 6;
    }

    SimReply answer(SimRequest request, String path) {
        if (path.isEmpty() || path.equals("/")) {
            return json(200, object("versions", List.of(version(request))));
        }
        if (path.equals("/v2.1") || path.equals("/v2.1/")) {
            return json(200, object("version", version(request)));
        }
        String asked = askedVersion(request);
        Matcher matcher = VERSION.matcher(asked);
        if (!matcher.matches()) {
            return error(
                    400,
                    "badRequest",
                    "API Version String " + asked + " is of invalid format. Must be of format MajorNum.MinorNum.");
        }
        int minor = matcher.group(1).equals("2") ? Page.number(matcher.group(2)) : Integer.MAX_VALUE;
        if (minor < 1 || minor > NEWEST) {
            return error(
                    406,
                    "computeFault",
                    "Version " + asked + " is not supported by the API. Minimum is 2.1 and maximum is 2." + NEWEST
                            + ".");
        }
        return route(request, path.substring(5), minor)
                .with("OpenStack-API-Version", "compute 2." + minor)
                .with("X-OpenStack-Nova-API-Version", "2." + minor)
                .with("Vary", "OpenStack-API-Version, X-OpenStack-Nova-API-Version");
    }

    private static String askedVersion(SimRequest request) {
        String header = request.header("OpenStack-API-Version");
        String asked = header != null && header.startsWith("compute ")
                ? header.substring(8).strip()
                : request.header("X-OpenStack-Nova-API-Version");
        return asked == null ? "2.1" : asked.equals("latest") ? "2." + NEWEST : asked;
    }

    private static Map<String, @Nullable Object> version(SimRequest request) {
        return object(
                "id",
                "v2.1",
                "status",
                "CURRENT",
                "version",
                "2." + NEWEST,
                "min_version",
                "2.1",
                "updated",
                "2013-07-23T11:33:21Z",
                "links",
                List.of(object("rel", "self", "href", request.origin() + PATH + "/v2.1/")),
                "media-types",
                List.of(object("base", JSON, "type", "application/vnd.openstack.compute+json;version=2.1")));
    }

    private SimReply route(SimRequest request, String path, int minor) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return SimReply.of(404, "text/plain; charset=UTF-8", "404 Not Found\n\nThe resource could not be found.\n");
        }
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts[0] + (parts.length == 1 ? "" : parts[1].equals("detail") ? "/detail" : "/id")) {
            case "servers" -> servers(request, minor, false);
            case "servers/detail" -> servers(request, minor, true);
            case "servers/id" -> server(request, parts[1], minor);
            case "flavors" -> flavors(request, minor, false);
            case "flavors/detail" -> flavors(request, minor, true);
            case "flavors/id" -> flavor(request, parts[1], minor);
            case "limits" ->
                json(200, object("limits", object("rate", List.of(), "absolute", object("maxTotalInstances", -1))));
            case "os-availability-zone" ->
                json(
                        200,
                        object(
                                "availabilityZoneInfo",
                                List.of(object(
                                        "zoneName", "nova", "zoneState", object("available", true), "hosts", null))));
            case "os-keypairs" -> keypairs(minor);
            case "extensions" -> json(200, object("extensions", List.of()));
            default ->
                SimReply.of(404, "text/plain; charset=UTF-8", "404 Not Found\n\nThe resource could not be found.\n");
        };
    }

    /** The user's own keys, each wrapped once more than anything else that Nova lists. */
    private SimReply keypairs(int minor) {
        List<Map<String, @Nullable Object>> keypairs = new ArrayList<>();
        for (String name : List.of("laptop", "workstation")) {
            Map<String, @Nullable Object> keypair = object(
                    "name",
                    name,
                    "public_key",
                    "ssh-ed25519 " + project.invented.id("key " + name, 0) + " " + name,
                    "fingerprint",
                    project.invented
                            .id("fingerprint " + name, 0)
                            .replace("-", "")
                            .replaceAll("(..)(?=.)", "$1:"));
            if (minor >= 2) {
                keypair.put("type", "ssh");
            }
            keypairs.add(object("keypair", keypair));
        }
        return json(200, object("keypairs", keypairs));
    }

    private SimReply servers(SimRequest request, int minor, boolean detail) {
        Map<String, List<String>> query = request.query();
        List<Server> found = new ArrayList<>();
        try {
            for (Server server : project.servers) {
                if (matches(server, query)) {
                    found.add(server);
                }
            }
        } catch (PatternSyntaxException e) {
            return error(400, "badRequest", "Invalid input for query parameters name.");
        }
        Page.sort(found, query, (server, key) -> switch (key) {
            case "created_at", "updated_at" -> Project.date(server.created());
            case "display_name" -> server.name();
            default -> server.id();
        });
        int from = Page.after(found, SimRequest.first(query, "marker"), Server::id);
        if (from < 0) {
            return error(400, "badRequest", "marker [" + SimRequest.first(query, "marker") + "] not found");
        }
        int limit = limit(query);
        if (limit < 0) {
            return badLimit(query);
        }
        List<Server> page = found.subList(from, Math.min(found.size(), from + limit));
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (Server server : page) {
            shown.add(
                    detail
                            ? describe(server, request.origin(), minor)
                            : brief(request.origin(), "servers", server.id(), server.name()));
        }
        Map<String, @Nullable Object> body = object("servers", shown);
        // The link is there whenever a page is full, even if nothing follows.
        if (limit > 0 && page.size() == limit) {
            body.put("servers_links", next(request, query, page.getLast().id()));
        }
        // What a server's details hold is kept in other places, and is looked up for each of them.
        return json(200, body).found(page.size(), detail ? page.size() : 0);
    }

    private static int limit(Map<String, List<String>> query) {
        String limit = SimRequest.first(query, "limit");
        return limit == null ? MOST : Math.min(MOST, Page.number(limit));
    }

    private static SimReply badLimit(Map<String, List<String>> query) {
        String limit = SimRequest.first(query, "limit");
        return error(
                400,
                "badRequest",
                "Invalid input for query parameters limit. Value: " + limit + ". '" + limit
                        + "' does not match '^[0-9]*$'");
    }

    private static List<Map<String, @Nullable Object>> next(
            SimRequest request, Map<String, List<String>> query, String marker) {
        Map<String, @Nullable String> changes = new LinkedHashMap<>();
        changes.put("marker", marker);
        return List.of(
                object("rel", "next", "href", request.origin() + request.path() + "?" + Page.query(query, changes)));
    }

    private static boolean matches(Server server, Map<String, List<String>> query) {
        String name = SimRequest.first(query, "name");
        String status = SimRequest.first(query, "status");
        String image = SimRequest.first(query, "image");
        String flavor = SimRequest.first(query, "flavor");
        return (name == null || Pattern.compile(name).matcher(server.name()).find())
                && (status == null || server.status().equalsIgnoreCase(status))
                && (image == null || server.image().equals(image))
                && (flavor == null || server.flavor().id().equals(flavor));
    }

    private SimReply server(SimRequest request, String id, int minor) {
        for (Server server : project.servers) {
            if (server.id().equals(id)) {
                return json(200, object("server", describe(server, request.origin(), minor)));
            }
        }
        return error(404, "itemNotFound", "Instance " + id + " could not be found.");
    }

    private static Map<String, @Nullable Object> brief(String origin, String kind, String id, String name) {
        return object("id", id, "name", name, "links", links(origin, kind, id));
    }

    private static List<Map<String, @Nullable Object>> links(String origin, String kind, String id) {
        return List.of(
                object("rel", "self", "href", origin + PATH + "/v2.1/" + kind + "/" + id),
                object("rel", "bookmark", "href", origin + PATH + "/" + kind + "/" + id));
    }

    private Map<String, @Nullable Object> describe(Server server, String origin, int minor) {
        String created = Project.date(server.created());
        boolean runs = server.status().equals("ACTIVE") || server.status().equals("PAUSED");
        Map<String, @Nullable Object> json = object(
                "id", server.id(),
                "name", server.name(),
                "status", server.status(),
                "tenant_id", project.id,
                "user_id", project.userId,
                "metadata", object("role", server.role()),
                "hostId",
                        project.invented
                                .id("host", server.id().hashCode() % 10)
                                .replace("-", "")
                                .repeat(2)
                                .substring(0, 56),
                "image",
                        object(
                                "id",
                                server.image(),
                                "links",
                                links(origin, "images", server.image()).subList(1, 2)),
                "flavor", flavorOf(server.flavor(), origin, minor),
                "created", created,
                "updated", created,
                "addresses", addresses(server),
                "accessIPv4", "",
                "accessIPv6", "",
                "links", links(origin, "servers", server.id()),
                "OS-DCF:diskConfig", "MANUAL");
        if (server.status().equals("ACTIVE")) {
            json.put("progress", 0);
        }
        json.put("OS-EXT-AZ:availability_zone", "nova");
        json.put("config_drive", "");
        json.put("key_name", null);
        json.put("OS-SRV-USG:launched_at", created.replace("Z", ".000000"));
        json.put("OS-SRV-USG:terminated_at", null);
        json.put("security_groups", List.of(object("name", "default")));
        json.put("OS-EXT-STS:task_state", null);
        json.put(
                "OS-EXT-STS:vm_state",
                server.status().equals("SHUTOFF") ? "stopped" : server.status().toLowerCase(Locale.ROOT));
        json.put("OS-EXT-STS:power_state", runs ? server.status().equals("PAUSED") ? 3 : 1 : 4);
        json.put("os-extended-volumes:volumes_attached", List.of());
        from(9, minor, json, "locked", false);
        from(19, minor, json, "description", null);
        from(26, minor, json, "tags", List.of());
        from(63, minor, json, "trusted_image_certificates", null);
        from(73, minor, json, "locked_reason", null);
        from(90, minor, json, "OS-EXT-SRV-ATTR:hostname", server.name());
        return json;
    }

    private static void from(
            int since, int minor, Map<String, @Nullable Object> json, String name, @Nullable Object value) {
        if (minor >= since) {
            json.put(name, value);
        }
    }

    private static Map<String, @Nullable Object> flavorOf(Flavor flavor, String origin, int minor) {
        if (minor < 47) {
            return object(
                    "id",
                    flavor.id(),
                    "links",
                    links(origin, "flavors", flavor.id()).subList(1, 2));
        }
        // From here on the flavor is embedded, without its id.
        return object(
                "vcpus",
                flavor.vcpus(),
                "ram",
                flavor.ram(),
                "disk",
                flavor.disk(),
                "ephemeral",
                0,
                "swap",
                0,
                "original_name",
                flavor.name(),
                "extra_specs",
                object());
    }

    private static Map<String, @Nullable Object> addresses(Server server) {
        Map<String, List<Map<String, @Nullable Object>>> byNetwork = new LinkedHashMap<>();
        for (Address address : server.addresses()) {
            byNetwork
                    .computeIfAbsent(address.network(), name -> new ArrayList<>())
                    .add(object(
                            "version",
                            4,
                            "addr",
                            address.ip(),
                            "OS-EXT-IPS:type",
                            address.floating() ? "floating" : "fixed",
                            "OS-EXT-IPS-MAC:mac_addr",
                            address.mac()));
        }
        return new LinkedHashMap<>(byNetwork);
    }

    private static SimReply flavors(SimRequest request, int minor, boolean detail) {
        Map<String, List<String>> query = request.query();
        int from = Page.after(Project.FLAVORS, SimRequest.first(query, "marker"), Flavor::id);
        if (from < 0) {
            return error(400, "badRequest", "marker [" + SimRequest.first(query, "marker") + "] not found");
        }
        int limit = limit(query);
        if (limit < 0) {
            return badLimit(query);
        }
        List<Flavor> page = Project.FLAVORS.subList(from, Math.min(Project.FLAVORS.size(), from + limit));
        List<Map<String, @Nullable Object>> shown = new ArrayList<>();
        for (Flavor flavor : page) {
            shown.add(
                    detail
                            ? describe(flavor, request.origin(), minor)
                            : brief(request.origin(), "flavors", flavor.id(), flavor.name()));
        }
        Map<String, @Nullable Object> body = object("flavors", shown);
        if (limit > 0 && page.size() == limit) {
            body.put("flavors_links", next(request, query, page.getLast().id()));
        }
        return json(200, body);
    }

    private static SimReply flavor(SimRequest request, String id, int minor) {
        for (Flavor flavor : Project.FLAVORS) {
            if (flavor.id().equals(id)) {
                return json(200, object("flavor", describe(flavor, request.origin(), minor)));
            }
        }
        return error(404, "itemNotFound", "Flavor " + id + " could not be found.");
    }

    private static Map<String, @Nullable Object> describe(Flavor flavor, String origin, int minor) {
        Map<String, @Nullable Object> json = object(
                "id", flavor.id(),
                "name", flavor.name(),
                "ram", flavor.ram(),
                "disk", flavor.disk(),
                // The number 0 is an empty text here, but for the newest clients.
                "swap", minor < 75 ? "" : 0,
                "OS-FLV-EXT-DATA:ephemeral", 0,
                "OS-FLV-DISABLED:disabled", false,
                "vcpus", flavor.vcpus(),
                "os-flavor-access:is_public", true,
                "rxtx_factor", 1.0,
                "links", links(origin, "flavors", flavor.id()));
        from(55, minor, json, "description", null);
        from(61, minor, json, "extra_specs", object());
        return json;
    }

    private static SimReply json(int status, Map<String, @Nullable Object> body) {
        return SimReply.of(status, JSON, Json.bytes(body));
    }

    private static SimReply error(int code, String kind, String message) {
        return json(code, object(kind, object("code", code, "message", message)));
    }
}
