package dev.muster.http.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.Protocol;
import dev.muster.http.SilentAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DialerTest {
    /** In one turn of the loop, in which no timer can fire. */
    @Test
    void theNextAddressIsTriedAtOnceWhenAnyHasFailed() throws Exception {
        int free;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = unused.getLocalPort();
        }
        List<InetSocketAddress> addresses = Stream.of("127.0.0.2", "127.0.0.3", "127.0.0.4")
                .map(address -> new InetSocketAddress(InetAddress.ofLiteral(address), free))
                .toList();
        Engine engine = new Engine(EngineTest.settings(Set.of(Protocol.HTTP_1_1)));
        try (SilentAddress one = new SilentAddress("127.0.0.2", free);
                SilentAddress two = new SilentAddress("127.0.0.3", free);
                SilentAddress three = new SilentAddress("127.0.0.4", free)) {
            CompletableFuture<Set<SocketAddress>> tried = new CompletableFuture<>();
            engine.execute(TaskQueue.Task.of(() -> {
                Pool pool = new Pool(engine, new Origin(false, "several.test", free));
                Dialer dialer = new Dialer(new Connection(pool), pool);
                dialer.found(addresses);
                // As if the first had been waited for.
                dialer.found(addresses);
                try {
                    end(engine, addresses.get(1));
                    dialer.ready();
                    tried.complete(connecting(engine));
                } catch (IOException e) {
                    tried.completeExceptionally(e);
                }
                dialer.cancel("the test is over");
            }));
            assertThat(tried).succeedsWithin(20, SECONDS).isEqualTo(Set.of(addresses.get(0), addresses.get(2)));
            assertThat(List.of(one, two, three)).hasSize(3);
        } finally {
            engine.close();
        }
    }

    /** What is being connected to this address is found to have failed when it is looked at. */
    private static void end(Engine engine, SocketAddress address) throws IOException {
        for (SelectionKey key : engine.watch.selector.keys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            if (address.equals(channel.getRemoteAddress())) {
                channel.close();
            }
        }
    }

    private static Set<SocketAddress> connecting(Engine engine) throws IOException {
        Set<SocketAddress> addresses = new HashSet<>();
        for (SelectionKey key : engine.watch.selector.keys()) {
            SocketChannel channel = (SocketChannel) key.channel();
            if (channel.isOpen()) {
                addresses.add(channel.getRemoteAddress());
            }
        }
        return addresses;
    }
}
