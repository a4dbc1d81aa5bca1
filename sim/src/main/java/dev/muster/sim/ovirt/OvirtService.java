package dev.muster.sim.ovirt;

import dev.muster.sim.SimOptions;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is read of the engine, and the way to everything else. */
final class OvirtService implements SimService {
    private static final Format XML = new XmlFormat();
    private static final Format JSON = new JsonFormat();

    private static final Pattern NOT_IN_CORRELATIONS = Pattern.compile("[^0-9A-Za-z_-]");
    private static final int CORRELATION_LENGTH = 36;

    /** What answers hold only when all content is asked for, as the documentation of {@code VmsService} lists it. */
    private static final Map<String, Set<String>> HEAVY = Map.of(
            "vm", Set.of("console", "initialization", "rng_device", "soundcard_enabled", "virtio_scsi"),
            "host", Set.of("hosted_engine"));

    private final ResourceTree tree;
    private final Sso sso;
    private final Commands commands;
    private final Timeline timeline;
    private final Summary summary;
    private final ReplyCache ready = new ReplyCache();
    private final boolean xmlOnly;

    /** @param xmlOnly whether no other form is answered, whatever is asked for */
    OvirtService(Inventory inventory, Sso sso, Timeline timeline, SimOptions options, boolean xmlOnly) {
        this.xmlOnly = xmlOnly;
        this.tree = new ResourceTree(inventory);
        this.sso = sso;
        this.timeline = timeline;
        this.commands = new Commands(tree, inventory, timeline, options.bootTime());
        this.summary = new Summary(inventory, tree);
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
        String correlation = correlation(request);
        return correlation == null ? reply : reply.with("Correlation-Id", correlation);
    }

    /** What the client calls this request, without what the engine leaves out of that; null = nothing. */
    static @Nullable String correlation(SimRequest request) {
        String header = request.header("Correlation-Id");
        String given = header == null ? SimRequest.first(request.query(), "correlation_id") : header;
        String kept = given == null ? "" : NOT_IN_CORRELATIONS.matcher(given).replaceAll("");
        return kept.isEmpty() ? null : kept.substring(0, Math.min(CORRELATION_LENGTH, kept.length()));
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
        timeline.settle();
        Format format = format(request);
        if (request.method().equals("GET") || request.method().equals("HEAD")) {
            boolean all = allContent(request);
            String key = format.contentType() + all + ' ' + path + '?' + request.rawQuery();
            return ready.get(key, tree.version(), () -> read(path, request.query(), format, all));
        }
        return commands.answer(request, path, format);
    }

    /** Asked for in the query or in a header, where what is not understood means no. */
    private static boolean allContent(SimRequest request) {
        String asked = SimRequest.first(request.query(), "all_content");
        String text = asked == null ? request.header("All-Content") : asked;
        return text != null && Set.of("", "true", "t", "yes", "y", "1").contains(text.toLowerCase(Locale.ROOT));
    }

    private SimReply read(String path, Map<String, List<String>> query, Format format, boolean all) {
        if (path.isEmpty()) {
            return reply(200, format, format.document("api", summary.document()));
        }
        Model.Service service = Model.official().at(path);
        if (service == null) {
            return SimReply.empty(404);
        }
        try {
            Members members = tree.collection(path);
            Entity one = members == null ? tree.entity(path) : null;
            Model.Operation operation = service.operations().get(members == null ? "get" : "list");
            if (operation == null || (members == null && one == null)) {
                // The engine says nothing at all about what is not there.
                return SimReply.empty(404);
            }
            boolean follows = operation.parameters().containsKey("follow");
            List<String> asked = follows ? query.getOrDefault("follow", List.of()) : List.of();
            Follow follow = Follow.parse(String.join(",", asked));
            Follow.Work work = new Follow.Work();
            List<Entity> rows = new ArrayList<>();
            for (Entity entity : one == null && members != null ? select(members, operation, query) : listOf(one)) {
                rows.add(follow.apply(content(entity, all), tree, work));
            }
            work.rows += rows.size();
            byte[] body = members != null
                    ? format.collection(members.tag(), rows)
                    : format.document(rows.getFirst().tag(), rows.getFirst());
            return reply(200, format, body).found(work.rows, work.links);
        } catch (BadQuery e) {
            return fault(format, 400, "Operation Failed", String.valueOf(e.getMessage()));
        } catch (UnknownLink e) {
            return SimReply.html(500, "Error");
        }
    }

    private static List<Entity> listOf(@Nullable Entity entity) {
        return entity == null ? List.of() : List.of(entity);
    }

    private static Entity content(Entity entity, boolean all) {
        Entity content = entity;
        for (String field : all ? Set.<String>of() : HEAVY.getOrDefault(entity.tag(), Set.of())) {
            content = content.value(field) == null ? content : content.without(field);
        }
        return content;
    }

    /** What an operation has no parameter for is not heeded. */
    private List<Entity> select(Members members, Model.Operation list, Map<String, List<String>> query)
            throws BadQuery {
        Set<String> takes = list.parameters().keySet();
        String text = takes.contains("search") ? SimRequest.first(query, "search") : null;
        if (text != null && members.tag().equals("job")) {
            throw new BadQuery("[The search string is not valid: there is nothing to search jobs by.]");
        }
        boolean sensitive = "true".equals(SimRequest.first(query, "case_sensitive"));
        Search search = Search.parse(text == null ? "" : text, sensitive, members.tag(), tree);
        int after = takes.contains("from") ? number(SimRequest.first(query, "from")) : -1;
        List<Entity> found = new ArrayList<>();
        for (Entity entity : members.byId().values()) {
            if (search.matches().test(entity) && (after < 0 || Jobs.index(entity) > after)) {
                found.add(entity);
            }
        }
        found.sort(search.order());
        int max = takes.contains("max") ? number(SimRequest.first(query, "max")) : -1;
        if (max <= 0) {
            return search.page() > 1 ? List.of() : found;
        }
        long from = Math.min(found.size(), (search.page() - 1L) * max);
        return found.subList((int) from, (int) Math.min(found.size(), from + max));
    }

    private static int number(@Nullable String text) {
        try {
            return text == null ? -1 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return -1; // The engine takes no notice of what it cannot read.
        }
    }

    /** The form that the client asked for; XML unless it is JSON that it prefers. */
    private Format format(SimRequest request) {
        if (xmlOnly) {
            return XML;
        }
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
