package dev.muster.clouds.openstack;

import dev.muster.core.Cloud;
import dev.muster.core.Endpoint;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.core.Tenancy;
import dev.muster.core.TokenSession;
import dev.muster.core.Traffic;
import dev.muster.http.HttpClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * One project of an OpenStack cloud, in one region.
 *
 * {@snippet :
 * try (OpenStack cloud = OpenStack.connect(settings)) {
 *     Pending<List<Port>> ports = cloud.network().ports().start();
 *     for (Server server : cloud.compute().servers().status("ACTIVE").get()) {
 *         System.out.println(server.name() + " " + server.addresses());
 *     }
 *     System.out.println(ports.join().size() + " ports");
 * }
 * }
 *
 * <p>Thread-safe; all its calls share one log-in, made by the first of them.
 */
public final class OpenStack implements Cloud {
    private final Settings settings;
    private final HttpClient http;
    private final LogIn logIn;
    private final Endpoint endpoint;
    private final TokenSession session;
    private final List<Table> tables;

    private OpenStack(Settings settings, HttpClient http) {
        this.settings = settings;
        this.http = http;
        Traffic traffic = new Traffic();
        this.logIn = new LogIn(settings, http, traffic);
        // A token is left to expire, as openstackclient leaves it: services keep a revoked one valid for minutes
        // anyway.
        this.session = new TokenSession(logIn::send, grant -> CompletableFuture.completedFuture(grant));
        this.endpoint = new Endpoint(settings.name(), Endpoint.Wire.of(http), session, new OpenStackFaults(), traffic);
        this.tables = tables(settings.flag("all_projects", false));
    }

    /**
     * Connects with the settings of an entry of clouds.yaml; the package's description lists them. Sends nothing yet.
     *
     * @throws dev.muster.core.MusterException.Rejected if a setting is missing or wrong
     */
    public static OpenStack connect(Settings settings) {
        if (settings.text("cert") != null || settings.text("key") != null) {
            throw settings.wrong("cert", "asks for a client certificate, which is not supported");
        }
        HttpClient http = (settings.flag("insecure", false) ? settings.with("verify", false) : settings)
                .http(new OpenStackFaults());
        try {
            return new OpenStack(settings, http);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    /** Keystone: projects. */
    public Keystone identity() {
        return new Keystone(endpoint);
    }

    /** Nova: servers, flavors. */
    public Nova compute() {
        return new Nova(endpoint);
    }

    /** Glance: images. */
    public Glance image() {
        return new Glance(endpoint);
    }

    /** Neutron: networks, ports, floating IPs. */
    public Neutron network() {
        return new Neutron(endpoint);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return OpenStackProvider.TYPE;
    }

    @Override
    public Tenancy tenancy() {
        return logIn.tenancy();
    }

    /** Every table, the servers' being that of one project or of all. */
    static List<Table> tables(boolean allProjects) {
        return List.of(
                ComputeTables.servers(allProjects),
                ComputeTables.FLAVORS,
                ImageTables.IMAGES,
                NetworkTables.NETWORKS,
                NetworkTables.PORTS,
                NetworkTables.FLOATING_IPS,
                NetworkTables.SUBNETS,
                NetworkTables.ROUTERS,
                NetworkTables.SECURITY_GROUPS,
                ComputeTables.KEYPAIRS,
                IdentityTables.PROJECTS);
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        session.end();
        http.close();
    }

    @Override
    public String toString() {
        return "OpenStack[" + settings.name() + "]";
    }
}
