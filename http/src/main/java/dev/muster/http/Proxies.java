package dev.muster.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which requests go through which HTTP proxy, by the conventions of {@code HTTP_PROXY}, {@code HTTPS_PROXY} and
 * {@code NO_PROXY}; reading these is left to whoever knows the environment. What is https goes through a tunnel
 * (CONNECT, RFC 9110 §9.3.6). Immutable; {@link #toString()} shows no password.
 */
public final class Proxies {
    private static final Proxies NONE = new Proxies(null, null, List.of());

    private final @Nullable Proxy plain;
    private final @Nullable Proxy secure;
    private final List<Exempt> exceptions;

    /**
     * One proxy.
     *
     * @param authorization the value of Proxy-Authorization; null where it wants none. Secret
     */
    public record Proxy(String host, int port, @Nullable String authorization) {
        /** Host and port. */
        @Override
        public String toString() {
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A host that is reached without: a name with all that is below it, or a range of addresses. */
    private record Exempt(String name, int port, @Nullable InetAddress address, int bits) {
        boolean covers(String host, int asked, @Nullable InetAddress literal) {
            if (port >= 0 && port != asked) {
                return false;
            }
            if (address != null) {
                return literal != null
                        && literal.getClass() == address.getClass()
                        && shared(literal.getAddress(), address.getAddress()) >= bits;
            }
            return name.equals("*") || host.equals(name) || host.endsWith("." + name);
        }

        private static int shared(byte[] one, byte[] other) {
            int length = 8 * one.length;
            return length - new BigInteger(1, one).xor(new BigInteger(1, other)).bitLength();
        }
    }

    private Proxies(@Nullable Proxy plain, @Nullable Proxy secure, List<Exempt> exceptions) {
        this.plain = plain;
        this.secure = secure;
        this.exceptions = exceptions;
    }

    /** Everything goes straight. */
    public static Proxies none() {
        return NONE;
    }

    /** Everything goes through this one. */
    public static Proxies all(URI proxy) {
        return of(proxy, proxy, "");
    }

    /**
     * By scheme, with exceptions.
     *
     * @param plain {@code http://user:password@host:port} for what is http, port 80 unless told; null for none
     * @param secure the same for what is https
     * @param except hosts that are reached without, separated by commas: names, which stand for all that is below them too,
     *     addresses, ranges ({@code 10.0.0.0/8}), each with a port or without; {@code *} for all
     * @throws IllegalArgumentException if one is no URI of an HTTP proxy; says nothing of its password
     */
    public static Proxies of(@Nullable URI plain, @Nullable URI secure, String except) {
        List<Exempt> exceptions = new ArrayList<>();
        for (String one : except.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
            if (!one.isEmpty()) {
                exceptions.add(exception(one));
            }
        }
        return new Proxies(proxy(plain), proxy(secure), List.copyOf(exceptions));
    }

    /** The proxy that leads to a host, or null where it is reached straight. {@code host}: without brackets. */
    public @Nullable Proxy find(boolean https, String host, int port) {
        Proxy proxy = https ? secure : plain;
        if (proxy == null) {
            return null;
        }
        String name = host.toLowerCase(Locale.ROOT);
        InetAddress literal = literal(name);
        for (Exempt exception : exceptions) {
            if (exception.covers(name, port, literal)) {
                return null;
            }
        }
        return proxy;
    }

    private static @Nullable Proxy proxy(@Nullable URI uri) {
        if (uri == null) {
            return null;
        }
        if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("a proxy must be given as http://host:port, not as "
                    + (uri.getScheme() == null || uri.getHost() == null
                            ? "something without scheme or host"
                            : uri.getScheme() + "://" + uri.getHost()));
        }
        if (uri.getPort() > 0xffff) {
            throw new IllegalArgumentException("a proxy with a port that is none: " + uri.getPort());
        }
        String user = uri.getUserInfo();
        String host = uri.getHost();
        return new Proxy(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? 80 : uri.getPort(),
                user == null
                        ? null
                        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
    }

    private static Exempt exception(String text) {
        int slash = text.indexOf('/');
        if (slash > 0) {
            InetAddress range = literal(text.substring(0, slash));
            String bits = text.substring(slash + 1);
            if (range != null && bits.matches("\\d{1,3}")) {
                // An IPv4 address within IPv6 is read as what it is, without the 96 bits before it.
                int before = text.indexOf(':') >= 0 ? 128 - width(range) : 0;
                return new Exempt(text, -1, range, Math.clamp(Integer.parseInt(bits) - before, 0, width(range)));
            }
        }
        String name = text;
        int port = -1;
        int colon = text.lastIndexOf(':');
        boolean onlyOne = colon >= 0 && text.indexOf(':') == colon;
        if ((onlyOne || text.contains("]:")) && text.substring(colon + 1).matches("\\d{1,5}")) {
            port = Integer.parseInt(text.substring(colon + 1));
            name = text.substring(0, colon);
        }
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        InetAddress address = literal(name);
        if (address != null) {
            return new Exempt(name, port, address, width(address));
        }
        if (name.startsWith("*.") || name.startsWith(".")) {
            name = name.substring(name.indexOf('.') + 1);
        }
        return new Exempt(name, port, null, 0);
    }

    private static int width(InetAddress address) {
        return 8 * address.getAddress().length;
    }

    /** An address that is written as one; null for a name. Never asks a name server. */
    private static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "Proxies[http " + plain + ", https " + secure + ", not for "
                + Arrays.toString(exceptions.stream().map(Exempt::name).toArray()) + "]";
    }
}
