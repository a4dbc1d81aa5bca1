package dev.muster.http.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: finds the addresses, tries one after another, agrees on TLS. Each address gets its share of the
 * time that is left, so that a dead one leaves some for the next.
 */
final class Dialer implements Addresses.Receiver {
    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final long deadline;
    private final Timers.Timer timer = new Timers.Timer() {
        @Override
        void fire(long now) {
            failedHere("no connection within " + (engine.settings.connectTimeout() / 1_000_000) + " ms", null);
        }
    };
    private List<InetSocketAddress> addresses = List.of();
    private int next;
    private boolean over;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private @Nullable Transport transport;

    Dialer(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.deadline = connection.begun + engine.settings.connectTimeout();
    }

    void dial() {
        engine.timers.set(timer, deadline);
        pool.addresses.find(this);
    }

    @Override
    public void found(List<InetSocketAddress> found) {
        if (!over) {
            addresses = found;
            tryNext("no address", null);
        }
    }

    @Override
    public void failed(String why, Throwable cause) {
        if (!over) {
            end();
            connection.unreachable(why, cause);
        }
    }

    /** The client was closed meanwhile. */
    void cancel(String why) {
        if (!over) {
            end();
            connection.unreachable(why, null);
        }
    }

    /** The socket is connected, or has bytes of the handshake, or takes some. */
    void ready() {
        SocketChannel at = channel;
        SelectionKey on = key;
        if (over || at == null || on == null) {
            return;
        }
        try {
            if (transport == null) {
                if (!at.finishConnect()) {
                    return;
                }
                transport = transport(at, on);
            }
            handshake(at, on, transport);
        } catch (IOException e) {
            failedHere(reason(e), e);
        }
    }

    private Transport transport(SocketChannel at, SelectionKey on) throws IOException {
        on.interestOps(SelectionKey.OP_READ);
        return pool.origin.secure()
                ? engine.settings.tls().transport(engine, at, on, pool.origin, pool.protocols(), this::ready)
                : new PlainTransport(at);
    }

    private void handshake(SocketChannel at, SelectionKey on, Transport agreed) throws IOException {
        if (agreed.handshake()) {
            if (!pool.understands(agreed.protocol())) {
                end();
                connection.unreachable("the server does not speak any of " + String.join(", ", pool.protocols()), null);
                return;
            }
            over = true;
            engine.timers.cancel(timer);
            pool.addresses.good(addresses.get(next - 1));
            connection.established(at, on, agreed);
        }
    }

    private void tryNext(String why, @Nullable Throwable cause) {
        String lastWhy = why;
        Throwable last = cause;
        while (next < addresses.size()) {
            InetSocketAddress address = addresses.get(next++);
            long now = engine.tick();
            engine.timers.set(timer, now + Math.max(1, deadline - now) / (addresses.size() - next + 1));
            try {
                SocketChannel opened = SocketChannel.open();
                channel = opened;
                opened.configureBlocking(false);
                opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
                opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
                boolean connected = opened.connect(address);
                key = opened.register(engine.selector(), connected ? 0 : SelectionKey.OP_CONNECT, connection);
                if (connected) {
                    ready();
                }
                return;
            } catch (IOException | RuntimeException e) {
                lastWhy = reason(e);
                last = e;
                drop();
            }
        }
        end();
        pool.addresses.bad();
        connection.unreachable("cannot connect: " + lastWhy, last);
    }

    /** Not at this address; a broken handshake would not be better at the next. */
    private void failedHere(String why, @Nullable Throwable cause) {
        if (over) {
            return;
        }
        if (transport != null && cause instanceof SSLException) {
            end();
            connection.unreachable(Tls.explain(pool.origin, cause), cause);
        } else {
            drop();
            tryNext(why, cause);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void end() {
        over = true;
        engine.timers.cancel(timer);
        drop();
    }

    private void drop() {
        SocketChannel dropped = channel;
        channel = null;
        key = null;
        transport = null;
        if (dropped != null) {
            try {
                dropped.close();
            } catch (IOException e) {
                engine.complain("a socket did not close", e);
            }
        }
    }
}
