package dev.muster.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address where nobody answers, neither yes nor no: a listener whose queue is full and who does not take anybody in.
 */
public final class SilentAddress implements AutoCloseable {
    private final ServerSocketChannel listener;
    private final List<SocketChannel> queue = new ArrayList<>();

    public SilentAddress(String address, int port) throws IOException {
        listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 1);
        try (Selector selector = Selector.open()) {
            boolean full = false;
            while (!full) {
                SocketChannel one = SocketChannel.open();
                queue.add(one);
                one.configureBlocking(false);
                if (!one.connect(listener.getLocalAddress())) {
                    SelectionKey key = one.register(selector, SelectionKey.OP_CONNECT);
                    full = selector.select(500) == 0;
                    key.cancel();
                    selector.selectNow();
                }
            }
        }
    }

    /** Those who stand in it, at least one. */
    List<SocketChannel> queue() {
        return queue;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel one : queue) {
            one.close();
        }
        listener.close();
    }
}
