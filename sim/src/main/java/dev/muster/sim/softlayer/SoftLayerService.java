package dev.muster.sim.softlayer;

import dev.muster.sim.internal.SimReply;
import dev.muster.sim.internal.SimRequest;
import dev.muster.sim.internal.SimService;

/** Sends each request to the protocol that its path names. */
final class SoftLayerService implements SimService {
    private final Rest rest;
    private final XmlRpc xmlRpc;
    private final int perSecond;

    SoftLayerService(Services services, Users users, int perSecond) {
        this.rest = new Rest(services, users);
        this.xmlRpc = new XmlRpc(services, users);
        this.perSecond = perSecond;
    }

    @Override
    public SimReply answer(SimRequest request) {
        String path = request.path();
        if (path.startsWith(Rest.PATH + "/")) {
            return rest.answer(request, path.substring(Rest.PATH.length()));
        }
        if (isXml(request) && request.method().equals("POST")) {
            return xmlRpc.answer(request, path.substring(XmlRpc.PATH.length()));
        }
        return SimReply.html(404, "404 Not Found");
    }

    private static boolean isXml(SimRequest request) {
        return request.path().startsWith(XmlRpc.PATH + "/");
    }

    @Override
    public SimReply unauthorized(SimRequest request) {
        return fault(request, Fault.unauthorized());
    }

    @Override
    public SimReply throttled(SimRequest request) {
        return fault(request, Fault.rateLimit(perSecond));
    }

    private static SimReply fault(SimRequest request, Fault fault) {
        return isXml(request) ? XmlRpc.reply(fault) : Rest.reply(fault);
    }
}
