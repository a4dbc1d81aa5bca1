package dev.muster.sim;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A running embedded cloud. It listens on the loopback interface until it is closed; closing it ends every connection and
 * leaves no thread and no socket. Thread-safe.
 */
public interface SimCloud extends AutoCloseable {
    /** Where clients begin: the URL a user would put into the client's settings. Through the slow network if there is one. */
    URI uri();

    /** The address of the server itself, behind the slow network if there is one: what to put a further proxy in front of. */
    InetSocketAddress address();

    /** Who may log in. */
    Login login();

    /** What has arrived so far. */
    Requests requests();

    /** How many tokens have been issued so far. */
    long tokensIssued();

    /** Makes every token issued so far invalid; the next request with one is answered with 401. */
    void expireTokens();

    /** Makes every token issued from now on invalid after so many requests with it; 0 = tokens last. */
    void expireTokensAfter(int requests);

    /** Adds a rule: from now on requests that it applies to fail. Earlier rules go first. */
    void fail(FailureRule rule);

    /** Makes every request whose path ends in a match of {@code path} fail, until {@link #heal}. */
    default void fail(String path, Failure failure) {
        fail(FailureRule.always(failure).at(path));
    }

    /** Drops every failure rule, those of the options too. */
    void heal();

    @Override
    void close();

    /**
     * The credentials that the cloud accepts.
     *
     * @param user user name, as the cloud spells it ({@code admin@internal} on oVirt)
     * @param password its password
     */
    record Login(String user, String password) {}
}
