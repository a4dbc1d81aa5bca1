package dev.muster.sim.openstack;

import dev.muster.sim.internal.ReplyCache;
import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.SimService;
import dev.muster.sim.internal.Tokens;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Sends each request to the service that its path names, once its token has been seen. */
final class OpenStackService implements SimService {
    private final Keystone keystone;
    private final Nova nova;
    private final Glance glance;
    private final Neutron neutron;
    private final Tokens tokens;
    private final ReplyCache ready = new ReplyCache();
    private final AtomicLong numbers = new AtomicLong();

    OpenStackService(Project project, Keystone keystone, Tokens tokens) {
        this.keystone = keystone;
        this.nova = new Nova(project);
        this.glance = new Glance(project);
        this.neutron = new Neutron(project);
        this.tokens = tokens;
    }

    @Override
    public SimReply answer(SimRequest request) {
        return route(request)
                .with("X-Openstack-Request-Id", "req-" + new UUID(0x4000L, Long.MIN_VALUE | numbers.getAndIncrement()));
    }

    private SimReply route(SimRequest request) {
        String path = request.path();
        if (under(path, Keystone.PATH)) {
            return keystone.answer(request, path.substring(Keystone.PATH.length()));
        }
        if (under(path, Nova.PATH)) {
            String below = path.substring(Nova.PATH.length());
            return Nova.needsToken(below) && !authorized(request)
                    ? unauthorized(request)
                    : keep(request, () -> nova.answer(request, below));
        }
        if (under(path, Glance.PATH)) {
            String below = path.substring(Glance.PATH.length());
            return Glance.needsToken(below) && !authorized(request)
                    ? unauthorized(request)
                    : keep(request, () -> glance.answer(request, below));
        }
        if (under(path, Neutron.PATH)) {
            String below = path.substring(Neutron.PATH.length());
            return Neutron.needsToken(below) && !authorized(request)
                    ? unauthorized(request)
                    : keep(request, () -> neutron.answer(request, below));
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
        return under(request.path(), Glance.PATH)
                ? Glance.unauthorized(request.origin())
                : Keystone.unauthorized(request.origin());
    }
}
