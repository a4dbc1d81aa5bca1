package dev.muster.http.internal;

import java.net.URI;
import java.util.Locale;

/** Where connections lead: what shares a scheme, a host and a port shares connections. */
record Origin(boolean secure, String host, int port) {

    static Origin of(URI uri) {
        boolean secure = secure(uri);
        return new Origin(secure, bare(uri.getHost()).toLowerCase(Locale.ROOT), port(uri, secure));
    }

    /** The same as {@code equals(of(uri))}, without making one. */
    boolean covers(URI uri) {
        return secure(uri) == secure
                && port(uri, secure) == port
                && bare(uri.getHost()).equalsIgnoreCase(host);
    }

    /** As in a CONNECT: always with the port. */
    String target() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** As in a Host field: without the port where it is the scheme's own. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? 443 : 80) ? name : name + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority();
    }

    private static boolean secure(URI uri) {
        return uri.getScheme().length() == 5;
    }

    private static int port(URI uri, boolean secure) {
        int port = uri.getPort();
        return port >= 0 ? port : secure ? 443 : 80;
    }

    /** An IPv6 address stands in brackets in a URI. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
