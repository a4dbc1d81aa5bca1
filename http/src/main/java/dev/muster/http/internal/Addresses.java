package dev.muster.http.internal;

import dev.muster.http.Proxies;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The addresses of one origin, looked up off the loop, once for all connections that are opened together. */
final class Addresses {
    /** Who asked. Called on the loop. */
    interface Receiver {
        /** In the order to be tried. */
        void found(List<InetSocketAddress> addresses);

        void failed(String why, Throwable cause);
    }

    private static final long FRESH = 30_000_000_000L;

    private final Engine engine;
    private final Origin origin;
    private final Proxies.@Nullable Proxy proxy;
    private final List<Receiver> waiting = new ArrayList<>();
    private List<InetSocketAddress> known = List.of();
    private long knownAt;

    /** {@code proxy}: whose addresses they are instead, where there is one. */
    Addresses(Engine engine, Origin origin, Proxies.@Nullable Proxy proxy) {
        this.engine = engine;
        this.origin = origin;
        this.proxy = proxy;
    }

    void find(Receiver receiver) {
        if (!known.isEmpty() && engine.now() - knownAt < FRESH) {
            receiver.found(known);
            return;
        }
        if (isNumber(host()) && !origin.secure()) {
            // There is nothing to wait for, so no thread is needed.
            receiver.found(List.of(new InetSocketAddress(InetAddress.ofLiteral(host()), port())));
            return;
        }
        waiting.add(receiver);
        if (waiting.size() == 1) {
            Thread.ofVirtual().name("muster-http-resolve").start(this::lookUp);
        }
    }

    /** Whether a host is an IPv4 address: {@link java.net.URI} lets no name through whose last label begins so. */
    private static boolean isNumber(String host) {
        int dot = host.lastIndexOf('.');
        return dot > 0 && dot + 1 < host.length() && Character.isDigit(host.charAt(dot + 1));
    }

    /** This address answered: it is tried first from now on. */
    void good(InetSocketAddress address) {
        if (known.size() > 1 && !known.getFirst().equals(address) && known.contains(address)) {
            List<InetSocketAddress> sorted = new ArrayList<>(known);
            sorted.remove(address);
            sorted.addFirst(address);
            known = List.copyOf(sorted);
        }
    }

    /** None of them answered: they are looked up anew next time. */
    void bad() {
        known = List.of();
    }

    private void lookUp() {
        List<InetSocketAddress> found = new ArrayList<>();
        Throwable failure = null;
        try {
            if (origin.secure()) {
                // Reading certificates takes long as well, and whoever needs the address needs them next.
                engine.settings.tls().prepare();
            }
            for (InetAddress address : InetAddress.getAllByName(host())) {
                found.add(new InetSocketAddress(address, port()));
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        Throwable cause = failure;
        engine.execute(TaskQueue.Task.of(() -> tell(found, cause)));
    }

    private int port() {
        return proxy == null ? origin.port() : proxy.port();
    }

    private String host() {
        return proxy == null ? origin.host() : proxy.host();
    }

    /** The same with one family after the other, so that one that does not work costs little (RFC 8305 §4). */
    static List<InetSocketAddress> interleaved(List<InetSocketAddress> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        boolean first = six(found.getFirst());
        List<InetSocketAddress> preferred =
                found.stream().filter(address -> six(address) == first).toList();
        List<InetSocketAddress> other =
                found.stream().filter(address -> six(address) != first).toList();
        List<InetSocketAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(preferred.size(), other.size()); i++) {
            preferred.stream().skip(i).findFirst().ifPresent(mixed::add);
            other.stream().skip(i).findFirst().ifPresent(mixed::add);
        }
        return List.copyOf(mixed);
    }

    private static boolean six(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    private void tell(List<InetSocketAddress> found, @Nullable Throwable failure) {
        List<Receiver> told = List.copyOf(waiting);
        waiting.clear();
        if (failure == null) {
            known = interleaved(found);
            knownAt = engine.now();
        }
        for (Receiver receiver : told) {
            if (failure == null) {
                receiver.found(known);
            } else if (failure instanceof UnknownHostException) {
                receiver.failed(
                        "the name " + host() + (proxy == null ? "" : " of the proxy") + " is not known", failure);
            } else {
                receiver.failed("cannot prepare to connect (" + failure + ")", failure);
            }
        }
    }
}
