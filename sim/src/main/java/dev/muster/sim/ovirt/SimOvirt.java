package dev.muster.sim.ovirt;

import dev.muster.sim.FailureRule;
import dev.muster.sim.Requests;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;
import java.net.InetSocketAddress;
import java.net.URI;
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
public final class SimOvirt implements SimCloud {
    private static final Login LOGIN = new Login("admin@internal", "secret");

    private final Tokens tokens;
    private final SimServer server;

    private SimOvirt(SimOptions options, LongSupplier nanos) {
        this.tokens = new Tokens(options.seed());
        Inventory inventory = new Inventory(new Invented(options.seed()), options.vms());
        Sso sso = new Sso(LOGIN, tokens);
        this.server = new SimServer(options, new OvirtService(inventory, sso, new Timeline(nanos), options));
    }

    /** Starts an engine. */
    public static SimOvirt start(SimOptions options) {
        return start(options, System::nanoTime);
    }

    /** Starts an engine whose machines and jobs go by this clock. */
    static SimOvirt start(SimOptions options, LongSupplier nanos) {
        return new SimOvirt(options, nanos);
    }

    /** Where the API begins, as the SDKs want it: {@code http://127.0.0.1:34567/ovirt-engine/api}. */
    public String url() {
        return server.origin() + Format.ROOT;
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
