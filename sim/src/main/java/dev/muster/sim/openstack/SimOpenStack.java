package dev.muster.sim.openstack;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.ServedCloud;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;

/**
 * A running embedded OpenStack: Keystone, Nova, Glance and Neutron, as one user of one project sees them.
 *
 * <pre>{@code
 * try (SimOpenStack cloud = SimOpenStack.start(SimOptions.defaults().vms(100))) {
 *     OS_AUTH_URL=cloud.url() OS_USERNAME=demo OS_PASSWORD=secret OS_PROJECT_NAME=demo
 *     OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default openstack server list
 * }
 * }</pre>
 */
public final class SimOpenStack extends ServedCloud {
    /** The name of the project that everything belongs to, in the domain Default. */
    public static final String PROJECT = "demo";

    /** The name of the only region. */
    public static final String REGION = "RegionOne";

    private static final Login LOGIN = new Login("demo", "secret");

    private SimOpenStack(Tokens tokens, SimServer server) {
        super(LOGIN, tokens, server);
    }

    /** Starts a cloud. */
    public static SimOpenStack start(SimOptions options) {
        Tokens tokens = new Tokens(options.seed());
        Project project = new Project(new Invented(options.seed()), options.vms());
        OpenStackService service = new OpenStackService(project, new Keystone(project, LOGIN, tokens), tokens);
        return new SimOpenStack(tokens, new SimServer(options, service));
    }

    /** The authentication URL: {@code http://127.0.0.1:34567/identity/v3}. */
    @Override
    public String url() {
        return origin() + Keystone.PATH + "/v3";
    }
}
