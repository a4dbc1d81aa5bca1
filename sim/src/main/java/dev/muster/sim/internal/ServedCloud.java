package dev.muster.sim.internal;

import dev.muster.sim.FailureRule;
import dev.muster.sim.Requests;
import dev.muster.sim.SimCloud;
import java.net.InetSocketAddress;
import java.net.URI;

/** What every embedded cloud is: a server, the tokens that it has issued, and who may log in. */
public abstract class ServedCloud implements SimCloud {
    private final Login login;
    private final Tokens tokens;
    private final SimServer server;

    protected ServedCloud(Login login, Tokens tokens, SimServer server) {
        this.login = login;
        this.tokens = tokens;
        this.server = server;
    }

    /** The URL that its clients begin with. */
    public abstract String url();

    /** Scheme, host and port, through the slow network if there is one. */
    protected final String origin() {
        return server.origin();
    }

    /** The tokens that it has issued. */
    protected final Tokens tokens() {
        return tokens;
    }

    @Override
    public final URI uri() {
        return URI.create(url());
    }

    @Override
    public final InetSocketAddress address() {
        return server.address();
    }

    @Override
    public final Login login() {
        return login;
    }

    @Override
    public final Requests requests() {
        return server.requests();
    }

    @Override
    public final long tokensIssued() {
        return tokens.issued();
    }

    @Override
    public final void expireTokens() {
        tokens.expire();
    }

    @Override
    public final void expireTokensAfter(int requests) {
        tokens.expireAfter(requests);
    }

    @Override
    public final void fail(FailureRule rule) {
        server.fail(rule);
    }

    @Override
    public final void heal() {
        server.heal();
    }

    @Override
    public final void close() {
        server.close();
    }
}
