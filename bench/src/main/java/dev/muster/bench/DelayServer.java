package dev.muster.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Servers that cost what they say and nothing else: one thread, a port for each kind, every answer the same 1.5 KB after
 * the time that its kind takes. The network's round trip is in that time, half of it before the server has the request.
 */
final class DelayServer {
    private static final long MILLI = 1_000_000L;
    /** How deep a client may pipeline here. */
    static final int DEPTH = 8;

    static final int BODY = 1500;
    private static final byte[] MARK = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final ByteBuffer GOOD = answer("200 OK", "", "x".repeat(BODY));
    private static final ByteBuffer LATER = answer("429 Too Many Requests", "Retry-After: 1\r\n", "later");

    /** A way of being slow. */
    enum Kind {
        SERIAL("a connection's requests one after another, 5 ms each; 20 ms away", 20, true, 18_000, 2000),
        CONCURRENT("everything at once, 20 ms", 0, false, 36_000, 4000),
        RATE_LIMITED(
                "400 a second, a second's worth at once, then 429 with Retry-After: 1; 10 ms each; 10 ms away",
                10,
                true,
                6000,
                2400),
        SLOWS_UNDER_LOAD(
                "10 ms with nothing else in hand, most done with 16 in hand, half of that with 60; 5 ms away",
                5,
                false,
                2400,
                600),
        SLOW_TAIL(
                "10 ms, one in a hundred 300 ms, a connection's requests one after another; 10 ms away",
                10,
                true,
                6000,
                1500);

        final String summary;
        /** How many are asked; and in a trial of the search. */
        final int requests;

        final int trial;
        private final long roundTrip;
        private final boolean serial;

        Kind(String summary, long roundTripMillis, boolean serial, int requests, int trial) {
            this.summary = summary;
            this.roundTrip = roundTripMillis * MILLI;
            this.serial = serial;
            this.requests = requests;
            this.trial = trial;
        }

        private long nanos(int inHand, Random random) {
            return switch (this) {
                case SERIAL -> 5 * MILLI;
                case CONCURRENT -> 20 * MILLI;
                case RATE_LIMITED -> 10 * MILLI;
                case SLOWS_UNDER_LOAD -> (long) (10 * MILLI * (1 + inHand / 16.0 * (inHand / 16.0)));
                case SLOW_TAIL -> random.nextInt(100) == 0 ? 300 * MILLI : 10 * MILLI;
            };
        }
    }

    /** One listening port. */
    private static final class Port {
        final Kind kind;
        final Random random = new Random(1);
        int inHand;
        double tokens = RATE;
        long filled = System.nanoTime();

        Port(Kind kind) {
            this.kind = kind;
        }

        boolean passes(long now) {
            if (kind != Kind.RATE_LIMITED) {
                return true;
            }
            tokens = Math.min(RATE, tokens + (now - filled) * RATE / 1e9);
            filled = now;
            if (tokens < 1) {
                return false;
            }
            tokens--;
            return true;
        }
    }

    private static final double RATE = 400;

    private static final class Line {
        final Port port;
        final SocketChannel channel;
        /** Requests in order; what is answered leaves when all before it have. */
        final ArrayDeque<Asked> unanswered = new ArrayDeque<>();

        final ArrayDeque<Asked> waiting = new ArrayDeque<>();
        boolean busy;
        int matched;

        Line(Port port, SocketChannel channel) {
            this.port = port;
            this.channel = channel;
        }
    }

    private static final class Asked {
        final Line line;

        @Nullable
        ByteBuffer answer;

        Asked(Line line) {
            this.line = line;
        }
    }

