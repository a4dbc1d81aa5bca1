package dev.muster.sim.openstack;

import dev.muster.sim.internal.ReplyCache;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.SimService;
import dev.muster.sim.internal.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Sends each request to the service that its path names, once its token has been seen. */
final class OpenStackService implements SimService {
    private final Keystone keystone;
    private final List<Region> regions;
    private final Tokens tokens;
    private final ReplyCache ready = new ReplyCache();
    private final AtomicLong numbers = new AtomicLong();

    /** The services of one region, below a path of its own. */
    private record Region(String base, Nova nova, Glance glance, Neutron neutron) {}

    /**
     * @param projects what the project has in each region, by its name
     */
    OpenStackService(Map<String, Project> projects, Keystone keystone, Tokens tokens) {
        this.keystone = keystone;
        this.tokens = tokens;
        List<String> names = List.copyOf(projects.keySet());
        this.regions = projects.entrySet().stream()
                .map(one -> new Region(
                        base(one.getKey(), names),
                        new Nova(one.getValue()),
                        new Glance(one.getValue()),
                        new Neutron(one.getValue())))
                .toList();
    }

    /** The path that a region's services stand below: its name, where it is not the only one. */
    static String base(String region, List<String> all) {
        return all.size() == 1 ? "" : "/" + region;
    }

    @Override
    public SimReply answer(SimRequest request) {
        return route(request)
                .with("X-Openstack-Request-Id", "req-" + new UUID(0x4000L, Long.MIN_VALUE | numbers.getAndIncrement()));
    }

    private SimReply route(SimRequest request) {
        if (under(request.path(), Keystone.PATH)) {
            return keystone.answer(request, request.path().substring(Keystone.PATH.length()));
        }
        for (Region region : regions) {
            if (region.base().isEmpty() || under(request.path(), region.base())) {
                return route(region, request, request.below(region.base()));
            }
        }
        return SimReply.html(404, "404 Not Found");
    }

    /**
     * @param asked as the client sent it
     * @param request as the region's services see it
     */
    private SimReply route(Region region, SimRequest asked, SimRequest request) {
        String path = request.path();
        if (under(path, Nova.PATH)) {
            String below = path.substring(Nova.PATH.length());
            return Nova.needsToken(below) && !authorized(request)
                    ? unauthorized(asked)
                    : keep(request, () -> region.nova().answer(request, below));
        }
        if (under(path, Glance.PATH)) {
            String below = path.substring(Glance.PATH.length());
            return Glance.needsToken(below) && !authorized(request)
                    ? unauthorized(asked)
                    : keep(request, () -> region.glance().answer(request, below));
        }
        if (under(path, Neutron.PATH)) {
            String below = path.substring(Neutron.PATH.length());
            return Neutron.needsToken(below) && !authorized(request)
                    ? unauthorized(asked)
                    : keep(request, () -> region.neutron().answer(request, below));
        }
        return SimReply.html(404, "404 Not Found");
    }

    private static boolean under(String path, String prefix) {
        return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    private boolean authorized(SimRequest request) {
        return tokens.use(request.header("X-Auth-Token"));
    }

    /** Links depend on the host that was asked, and bodies on the microversion. */
    private SimReply keep(SimRequest request, Supplier<SimReply> make) {
        String question = request.method()
                + request.origin()
                + request.path()
                + '?'
                + request.rawQuery()
                + ' '
                + request.header("OpenStack-API-Version")
                + request.header("X-OpenStack-Nova-API-Version");
        return ready.get(question, 0, make);
    }

    @Override
    public SimReply unauthorized(SimRequest request) {
        return regions.stream().anyMatch(region -> under(request.path(), region.base() + Glance.PATH))
                ? Glance.unauthorized(request.origin())
                : Keystone.unauthorized(request.origin());
    }
}
