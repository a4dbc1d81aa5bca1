package dev.muster.bench.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * The server that everybody asks, in a process of its own: answers that were encoded beforehand, sent after a delay that
 * the path tells. Never drops a request, never ends a connection.
 *
 * <p>The first part of a path: {@code c020}: 20 ms after the request came, whatever else is under way. {@code s020}: a
 * connection's requests are served one after another, {@link #SERVICE_MILLIS} each, and the way to and fro takes 20 ms.
 * {@code big0}: as many MiB as the second part says.
 */
final class Server {
    /** What a request costs the serial server. */
    static final int SERVICE_MILLIS = 5;

    private static final ByteBuf[] HEADS = new ByteBuf[Items.COUNT + 1];
    private static final ByteBuf[] BODIES = new ByteBuf[Items.COUNT + 1];

    private Server() {}

    /** The answer to one request. */
    record Answer(ByteBuf head, ByteBuf body, long delayNanos, boolean serial, long big) {
        /** {@code path}: 12 characters behind the first slash's place. */
        static Answer to(CharSequence path) {
            char how = path.charAt(1);
            if (how == 'b') {
                return new Answer(Unpooled.EMPTY_BUFFER, Unpooled.EMPTY_BUFFER, 0, false, number(path, 6, 12) << 20);
            }
            int item = (int) number(path, 6, 12);
            int place = item == Items.LIST ? Items.COUNT : item % Items.COUNT;
            return new Answer(HEADS[place], BODIES[place], number(path, 2, 5) * 1_000_000, how == 's', 0);
        }

        private static long number(CharSequence path, int from, int to) {
            long number = 0;
            for (int i = from; i < to; i++) {
                number = 10 * number + path.charAt(i) - '0';
            }
            return number;
        }
    }

    /** Says its two ports, plain and TLS, and ends when its parent is gone. {@code args}: a PKCS #12 file, its password. */
    public static void main(String... args) throws Exception {
        for (int place = 0; place <= Items.COUNT; place++) {
            int item = place == Items.COUNT ? Items.LIST : place;
            HEADS[place] = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer().writeBytes(Items.head(item)).asReadOnly());
            BODIES[place] = Unpooled.unreleasableBuffer(
                    Unpooled.directBuffer().writeBytes(Items.body(item)).asReadOnly());
        }
        EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        SslContext tls = tls(Path.of(args[0]), args[1]);
        Channel plain = listen(loop, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Http1Answers());
            }
        });
        Channel secure = listen(loop, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc()), new ByProtocol());
            }
        });
        System.out.println(port(plain) + " " + port(secure));
        while (System.in.read() >= 0) {
            // Nothing is ever said; the stream ends with the parent.
        }
        System.exit(0);
    }

    private static Channel listen(EventLoopGroup loop, ChannelInitializer<Channel> initializer) throws Exception {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private static int port(Channel channel) {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private static SslContext tls(Path file, String password) throws Exception {
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        return SslContextBuilder.forServer(keys)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .protocols(List.of("TLSv1.3", "TLSv1.2"))
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2",
                        "http/1.1"))
                .build();
    }

    private static final class ByProtocol extends ApplicationProtocolNegotiationHandler {
        ByProtocol() {
            super("http/1.1");
        }

        @Override
        protected void configurePipeline(io.netty.channel.ChannelHandlerContext context, String protocol) {
            if (protocol.equals("h2")) {
                context.pipeline()
                        .addLast(
                                Http2FrameCodecBuilder.forServer()
                                        .initialSettings(
                                                Http2Settings.defaultSettings().maxConcurrentStreams(1000))
                                        .build(),
                                new Http2Answers());
            } else {
                context.pipeline().addLast(new Http1Answers());
            }
        }
    }
}
