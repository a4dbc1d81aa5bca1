package dev.muster.sim.openstack;

import dev.muster.sim.FailureRule;
import dev.muster.sim.Requests;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;
import java.net.InetSocketAddress;
import java.net.URI;

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
public final class SimOpenStack implements SimCloud {
    /** The name of the project that everything belongs to, in the domain Default. */
    public static final String PROJECT = "demo";

    /** The name of the only region. */
    public static final String REGION = "RegionOne";

    private static final Login LOGIN = new Login("demo", "secret");

    private final Tokens tokens;
    private final SimServer server;

    private SimOpenStack(SimOptions options) {
        this.tokens = new Tokens(options.seed());
        Project project = new Project(new Invented(options.seed()), options.vms());
        this.server =
                new SimServer(options, new OpenStackService(project, new Keystone(project, LOGIN, tokens), tokens));
    }

    /** Starts a cloud. */
    public static SimOpenStack start(SimOptions options) {
        return new SimOpenStack(options);
    }

    /** The authentication URL: {@code http://127.0.0.1:34567/identity/v3}. */
    public String url() {
        return server.origin() + Keystone.PATH + "/v3";
    }

    @Override
    public URI uri() {
        return URI.create(url());
    }

    @Override
    public InetSocketAddress address() {
        return server.address();
    }

    @Override
    public Login login() {
        return LOGIN;
    }

    @Override
    public Requests requests() {
        return server.requests();
    }

    @Override
    public long tokensIssued() {
        return tokens.issued();
    }

    @Override
    public void expireTokens() {
        tokens.expire();
    }

    @Override
    public void expireTokensAfter(int requests) {
        tokens.expireAfter(requests);
    }

    @Override
    public void fail(FailureRule rule) {
        server.fail(rule);
    }

    @Override
    public void heal() {
        server.heal();
    }

    @Override
    public void close() {
        server.close();
    }
}
