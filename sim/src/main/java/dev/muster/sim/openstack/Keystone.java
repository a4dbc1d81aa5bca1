package dev.muster.sim.openstack;

import static dev.muster.sim.internal.Json.object;

import dev.muster.sim.SimCloud.Login;
import dev.muster.sim.internal.Json;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.Tokens;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The identity service: tokens and the catalogue. */
final class Keystone {
    static final String PATH = "/identity";

    private static final String JSON = "application/json";
    private static final Map<String, @Nullable Object> DOMAIN = object("id", "default", "name", "Default");

    private final Project project;
    private final List<String> regions;
    private final Login login;
    private final Tokens tokens;

    /**
     * @param project as any of the regions has it
     * @param regions those of the catalog
     */
    Keystone(Project project, List<String> regions, Login login, Tokens tokens) {
        this.project = project;
        this.regions = regions;
        this.login = login;
        this.tokens = tokens;
    }

    SimReply answer(SimRequest request, String path) {
        return switch (request.method() + " " + path) {
            case "GET ", "GET /" ->
                SimReply.of(300, JSON, Json.bytes(object("versions", object("values", List.of(version(request))))));
            case "GET /v3", "GET /v3/" -> SimReply.of(200, JSON, Json.bytes(object("version", version(request))));
            case "POST /v3/auth/tokens" -> issue(request);
            default -> authenticated(request, path);
        };
    }

    private static Map<String, @Nullable Object> version(SimRequest request) {
        return object(
                "id",
                "v3.14",
                "status",
                "stable",
                "updated",
                "2020-04-07T00:00:00Z",
                "links",
                List.of(object("rel", "self", "href", request.origin() + PATH + "/v3/")),
                "media-types",
                List.of(object("base", JSON, "type", "application/vnd.openstack.identity-v3+json")));
    }

    private SimReply authenticated(SimRequest request, String path) {
        if (!tokens.use(request.header("X-Auth-Token"))) {
            return unauthorized(request.origin());
        }
        return switch (request.method() + " " + path) {
            case "GET /v3/auth/tokens" ->
                tokens.use(request.header("X-Subject-Token"))
                        ? described(200, request, "", true, true)
                        : error(404, "Not Found", "Could not find token.");
            case "DELETE /v3/auth/tokens" ->
                tokens.revoke(request.header("X-Subject-Token"))
                        ? SimReply.empty(204)
                        : error(404, "Not Found", "Could not find token.");
            case "GET /v3/auth/catalog" ->
                SimReply.of(
                        200, JSON, Json.bytes(object("catalog", catalog(request.origin()), "links", links(request))));
            case "GET /v3/auth/projects", "GET /v3/projects" ->
                SimReply.of(
                        200,
                        JSON,
                        Json.bytes(object(
                                "projects",
                                List.of(object(
                                        "id",
                                        project.id,
                                        "name",
                                        SimOpenStack.PROJECT,
                                        "domain_id",
                                        "default",
                                        "enabled",
                                        true,
                                        "is_domain",
                                        false,
                                        "description",
                                        "",
                                        "parent_id",
                                        "default",
                                        "tags",
                                        List.of())),
                                "links",
                                links(request))));
            default -> SimReply.html(404, "404 Not Found");
        };
    }

    private static Map<String, @Nullable Object> links(SimRequest request) {
        return object("next", null, "self", request.origin() + request.path(), "previous", null);
    }

    private SimReply issue(SimRequest request) {
        Map<String, String> asked;
        try {
            asked = Json.texts(request.body());
        } catch (JacksonException e) {
            return error(
                    400, "Bad Request", "Expecting to find valid JSON. The server could not comply with the request.");
        }
        String method = asked.get("auth.identity.methods.0");
        if (method == null) {
            return error(400, "Bad Request", "'identity' is a required property");
        }
        boolean known = switch (method) {
            case "password" -> passwordHolds(asked);
            case "token" -> tokens.use(asked.get("auth.identity.token.id"));
            default -> false;
        };
        // Asking for a project that one has no part in is answered like a wrong password.
        boolean scoped = !"unscoped".equals(asked.get("auth.scope")) && !asked.containsKey("auth.scope.unscoped");
        if (!known || (scoped && !mayUseScope(asked))) {
            return unauthorized(request.origin());
        }
        boolean catalog = !request.query().containsKey("nocatalog");
        String token = tokens.issue("gAAAAA", 183);
        return described(201, request, token, scoped, catalog).with("X-Subject-Token", token);
    }