    private record Step(long at, long order, Runnable what) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            int byTime = Long.compare(at - other.at, 0);
            return byTime == 0 ? Long.compare(order, other.order) : byTime;
        }
    }

    private final Selector selector = Selector.open();
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private final ByteBuffer inbox = ByteBuffer.allocateDirect(64 * 1024);
    private final Map<Kind, Integer> ports = new TreeMap<>();
    private long order;
    private long now;

    private DelayServer() throws IOException {
        for (Kind kind : Kind.values()) {
            ServerSocketChannel listener = ServerSocketChannel.open();
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT, new Port(kind));
            ports.put(kind, listener.socket().getLocalPort());
        }
    }

    private static ByteBuffer answer(String status, String header, String body) {
        return ByteBuffer.wrap(
                ("HTTP/1.1 " + status + "\r\n" + header + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    /** The other process: says its ports in the kinds' order, and ends when it is told to or its parent is gone. */
    public static void main(String... args) throws IOException {
        DelayServer server = new DelayServer();
        Thread.ofPlatform().daemon().start(server::serve);
        System.out.println(String.join(
                " ", server.ports.values().stream().map(String::valueOf).toList()));
        while (System.in.read() >= 0) {
            // Nothing is ever said; the stream ends with the parent.
        }
    }

    private void serve() {
        try {
            while (true) {
                await();
                now = System.nanoTime();
                for (Step step = steps.peek(); step != null && step.at - now <= 0; step = steps.peek()) {
                    steps.remove();
                    step.what.run();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the server ends", e);
        }
    }

    /** To the tenth of a millisecond, which {@code select} alone is not. */
    private void await() throws IOException {
        Step next = steps.peek();
        long nanos = next == null ? Long.MAX_VALUE : next.at - System.nanoTime();
        if (nanos >= 2 * MILLI) {
            selector.select(this::ready, next == null ? 0 : nanos / MILLI - 1);
        } else {
            if (selector.selectNow(this::ready) == 0 && nanos > 0) {
                LockSupport.parkNanos(Math.min(nanos, MILLI / 5));
            }
        }
    }

    private void ready(SelectionKey key) {
        now = System.nanoTime();
        try {
            if (key.attachment() instanceof Port port) {
                SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Line(port, channel));
            } else if (key.attachment() instanceof Line line) {
                read(line);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket did not close", e);
        }
    }

    private void read(Line line) throws IOException {
        inbox.clear();
        if (line.channel.read(inbox) < 0) {
            line.channel.close();
            return;
        }
        inbox.flip();
        while (inbox.hasRemaining()) {
            byte next = inbox.get();
            line.matched = next == MARK[line.matched] ? line.matched + 1 : next == MARK[0] ? 1 : 0;
            if (line.matched == MARK.length) {
                line.matched = 0;
                Asked asked = new Asked(line);
                line.unanswered.add(asked);
                later(line.port.kind.roundTrip / 2, () -> arrived(asked));
            }
        }
    }

    private void later(long nanos, Runnable what) {
        steps.add(new Step(now + nanos, order++, what));
    }

    private void arrived(Asked asked) {
        if (asked.line.port.kind.serial && asked.line.busy) {
            asked.line.waiting.add(asked);
        } else {
            begin(asked);
        }
    }

    private void begin(Asked asked) {
        Line line = asked.line;
        Port port = line.port;
        line.busy = true;
        port.inHand++;
        boolean passes = port.passes(now);
        later(passes ? port.kind.nanos(port.inHand, port.random) : 0, () -> {
            port.inHand--;
            line.busy = false;
            later(port.kind.roundTrip / 2, () -> answer(asked, passes ? GOOD : LATER));
            Asked next = line.waiting.poll();
            if (next != null) {
                begin(next);
            }
        });
    }

    private void answer(Asked asked, ByteBuffer answer) {
        Line line = asked.line;
        asked.answer = answer;
        try {
            for (Asked first = line.unanswered.peek();
                    first != null && first.answer != null;
                    first = line.unanswered.peek()) {
                line.unanswered.remove();
                ByteBuffer bytes = first.answer.duplicate();
                while (bytes.hasRemaining() && line.channel.isOpen()) {
                    line.channel.write(bytes);
                }
            }
        } catch (IOException gone) {
            line.unanswered.clear();
        }
    }
}
