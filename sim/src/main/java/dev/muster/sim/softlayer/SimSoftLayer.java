package dev.muster.sim.softlayer;

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
 * A running embedded SoftLayer, as one user of one account sees it. What is above the rate limit is answered as the service
 * does: status 500 with a code.
 *
 * <pre>{@code
 * try (SimSoftLayer cloud = SimSoftLayer.start(SimOptions.defaults().vms(100).rateLimit(50))) {
 *     printf '[softlayer]\nusername=%s\napi_key=%s\nendpoint_url=%s\n' demo secret cloud.url() > slrest.conf
 *     slcli -C slrest.conf vs list
 * }
 * }</pre>
 */
public final class SimSoftLayer implements SimCloud {
    /** A key of IBM Cloud, for the user {@code apikey}. */
    public static final String IBM_CLOUD_KEY = "ibm-cloud-secret";

    private static final Login LOGIN = new Login("demo", "secret");

    private final Tokens tokens;
    private final SimServer server;

    private SimSoftLayer(SimOptions options, Quirks quirks) {
        this.tokens = new Tokens(options.seed());
        Account account = new Account(new Invented(options.seed()), options.vms());
        this.server = new SimServer(
                options,
                new SoftLayerService(new Services(account, quirks), new Users(LOGIN, IBM_CLOUD_KEY, tokens), (int)
                        Math.ceil(options.rateLimit())));
    }

    /** Starts a cloud with the service's own quirks. */
    public static SimSoftLayer start(SimOptions options) {
        return start(options, Quirks.defaults());
    }

    /** Starts a cloud with these quirks. */
    public static SimSoftLayer start(SimOptions options, Quirks quirks) {
        return new SimSoftLayer(options, quirks);
    }

    /** The REST endpoint: {@code http://127.0.0.1:34567/rest/v3.1}. */
    public String url() {
        return server.origin() + Rest.PATH;
    }

    /** The XML-RPC endpoint: {@code http://127.0.0.1:34567/xmlrpc/v3.1}. */
    public String xmlRpcUrl() {
        return server.origin() + XmlRpc.PATH;
    }

    /** A token that holds until {@link #expireTokens}, as IBM Cloud's IAM gives them. */
    public String issueToken() {
        return tokens.issue("", 64);
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
