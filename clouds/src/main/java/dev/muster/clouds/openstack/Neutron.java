package dev.muster.clouds.openstack;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.Paging;
import java.util.Map;

/**
 * Neutron, the network service, at v2.0. An administrator is shown what all projects have.
 *
 * @see <a href="https://docs.openstack.org/api-ref/network/v2/">Networking API</a>
 */
public final class Neutron {
    private static final String NETWORK = "network";

    // Unasked, Neutron answers with everything at once: 4 ms a port as measured, so that a cloud of 20 000 would run
    // into
    // the time-outs of proxies. With a limit it sorts by id and links the pages; it costs a request more only where the
    // last page is full.
    private static final int PAGE = 1000;

    static final ListRequest NETWORKS = listed("networks");
    static final ListRequest PORTS = listed("ports");
    static final ListRequest FLOATING_IPS = listed("floatingips");
    static final ListRequest SUBNETS = listed("subnets");
    static final ListRequest ROUTERS = listed("routers");
    static final ListRequest SECURITY_GROUPS = ListRequest.get(NETWORK, "/security-groups")
            .rows("security_groups")
            .paging(new Paging.NextLink("security_groups_links", "limit", PAGE));

    private final Endpoint endpoint;

    Neutron(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    private static ListRequest listed(String rows) {
        return ListRequest.get(NETWORK, "/" + rows)
                .rows(rows)
                .paging(new Paging.NextLink(rows + "_links", "limit", PAGE));
    }

    /** The project's networks, and those shared with it. */
    public Networks networks() {
        return new Networks(endpoint, NETWORKS);
    }

    /** One network. */
    public Call<Network> network(String id) {
        return one("/networks/{id}", id, "network", Network::read);
    }

    /** The project's ports. */
    public Ports ports() {
        return new Ports(endpoint, PORTS);
    }

    /** One port. */
    public Call<Port> port(String id) {
        return one("/ports/{id}", id, "port", Port::read);
    }

    /** The project's floating IPs. */
    public FloatingIps floatingIps() {
        return new FloatingIps(endpoint, FLOATING_IPS);
    }

    /** One floating IP. */
    public Call<FloatingIp> floatingIp(String id) {
        return one("/floatingips/{id}", id, "floatingip", FloatingIp::read);
    }

    private <T> Call<T> one(String path, String id, String field, JsonReader.Element<T> element) {
        return endpoint.json(ApiRequest.get(NETWORK, path).expand(Map.of("id", id)), Fields.only(field, element));
    }

    /** {@code GET /v2.0/networks}. */
    public static final class Networks extends Query<Network, Networks> {

        private Networks(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, Network::read);
        }

        @Override
        Networks with(ListRequest other) {
            return new Networks(endpoint, other);
        }

        /** Only those with exactly this name. */
        public Networks name(String name) {
            return where("name", name);
        }

        /** Only those in a status, as {@code ACTIVE}. */
        public Networks status(String status) {
            return where("status", status);
        }

        /** Only those of a project. */
        public Networks project(String id) {
            return where("project_id", id);
        }

        /** Only those that floating IPs can come from, or only the others. */
        public Networks external(boolean external) {
            return where("router:external", external);
        }
    }

    /** {@code GET /v2.0/ports}. */
    public static final class Ports extends Query<Port, Ports> {

        private Ports(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, Port::read);
        }

        @Override
        Ports with(ListRequest other) {
            return new Ports(endpoint, other);
        }

        /** Only those on a network. */
        public Ports network(String id) {
            return where("network_id", id);
        }

        /** Only those of one server or router. */
        public Ports device(String id) {
            return where("device_id", id);
        }

        /** Only those in a status, as {@code ACTIVE}. */
        public Ports status(String status) {
            return where("status", status);
        }

        /** Only those of a project. */
        public Ports project(String id) {
            return where("project_id", id);
        }
    }

    /** {@code GET /v2.0/floatingips}. */
    public static final class FloatingIps extends Query<FloatingIp, FloatingIps> {

        private FloatingIps(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, FloatingIp::read);
        }

        @Override
        FloatingIps with(ListRequest other) {
            return new FloatingIps(endpoint, other);
        }

        /** Only those in a status, as {@code ACTIVE}. */
        public FloatingIps status(String status) {
            return where("status", status);
        }

        /** Only those that lead to a port. */
        public FloatingIps port(String id) {
            return where("port_id", id);
        }

        /** Only those of a project. */
        public FloatingIps project(String id) {
            return where("project_id", id);
        }
    }
}
