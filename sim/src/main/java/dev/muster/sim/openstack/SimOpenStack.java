package dev.muster.sim.openstack;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.ServedCloud;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

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

    /** The name of the region where none is told. */
    public static final String REGION = "RegionOne";

    private static final Login LOGIN = new Login("demo", "secret");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Set<String> SERVICES = Set.of("identity", "compute", "image", "network");

    private final List<String> regions;

    private SimOpenStack(List<String> regions, Tokens tokens, SimServer server) {
        super(LOGIN, tokens, server);
        this.regions = regions;
    }

    /** Starts a cloud of one region. */
    public static SimOpenStack start(SimOptions options) {
        return start(options, List.of(REGION));
    }

    /**
     * Starts a cloud of these regions: one Keystone, and in each region services below its name ({@code /one/compute}) with
     * as many servers as the options say, other ones in each.
     *
     * @throws IllegalArgumentException if there is none, two are the same, or one cannot stand in a path
     */
    public static SimOpenStack start(SimOptions options, List<String> regions) {
        if (regions.isEmpty()) {
            throw new IllegalArgumentException("a cloud has one region or more");
        }
        Tokens tokens = new Tokens(options.seed());
        Invented everywhere = new Invented(options.seed());
        Map<String, Project> projects = new LinkedHashMap<>();
        for (String region : regions) {
            if (!NAME.matcher(region).matches() || SERVICES.contains(region)) {
                throw new IllegalArgumentException(
                        "a region's name is made of letters, digits, '.', '_' and '-', and is"
                                + " not that of a service; this is '" + region + "'");
            }
            // The first has what the only one of a cloud with this seed has.
            Invented invented = new Invented(options.seed() + 1_000_003L * projects.size());
            if (projects.put(region, new Project(everywhere, invented, options.vms())) != null) {
                throw new IllegalArgumentException("two regions are named '" + region + "'");
            }
        }
        Keystone keystone = new Keystone(projects.values().iterator().next(), List.copyOf(regions), LOGIN, tokens);
        OpenStackService service = new OpenStackService(projects, keystone, tokens);
        return new SimOpenStack(List.copyOf(regions), tokens, new SimServer(options, service));
    }

    /** The regions of its catalog. */
    public List<String> regions() {
        return regions;
    }

    /** The authentication URL: {@code http://127.0.0.1:34567/identity/v3}. */
    @Override
    public String url() {
        return origin() + Keystone.PATH + "/v3";
    }
}
