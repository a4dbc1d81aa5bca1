package dev.muster.sim.ovirt;

import dev.muster.sim.internal.ReplyCache;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.SimService;
import dev.muster.sim.ovirt.Follow.UnknownLink;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Search.BadQuery;
import dev.muster.sim.ovirt.Value.Entity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads of the engine, and the way to everything else. */
final class OvirtService implements SimService {
    private static final Format XML = new XmlFormat();
    private static final Format JSON = new JsonFormat();

    private final ResourceTree tree;
    private final Sso sso;
    private final VmActions vms;
    private final Summary summary;
    private final ReplyCache ready = new ReplyCache();

    OvirtService(ResourceTree tree, Sso sso, VmActions vms, Summary summary) {
        this.tree = tree;
        this.sso = sso;
        this.vms = vms;
        this.summary = summary;
    }

    @Override
    public SimReply answer(SimRequest request) {
        String path = request.path();
        if (!path.startsWith(Format.ROOT)
                || (path.length() > Format.ROOT.length() && path.charAt(Format.ROOT.length()) != '/')) {
            return sso.answer(request);
        }
        if (!authorized(request)) {
            return unauthorized(request);
        }
        String version = request.header("Version");
        if (version != null && !version.equals("4")) {
            return fault(
                    format(request),
                    400,
                    "Operation Failed",
                    "[Version '" + version + "' of the API is not supported.]");
        }
        String below = path.substring(Format.ROOT.length());
        if (below.equals("/v4") || below.startsWith("/v4/")) {
            below = below.substring(3);
        }
        SimReply reply = route(request, trim(below));
        String correlation = request.header("Correlation-Id");
        return correlation == null ? reply : reply.with("Correlation-Id", correlation);
    }

    private static String trim(String path) {
        int from = path.startsWith("/") ? 1 : 0;
        int to = path.endsWith("/") ? path.length() - 1 : path.length();
        return from < to ? path.substring(from, to) : "";
    }

    private boolean authorized(SimRequest request) {
        String authorization = request.header("Authorization");
        if (authorization == null) {
            return false;
        }
        if (authorization.startsWith("Bearer ")) {
            return sso.holds(authorization.substring(7));
        }
        if (authorization.startsWith("Basic ")) {
            try {
                byte[] decoded = Base64.getDecoder().decode(authorization.substring(6));
                return sso.accepts(new String(decoded, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return false;
    }

    @Override
    public SimReply unauthorized(SimRequest request) {
        return SimReply.html(401, "Unauthorized").with("WWW-Authenticate", "Basic realm=\"RESTAPI\"");
    }

    private SimReply route(SimRequest request, String path) {
        vms.settle();
        Format format = format(request);
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            String key = format.contentType() + ' ' + path + '?' + request.rawQuery();
            return ready.get(key, tree.version(), () -> read(path, request.query(), format));
        }
        return vms.answer(request, path, format);
    }

    private SimReply read(String path, Map<String, List<String>> query, Format format) {
        try {
            if (path.isEmpty()) {
                return reply(200, format, format.document("api", summary.document()));
            }
            Follow follow = Follow.parse(
                    query.containsKey("follow") ? String.join(",", query.getOrDefault("follow", List.of())) : "");
            Members members = tree.collection(path);
            if (members != null) {
                List<Entity> entities = new ArrayList<>();
                for (Entity entity : select(members, query)) {
                    entities.add(follow.apply(entity, tree));
                }
                return reply(200, format, format.collection(members.tag(), entities));
            }
            Entity entity = tree.entity(path);
            // The engine says nothing at all about what is not there.
            return entity == null
                    ? SimReply.empty(404)
                    : reply(200, format, format.document(entity.tag(), follow.apply(entity, tree)));
        } catch (BadQuery e) {
            return fault(format, 400, "Operation Failed", String.valueOf(e.getMessage()));
        } catch (UnknownLink e) {
            return SimReply.html(500, "Error");
        }
    }

    private List<Entity> select(Members members, Map<String, List<String>> query) throws BadQuery {
        String text = SimRequest.first(query, "search");
        Search search = Search.parse(text == null ? "" : text, members, tree);
        List<Entity> found = new ArrayList<>();
        for (Entity entity : members.byId().values()) {
            if (search.matches().test(entity)) {
                found.add(entity);
            }
        }
        found.sort(search.order());
        int max = number(SimRequest.first(query, "max"));
        if (max <= 0) {
            return search.page() > 1 ? List.of() : found;
        }
        int from = Math.min(found.size(), Math.multiplyExact(search.page() - 1, max));
        return found.subList(from, Math.min(found.size(), from + max));
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1; // The engine takes no notice of what it cannot read.
        }
    }

    /** The form that the client asked for; XML unless it is JSON that it prefers. */
    private static Format format(SimRequest request) {
        String asked = SimRequest.first(request.query(), "accept");
        String accept = asked == null ? request.header("Accept") : asked;
        if (accept == null) {
            return XML;
        }
        int json = accept.indexOf("application/json");
        int xml = accept.indexOf("application/xml");
        return json >= 0 && (xml < 0 || json < xml) ? JSON : XML;
    }

    static SimReply reply(int status, Format format, byte[] body) {
        return SimReply.of(status, format.contentType(), body);
    }

    static SimReply fault(Format format, int status, String reason, String detail) {
        Value.Struct fault =
                Fields.of().put("detail", detail).put("reason", reason).struct();
        return reply(status, format, format.document("fault", fault));
    }
}
