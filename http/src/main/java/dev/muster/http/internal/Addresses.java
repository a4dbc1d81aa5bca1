package dev.muster.http.internal;

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
    private final List<Receiver> waiting = new ArrayList<>();
    private List<InetSocketAddress> known = List.of();
    private long knownAt;

    Addresses(Engine engine, Origin origin) {
        this.engine = engine;
        this.origin = origin;
    }

    void find(Receiver receiver) {
        if (!known.isEmpty() && engine.now() - knownAt < FRESH) {
            receiver.found(known);
            return;
        }
        if (isNumber(origin.host()) && !origin.secure()) {
            // There is nothing to wait for, so no thread is needed.
            receiver.found(List.of(new InetSocketAddress(InetAddress.ofLiteral(origin.host()), origin.port())));
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
            for (InetAddress address : InetAddress.getAllByName(origin.host())) {
                found.add(new InetSocketAddress(address, origin.port()));
            }
        } catch (Throwable thrown) {
            failure = thrown;
        }
        Throwable cause = failure;
        engine.execute(TaskQueue.Task.of(() -> tell(found, cause)));
    }

    private void tell(List<InetSocketAddress> found, @Nullable Throwable failure) {
        List<Receiver> told = List.copyOf(waiting);
        waiting.clear();
        if (failure == null) {
            known = List.copyOf(found);
            knownAt = engine.now();
        }
        for (Receiver receiver : told) {
            if (failure == null) {
                receiver.found(known);
            } else if (failure instanceof UnknownHostException) {
                receiver.failed("the name " + origin.host() + " is not known", failure);
            } else {
                receiver.failed("cannot prepare to connect (" + failure + ")", failure);
            }
        }
    }
}
