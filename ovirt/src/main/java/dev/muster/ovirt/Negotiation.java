package dev.muster.ovirt;

/**
 * Proves who we are without a password, as Kerberos does (SPNEGO, RFC 4559), to engines whose web server takes that for
 * {@code /ovirt-engine/sso/oauth/token-http-auth}. With the JDK's own Kerberos, inside a {@code Subject} that has a ticket:
 *
 * {@snippet :
 * Ovirt.at(url).negotiation(host -> {
 *     GSSManager gss = GSSManager.getInstance();
 *     GSSName service = gss.createName("HTTP@" + host, GSSName.NT_HOSTBASED_SERVICE);
 *     return gss.createContext(service, SPNEGO, null, GSSContext.DEFAULT_LIFETIME).initSecContext(new byte[0], 0, 0);
 * }).connect();
 * }
 */
@FunctionalInterface
public interface Negotiation {

    /**
     * A fresh token, which goes with one log-in as {@code Authorization: Negotiate}. Asked for on a virtual thread, at the
     * first call and whenever the engine has ended the session; may ask somebody else and wait.
     *
     * @param host the engine's, as the URL has it
     * @throws Exception if there is none: the log-in is denied with its message
     */
    byte[] token(String host) throws Exception;
}
