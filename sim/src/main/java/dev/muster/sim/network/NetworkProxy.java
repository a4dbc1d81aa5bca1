package dev.muster.sim.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on the loopback interface that makes the network in front of any server slow, narrow or broken. It is a delay
 * line: bytes keep flowing while others are under way, so pipelining and streaming behave as they would over a long wire.
 * One thread serves all connections; {@link #close} ends them all and leaves no thread and no socket. Thread-safe.
 *
 * <pre>{@code
 * try (NetworkProxy network = NetworkProxy.to(server, NetworkPlan.CLEAR.rtt(Duration.ofMillis(50)))) {
 *     network.next(NetworkPlan.CLEAR.cutAfter(1000));   // the next connection ends early, the ones after it do not
 *     ... a client of network.uri("/api") ...
 * }
 * }</pre>
 *
 * <p>Times are kept to a few hundredths of a millisecond on a quiet machine. The selector wakes on whole milliseconds, and a third
 * of one late; so the proxy wakes early, and watches the clock for the rest, which costs CPU time while anything is under way.
 */
public final class NetworkProxy implements AutoCloseable {
    /** Deliveries due within this are made at once: it is how long making one takes. */
    static final long SLACK_NANOS = 20_000;

    /** How late the selector may be expected to wake. */
    private static final long LATE_NANOS = 500_000;

    private final InetSocketAddress target;
    private final Selector selector;
    private final Thread thread;
    private final InetSocketAddress address;
    private final AtomicLong connections = new AtomicLong();
    private final Queue<NetworkPlan> next = new ConcurrentLinkedQueue<>();
    private final Queue<Task> tasks = new ConcurrentLinkedQueue<>();
    private final List<Wire> wires = new ArrayList<>();
    private volatile LongFunction<NetworkPlan> plans;
    private volatile boolean closing;
    private @Nullable ServerSocketChannel listener;

    /** Something for the proxy's own thread to do. */
    @FunctionalInterface
    private interface Task {
        void run() throws IOException;
    }

    private NetworkProxy(InetSocketAddress target, LongFunction<NetworkPlan> plans, int port) throws IOException {
        this.target = target;
        this.plans = plans;
        this.selector = Selector.open();
        ServerSocketChannel opened = listen(selector, port);
        this.listener = opened;
        this.address = (InetSocketAddress) opened.getLocalAddress();
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("muster-network-proxy-" + address.getPort())
                .unstarted(this::run);
    }

    /** A proxy on a free port to {@code target}, with one plan for every connection. */
    public static NetworkProxy to(InetSocketAddress target, NetworkPlan plan) {
        return to(target, connection -> plan, 0);
    }

    /**
     * A proxy to {@code target}.
     *
     * @param plans what happens to each connection, by its number; the first is 0; called on the proxy's thread
     * @param port where to listen; 0 = any free port
     */
    public static NetworkProxy to(InetSocketAddress target, LongFunction<NetworkPlan> plans, int port) {
        try {
            NetworkProxy proxy = new NetworkProxy(target, plans, port);
            proxy.thread.start();
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback port " + port, e);
        }
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return address;
    }

    /** A plain-text HTTP URL through the proxy, such as {@code http://127.0.0.1:34567/api} for {@code "/api"}. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + address.getPort() + path);
    }

    /** The plan of every connection from now on; those that exist keep theirs. */
    public void plan(NetworkPlan plan) {
        this.plans = connection -> plan;
    }

    /** Plans for the next connections, one each; after them the general plan holds again. */
    public void next(NetworkPlan... plans) {
        next.addAll(List.of(plans));
    }

    /** How many connections have been accepted so far, refused ones included. */
    public long connections() {
        return connections.get();
    }

    /** Stops listening, so that new connections are refused by the system itself; those that exist go on. */
    public void refuse() {
        tell(() -> {
            ServerSocketChannel open = listener;
            listener = null;
            if (open != null) {
                open.close();
                // A registered channel's socket goes on listening until the selector has let go of its key.
                selector.selectNow();
            }
        });
    }

    /** Listens again, on the same port, after {@link #refuse}. */
    public void accept() {
        tell(() -> {
            if (listener == null) {
                listener = listen(selector, address.getPort());
            }
        });
    }

    /** Resets every connection that exists now; new ones are served. */
    public void resetAll() {
        tell(() -> {
            for (Wire wire : wires) {
                wire.reset();
            }
        });
    }

    @Override
    public synchronized void close() {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocketChannel listen(Selector selector, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Has the proxy's thread do something, and waits for it: what the caller does next sees it done. */
    private synchronized void tell(Task task) {
        if (closing) {
            return;
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        tasks.add(() -> {
            try {
                task.run();
                done.complete(true);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        });
        selector.wakeup();
        done.join();
    }

    private void run() {
        try {
            while (!closing) {
                await();
                for (Task task; (task = tasks.poll()) != null; ) {
                    task.run();
                }
                long now = System.nanoTime();
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.attachment() instanceof Wire wire) {
                        wire.ready(key, now);
                    } else if (key.isValid()) {
                        acceptAll(now);
                    }
                }
                selector.selectedKeys().clear();
                wires.removeIf(wire -> wire.deliver(System.nanoTime()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the network proxy failed", e);
        } finally {
            shut();
        }
    }

    /** Sleeps until something happens or is nearly due; what is nearly due is watched for. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // correct without the yield; with it, client and server have the core meanwhile
    private void await() throws IOException {
        long due = Long.MAX_VALUE;
        long now = System.nanoTime();
        for (Wire wire : wires) {
            due = Math.min(due, wire.nanosUntilDue(now));
        }
        long millis = (due - LATE_NANOS) / 1_000_000;
        if (due == Long.MAX_VALUE) {
            selector.select();
        } else if (millis > 0) {
            selector.select(millis);
        } else {
            Thread.yield();
            selector.selectNow();
        }
    }

    private void acceptAll(long now) throws IOException {
        ServerSocketChannel open = listener;
        if (open == null) {
            return;
        }
        for (SocketChannel client; (client = open.accept()) != null; ) {
            NetworkPlan planned = next.poll();
            long number = connections.getAndIncrement();
            NetworkPlan plan = planned != null ? planned : plans.apply(number);
            if (plan.refuse()) {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
                client.close();
            } else {
                wires.add(Wire.open(client, target, plan, selector, now));
            }
        }
    }

    private void shut() {
        for (Wire wire : wires) {
            wire.close();
        }
        try {
            if (listener != null) {
                listener.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the network proxy could not be closed", e);
        }
    }
}
