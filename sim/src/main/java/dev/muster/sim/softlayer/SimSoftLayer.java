package dev.muster.sim.softlayer;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Invented;
import dev.muster.sim.internal.ServedCloud;
import dev.muster.sim.internal.SimServer;
import dev.muster.sim.internal.Tokens;

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
public final class SimSoftLayer extends ServedCloud {
    /** A key of IBM Cloud, for the user {@code apikey}. */
    public static final String IBM_CLOUD_KEY = "ibm-cloud-secret";

    private static final Login LOGIN = new Login("demo", "secret");

    private SimSoftLayer(Tokens tokens, SimServer server) {
        super(LOGIN, tokens, server);
    }

    /** Starts a cloud with the service's own quirks. */
    public static SimSoftLayer start(SimOptions options) {
        return start(options, Quirks.defaults());
    }

    /** Starts a cloud with these quirks. */
    public static SimSoftLayer start(SimOptions options, Quirks quirks) {
        Tokens tokens = new Tokens(options.seed());
        Account account = new Account(new Invented(options.seed()), options.vms());
        SoftLayerService service =
                new SoftLayerService(new Services(account, quirks), new Users(LOGIN, IBM_CLOUD_KEY, tokens), (int)
                        Math.ceil(options.rateLimit()));
        return new SimSoftLayer(tokens, new SimServer(options, service));
    }

    /** The REST endpoint: {@code http://127.0.0.1:34567/rest/v3.1}. */
    @Override
    public String url() {
        return origin() + Rest.PATH;
    }

    /** The XML-RPC endpoint: {@code http://127.0.0.1:34567/xmlrpc/v3.1}. */
    public String xmlRpcUrl() {
        return origin() + XmlRpc.PATH;
    }

    /** A token that holds until {@link #expireTokens}, as IBM Cloud's IAM gives them. */
    public String issueToken() {
        return tokens().issue("", 64);
    }
}