    private boolean passwordHolds(Map<String, String> asked) {
        String user = "auth.identity.password.user.";
        boolean named = login.user().equals(asked.get(user + "name")) && isDomain(asked, user + "domain.");
        boolean byId = project.userId.equals(asked.get(user + "id"));
        return (named || byId) && login.password().equals(asked.get(user + "password"));
    }

    private static boolean isDomain(Map<String, String> asked, String prefix) {
        return "default".equals(asked.get(prefix + "id")) || "Default".equals(asked.get(prefix + "name"));
    }

    private boolean mayUseScope(Map<String, String> asked) {
        String id = asked.get("auth.scope.project.id");
        String name = asked.get("auth.scope.project.name");
        if (id == null && name == null) {
            return asked.keySet().stream().noneMatch(path -> path.startsWith("auth.scope"));
        }
        return project.id.equals(id)
                || (SimOpenStack.PROJECT.equals(name) && isDomain(asked, "auth.scope.project.domain."));
    }

    private SimReply described(int status, SimRequest request, String token, boolean scoped, boolean catalog) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, @Nullable Object> body = object(
                "methods",
                List.of("password"),
                "user",
                object("domain", DOMAIN, "id", project.userId, "name", login.user(), "password_expires_at", null),
                "audit_ids",
                List.of(project.invented.id("audit" + token.hashCode(), 0).substring(0, 22)),
                "expires_at",
                micros(now.plus(1, ChronoUnit.HOURS)),
                "issued_at",
                micros(now));
        if (scoped) {
            body.put("project", object("domain", DOMAIN, "id", project.id, "name", SimOpenStack.PROJECT));
            body.put("is_domain", false);
            body.put(
                    "roles",
                    List.of(
                            object("id", project.invented.id("role", 0).replace("-", ""), "name", "member"),
                            object("id", project.invented.id("role", 1).replace("-", ""), "name", "reader")));
            if (catalog) {
                body.put("catalog", catalog(request.origin()));
            }
        }
        return SimReply.of(status, JSON, Json.bytes(object("token", body))).with("Vary", "X-Auth-Token");
    }

    /** Keystone gives microseconds, always six digits of them. */
    private static String micros(Instant instant) {
        return instant.toString().replace("Z", ".000000Z");
    }

    private List<Map<String, @Nullable Object>> catalog(String origin) {
        List<Map<String, @Nullable Object>> catalog = new ArrayList<>();
        catalog.add(service("identity", "keystone", region -> origin + PATH));
        catalog.add(service("compute", "nova", region -> origin + base(region) + Nova.PATH + "/v2.1"));
        catalog.add(service("image", "glance", region -> origin + base(region) + Glance.PATH));
        catalog.add(service("network", "neutron", region -> origin + base(region) + Neutron.PATH));
        return catalog;
    }

    private String base(String region) {
        return OpenStackService.base(region, regions);
    }

    private Map<String, @Nullable Object> service(String type, String name, UnaryOperator<String> url) {
        List<Map<String, @Nullable Object>> endpoints = new ArrayList<>();
        for (int i = 0; i < regions.size(); i++) {
            String region = regions.get(i);
            for (String side : List.of("public", "internal", "admin")) {
                endpoints.add(object(
                        "id",
                        project.invented.id(name + side, i).replace("-", ""),
                        "interface",
                        side,
                        "region_id",
                        region,
                        "url",
                        url.apply(region),
                        "region",
                        region));
            }
        }
        return object(
                "endpoints",
                endpoints,
                "id",
                project.invented.id(name, 0).replace("-", ""),
                "type",
                type,
                "name",
                name);
    }

    private static SimReply error(int code, String title, String message) {
        return SimReply.of(
                code, JSON, Json.bytes(object("error", object("code", code, "message", message, "title", title))));
    }

    /** What Keystone, and Nova and Neutron in its name, say to a token that does not hold. */
    static SimReply unauthorized(String origin) {
        return error(401, "Unauthorized", "The request you have made requires authentication.")
                .with("WWW-Authenticate", "Keystone uri=\"" + origin + PATH + "\"");
    }
}
