package dev.muster.http.internal;

import dev.muster.http.HttpRequest;
import java.util.Locale;

/** Where connections lead: what shares a scheme, a host and a port shares connections. */
record Origin(boolean secure, String host, int port) {

    static Origin of(HttpRequest request) {
        return new Origin(request.secure(), bare(request.host()).toLowerCase(Locale.ROOT), request.port());
    }

    /** The same as {@code equals(of(request))}, without making one. */
    boolean covers(HttpRequest request) {
        return request.secure() == secure
                && request.port() == port
                && bare(request.host()).equalsIgnoreCase(host);
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

    /** An IPv6 address stands in brackets in a URI. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
