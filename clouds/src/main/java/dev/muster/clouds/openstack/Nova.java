package dev.muster.clouds.openstack;

import static dev.muster.core.ApiRequest.get;

import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.ListRequest;
import dev.muster.core.Listing;
import dev.muster.core.Paging;
import java.time.Instant;
import java.util.Map;

/**
 * Nova, the compute service, at microversion 2.1: no {@code OpenStack-API-Version} is sent. Every Nova since 2015 answers
 * that, and it is the only form (up to 2.46) that tells a server's flavor by id; later ones copy the flavor's numbers in
 * its place, which join with nothing.
 *
 * @see <a href="https://docs.openstack.org/api-ref/compute/">Compute API</a>
 */
public final class Nova {
    private static final String COMPUTE = "compute";

    // A page is cut at 1000 by Nova's own max_limit, so asking for less only adds requests: measured, a page of 1000
    // servers takes ten times what one of 100 takes, and the next page can only be asked for when its link is known.
    private static final int PAGE = 1000;

    static final ListRequest SERVERS = listed("/servers/detail", "servers");
    static final ListRequest BRIEF_SERVERS = listed("/servers", "servers");
    static final ListRequest FLAVORS = listed("/flavors/detail", "flavors").query("is_public", "None");
    static final ListRequest KEYPAIRS = ListRequest.get(COMPUTE, "/os-keypairs").rows("keypairs");

    private final Endpoint endpoint;

    Nova(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    private static ListRequest listed(String path, String rows) {
        return ListRequest.get(COMPUTE, path).rows(rows).paging(new Paging.NextLink(rows + "_links", "limit", PAGE));
    }

    /** The project's servers. */
    public Servers servers() {
        return new Servers(endpoint, SERVERS);
    }

    /** One server. */
    public Call<Server> server(String id) {
        return endpoint.json(
                get(COMPUTE, "/servers/{id}").expand(Map.of("id", id)), Fields.only("server", Server::read));
    }

    /** All flavors there are: to administrators the private ones too, to others those they may use. */
    public Flavors flavors() {
        return new Flavors(endpoint, FLAVORS);
    }

    /** One flavor. */
    public Call<Flavor> flavor(String id) {
        return endpoint.json(
                get(COMPUTE, "/flavors/{id}").expand(Map.of("id", id)), Fields.only("flavor", Flavor::read));
    }

    /** {@code GET /servers/detail}. */
    public static final class Servers extends Query<Server, Servers> {

        private Servers(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, Server::read);
        }

        @Override
        Servers with(ListRequest other) {
            return new Servers(endpoint, other);
        }

        /** Only those in a status, as {@code ACTIVE}. */
        public Servers status(String status) {
            return where("status", status);
        }

        /** Only those whose name matches a regular expression of the database's. */
        public Servers name(String expression) {
            return where("name", expression);
        }

        /** Only those built from a flavor. */
        public Servers flavor(String id) {
            return where("flavor", id);
        }

        /** Only those built from an image. */
        public Servers image(String id) {
            return where("image", id);
        }

        /** Only those that changed, deleted ones included, since a moment. */
        public Servers changedSince(Instant moment) {
            return where("changes-since", moment);
        }

        /** Those of every project; denied to all but administrators. */
        public Servers allProjects() {
            return where("all_tenants", 1);
        }

        /** Ids and names only, by {@code GET /servers}: far cheaper, as Nova asks no other service for them. */
        public Listing<Server.Brief> brief() {
            ListRequest brief = BRIEF_SERVERS.paging(list.paging());
            ListRequest narrowed = new ListRequest(
                    brief.request().rawQuery(list.request().query()),
                    brief.rows(),
                    brief.absentIsEmpty(),
                    brief.paging());
            return endpoint.list(narrowed, Server.Brief::read, Server.Brief::id);
        }
    }

    /** {@code GET /flavors/detail}. */
    public static final class Flavors extends Query<Flavor, Flavors> {

        private Flavors(Endpoint endpoint, ListRequest list) {
            super(endpoint, list, Flavor::read);
        }

        @Override
        Flavors with(ListRequest other) {
            return new Flavors(endpoint, other);
        }

        /** Only those with this much memory or more. */
        public Flavors minRamMib(long least) {
            return where("minRam", least);
        }

        /** Only those with a root disk this large or larger. */
        public Flavors minDiskGib(long least) {
            return where("minDisk", least);
        }
    }
}
