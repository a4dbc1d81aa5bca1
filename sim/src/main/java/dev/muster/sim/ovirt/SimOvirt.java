package dev.muster.sim.ovirt;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.ServedCloud;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;
import java.util.function.LongSupplier;

/**
 * A running embedded oVirt engine, version 4.5.5 by what it says of itself.
 *
 * <pre>{@code
 * try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(100))) {
 *     ConnectionBuilder.connection().url(cloud.url())
 *             .user(cloud.login().user()).password(cloud.login().password()) ...
 * }
 * }</pre>
 */
public final class SimOvirt extends ServedCloud {
    private static final Login LOGIN = new Login("admin@internal", "secret");

    private SimOvirt(Tokens tokens, SimServer server) {
        super(LOGIN, tokens, server);
    }

    /** Starts an engine. */
    public static SimOvirt start(SimOptions options) {
        return start(options, System::nanoTime);
    }

    /** Starts an engine that answers XML whatever is asked for, faults too; the single sign-on has JSON all the same. */
    public static SimOvirt startXmlOnly(SimOptions options) {
        return start(options, System::nanoTime, true);
    }

    /** Starts an engine whose machines and jobs go by this clock. */
    static SimOvirt start(SimOptions options, LongSupplier nanos) {
        return start(options, nanos, false);
    }

    private static SimOvirt start(SimOptions options, LongSupplier nanos, boolean xmlOnly) {
        Tokens tokens = new Tokens(options.seed());
        Inventory inventory = new Inventory(new Invented(options.seed()), options.vms());
        Sso sso = new Sso(LOGIN, tokens);
        OvirtService service = new OvirtService(inventory, sso, new Timeline(nanos), options, xmlOnly);
        return new SimOvirt(tokens, new SimServer(options, service));
    }

    /** Where the API begins, as the SDKs want it: {@code http://127.0.0.1:34567/ovirt-engine/api}. */
    @Override
    public String url() {
        return origin() + Format.ROOT;
    }
}
