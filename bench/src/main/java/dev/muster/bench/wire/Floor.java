package dev.muster.bench.wire;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What no client can undercut in Java: requests that were encoded beforehand, and answers of which only the bytes are
 * counted, on one selector. It is no client: it knows what will come.
 */
final class Floor implements Contestant {
    private static final int ITEM = Items.head(0).length + Items.ITEM_BYTES;
    private static final int LIST = Items.head(Items.LIST).length + Items.LIST_BYTES;

    private final Target target;
    private final Selector selector;
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
    private final List<Line> lines = new ArrayList<>();
    private ByteBuffer requests = ByteBuffer.allocate(0);
    private int requestBytes;
    private int asked;
    private int count;
    private int answers;

    /** One connection: how many bytes of answers are still to come. */
    private static final class Line {
        final SocketChannel channel;
        int bytes;

        Line(SocketChannel channel) {
            this.channel = channel;
        }
    }

    Floor(Target target) throws IOException {
        this.target = target;
        this.selector = Selector.open();
    }

    @Override
    public Tally run(String how, boolean list, int count) throws IOException {
        if (lines.isEmpty()) {
            connect();
        }
        long bytes = 0;
        if (list) {
            encode(how, Items.LIST, Items.LIST + 1);
            drive(lines.subList(0, 1), 1, 1, LIST);
            bytes = Items.LIST_BYTES;
        }
        encode(how, 0, Items.COUNT);
        drive(lines, target.depth(), count, ITEM);
        return new Tally(count + (list ? 1 : 0), 0, 0, bytes + (long) count * Items.ITEM_BYTES, 0);
    }

    private void connect() throws IOException {
        for (int i = 0; i < target.connections(); i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                    target.origin().getHost(), target.origin().getPort()));
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Line line = new Line(channel);
            channel.register(selector, SelectionKey.OP_READ, line);
            lines.add(line);
        }
    }

    private void encode(String how, int from, int to) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int item = from; item < to; item++) {
            byte[] one = ("GET " + Items.path(how, item) + " HTTP/1.1\r\nHost: "
                            + target.origin().getAuthority()
                            + "\r\nConnection: keep-alive\r\nAccept-Encoding: gzip\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            requestBytes = one.length;
            all.writeBytes(one);
        }
        requests = ByteBuffer.allocateDirect(all.size()).put(all.toByteArray()).flip();
    }

    private void drive(List<Line> used, int depth, int count, int answerBytes) throws IOException {
        this.count = count;
        asked = 0;
        answers = 0;
        for (Line line : used) {
            ask(line, depth);
        }
        while (answers < count) {
            selector.select(key -> read(key, answerBytes));
        }
    }

    private void ask(Line line, int more) throws IOException {
        int some = Math.min(more, count - asked);
        while (some > 0) {
            int from = asked % (requests.capacity() / requestBytes);
            int run = Math.min(some, requests.capacity() / requestBytes - from);
            requests.limit((from + run) * requestBytes).position(from * requestBytes);
            while (requests.hasRemaining()) {
                line.channel.write(requests);
            }
            asked += run;
            some -= run;
        }
    }

    private void read(SelectionKey key, int answerBytes) {
        try {
            Line line = (Line) key.attachment();
            int got = line.channel.read(in.clear());
            if (got < 0) {
                throw new EOFException("the server closed");
            }
            line.bytes += got;
            int whole = line.bytes / answerBytes;
            line.bytes -= whole * answerBytes;
            answers += whole;
            ask(line, whole);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.channel.close();
        }
        selector.close();
    }
}
