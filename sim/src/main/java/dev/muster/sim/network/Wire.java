package dev.muster.sim.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One proxied connection: two delay lines and the two sockets between them. Confined to the proxy's thread. */
final class Wire {
    private final SocketChannel client;
    private final SocketChannel server;
    private final SelectionKey clientKey;
    private final SelectionKey serverKey;
    private final DelayLine toServer;
    private final DelayLine toClient;
    private boolean connected;
    private boolean over;

    private Wire(SocketChannel client, SocketChannel server, NetworkPlan plan, Selector selector, long now)
            throws IOException {
        this.client = client;
        this.server = server;
        long oneWay = plan.rtt().toNanos() / 2;
        // A client believes itself connected as soon as the system has accepted it; so what it sends first waits for
        // the
        // round trip that making the connection would have taken.
        this.toServer = new DelayLine(
                client, server, oneWay, plan.bandwidth(), now + plan.rtt().toNanos(), Faults.NONE);
        this.toClient = new DelayLine(server, client, oneWay, plan.bandwidth(), now, Faults.of(plan));
        this.clientKey = client.register(selector, SelectionKey.OP_READ, this);
        this.serverKey = server.register(selector, SelectionKey.OP_CONNECT, this);
    }

    static Wire open(SocketChannel client, InetSocketAddress target, NetworkPlan plan, Selector selector, long now)
            throws IOException {
        SocketChannel server = SocketChannel.open();
        client.configureBlocking(false);
        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
        server.configureBlocking(false);
        server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Wire wire = new Wire(client, server, plan, selector, now);
        try {
            wire.connected = server.connect(target);
        } catch (IOException e) {
            wire.reset();
        }
        return wire;
    }

    void ready(SelectionKey key, long now) {
        try {
            if (over || !key.isValid()) {
                return;
            }
            if (key.isConnectable() && server.finishConnect()) {
                connected = true;
                return;
            }
            if (key.isReadable()) {
                (key.equals(clientKey) ? toServer : toClient).read(now);
            }
        } catch (IOException | CancelledKeyException e) {
            reset();
        }
    }

    /** Writes what is due, and says whether the connection is over. */
    boolean deliver(long now) {
        if (over) {
            return true;
        }
        try {
            if (connected) {
                toServer.write(now);
            }
            toClient.write(now);
            boolean clientLeft = toServer.state() != DelayLine.State.OPEN;
            switch (toClient.state()) {
                case RESET -> reset();
                case CUT -> close();
                case ENDED, SILENT -> {
                    if (clientLeft) {
                        close();
                    }
                }
                case OPEN -> {}
            }
            if (!over) {
                want(clientKey, interest(toServer, toClient));
                want(serverKey, connected ? interest(toClient, toServer) : SelectionKey.OP_CONNECT);
            }
        } catch (IOException | CancelledKeyException e) {
            reset();
        }
        return over;
    }

    private static void want(SelectionKey key, int operations) {
        if (key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    private static int interest(DelayLine outOfSocket, DelayLine intoSocket) {
        return (outOfSocket.wantsRead() ? SelectionKey.OP_READ : 0)
                | (intoSocket.wantsWrite() ? SelectionKey.OP_WRITE : 0);
    }

    long nanosUntilDue(long now) {
        long server = connected ? toServer.nanosUntilDue(now) : Long.MAX_VALUE;
        return Math.min(server, toClient.nanosUntilDue(now));
    }

    /** Ends both sides the hard way: whoever still writes or reads learns of it at once. */
    void reset() {
        hard(client);
        hard(server);
        close();
    }

    private static void hard(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | UnsupportedOperationException e) {
            return; // Closed already: as hard as it gets.
        }
    }

    void close() {
        over = true;
        try (client;
                server) {
            clientKey.cancel();
            serverKey.cancel();
        } catch (IOException e) {
            return; // Closing a socket releases it even where the other side is gone.
        }
    }
}
