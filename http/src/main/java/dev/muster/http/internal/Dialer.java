package dev.muster.http.internal;

import dev.muster.http.Proxies;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one connection: finds the addresses, tries them, gets through the proxy where there is one, agrees on TLS.
 *
 * <p>Addresses are tried as by RFC 8305: the next when one has failed or has said nothing for {@link #HEAD_START}; the first that
 * connects wins and the others are dropped. One that connects and then says nothing gets its share of the time that is
 * left, so that some is left for those not tried.
 */
final class Dialer implements Addresses.Receiver {
    /** How long an address is waited for before the next is tried as well (RFC 8305 §8). */
    private static final long HEAD_START = 250_000_000L;

    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final long deadline;
    private final Timers.Timer timer = new Timers.Timer() {
        @Override
        void fire(long now) {
            late(now);
        }
    };
    private final Timers.Timer headStart = new Timers.Timer() {
        @Override
        void fire(long now) {
            tryNext();
        }
    };
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private List<InetSocketAddress> addresses = List.of();
    private int next;
    private boolean over;
    private @Nullable Attempt winner;
    private @Nullable Tunnel tunnel;
    private @Nullable Transport transport;
    private @Nullable Throwable cause;

    /** A socket that is being connected. No record, as comparing these is linked at run time, which a cold process would wait for. */
    private static final class Attempt {
        final InetSocketAddress address;
        final SocketChannel channel;
        final SelectionKey key;
        final long begun;

        Attempt(InetSocketAddress address, SocketChannel channel, SelectionKey key, long begun) {
            this.address = address;
            this.channel = channel;
            this.key = key;
            this.begun = begun;
        }
    }

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
            tryNext();
        }
    }

    @Override
    public void failed(String why, Throwable thrown) {
        if (!over) {
            end();
            connection.unreachable(why, thrown);
        }
    }

    /** The client was closed meanwhile. */
    void cancel(String why) {
        if (!over) {
            end();
            connection.unreachable(why, null);
        }
    }

    /** A socket is connected, or has bytes of the handshake, or takes some. */
    void ready() {
        if (over) {
            return;
        }
        if (winner == null) {
            connected();
        }
        Attempt won = winner;
        if (won != null) {
            agree(won);
        }
    }

    /** Looks which attempt has come to an end. */
    private void connected() {
        boolean failed = false;
        for (Attempt attempt : List.copyOf(attempts)) {
            try {
                if (winner == null && attempt.channel.finishConnect()) {
                    winner = attempt;
                    pool.connections.connectedWithin(engine.tick() - attempt.begun);
                }
            } catch (IOException e) {
                failed = true;
                attempts.remove(attempt);
                drop(attempt);
                note(attempt.address, reason(e), e);
            }
        }
        if (winner == null) {
            if (failed || attempts.isEmpty()) {
                tryNext();
            }
            return;
        }
        engine.timers.cancel(headStart);
        for (Attempt attempt : attempts) {
            if (!attempt.equals(winner)) {
                drop(attempt);
            }
        }
        attempts.clear();
    }

    private void agree(Attempt won) {
        try {
            Proxies.Proxy proxy = pool.proxy;
            if (transport == null && proxy != null && tunnels()) {
                Tunnel asking = tunnel;
                if (asking == null) {
                    asking = new Tunnel(won.channel, won.key, proxy, pool.origin, engine.settings.maxHeaderBytes());
                    tunnel = asking;
                    shareTime();
                }
                if (!asking.open()) {
                    return;
                }
            }
            Transport agreed = transport;
            if (agreed == null) {
                won.key.interestOps(SelectionKey.OP_READ);
                agreed = transport(won);
                transport = agreed;
                shareTime();
            }
            if (agreed.handshake()) {
                if (!pool.connections.understands(agreed.protocol())) {
                    end();
                    connection.unreachable(
                            "the server does not speak any of " + String.join(", ", pool.connections.protocols()),
                            null);
                    return;
                }
                over = true;
                engine.timers.cancel(timer);
                pool.addresses.good(won.address);
                connection.established(won.channel, won.key, agreed);
            }
        } catch (Tunnel.Refused e) {
            end();
            connection.unreachable(String.valueOf(e.getMessage()), e);
        } catch (SSLException e) {
            // It would not be better at another address.
            end();
            connection.unreachable(Tls.explain(pool.origin, e), e);
        } catch (IOException e) {
            failedHere(won, reason(e), e);
        }
    }

    /** Whether the proxy only leads on: it can read neither TLS nor the HTTP/2 that was not agreed on with it. */
    private boolean tunnels() {
        return pool.origin.secure() || pool.connections.speaksHttp2("");
    }

    private Transport transport(Attempt won) throws IOException {
        return pool.origin.secure()
                ? engine.settings
                        .tls()
                        .transport(
                                engine,
                                won.channel,
                                won.key,
                                pool.origin,
                                pool.connections.protocols(),
                                () -> engine.agenda.ready(connection))
                : new PlainTransport(won.channel, engine.between);
    }

    private void failedHere(Attempt won, String why, @Nullable Throwable thrown) {
        note(won.address, why, thrown);
        drop(won);
        winner = null;
        tunnel = null;
        transport = null;
        tryNext();
    }

    private void tryNext() {
        if (over || winner != null) {
            return;
        }
        while (next < addresses.size()) {
            InetSocketAddress address = addresses.get(next++);
            try {
                if (begin(address)) {
                    return;
                }
            } catch (IOException | RuntimeException e) {
                note(address, reason(e), e);
            }
        }
        if (attempts.isEmpty()) {
            giveUp("cannot connect");
        }
    }

    /** Begins to connect; true when there is something to wait for. */
    private boolean begin(InetSocketAddress address) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            long begun = engine.tick();
            boolean connected = channel.connect(address);
            SelectionKey key =
                    channel.register(engine.watch.selector, connected ? 0 : SelectionKey.OP_CONNECT, connection);
            attempts.add(new Attempt(address, channel, key, begun));
            engine.timers.set(timer, deadline);
            if (next < addresses.size()) {
                engine.timers.set(headStart, begun + HEAD_START);
            }
            if (connected) {
                ready();
            }
            return true;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Whoever has connected may take its share of the time that is left. */
    private void shareTime() {
        long now = engine.tick();
        engine.timers.set(timer, now + Math.max(1, deadline - now) / (addresses.size() - next + 1));
    }

    private void late(long now) {
        Attempt won = winner;
        if (won != null && next < addresses.size() && now - deadline < 0) {
            failedHere(won, "no answer", null);
            return;
        }
        if (won != null) {
            note(won.address, tunnel != null && transport == null ? "no answer from the proxy" : "no answer", null);
        }
        for (Attempt attempt : attempts) {
            note(attempt.address, "no answer", null);
        }
        giveUp("no connection within " + (engine.settings.connectTimeout() / 1_000_000) + " ms");
    }

    private void giveUp(String what) {
        end();
        pool.addresses.bad();
        connection.unreachable(failures.isEmpty() ? what : what + ": " + String.join("; ", failures), cause);
    }

    private void note(InetSocketAddress address, String why, @Nullable Throwable thrown) {
        String host = address.getAddress().getHostAddress();
        failures.add((host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort() + " " + why);
        cause = thrown == null ? cause : thrown;
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void end() {
        over = true;
        engine.timers.cancel(timer);
        engine.timers.cancel(headStart);
        for (Attempt attempt : attempts) {
            drop(attempt);
        }
        attempts.clear();
        Attempt won = winner;
        winner = null;
        if (won != null) {
            drop(won);
        }
    }

    private void drop(Attempt dropped) {
        try {
            dropped.channel.close();
        } catch (IOException e) {
            engine.complain("a socket did not close", e);
        }
    }
}
