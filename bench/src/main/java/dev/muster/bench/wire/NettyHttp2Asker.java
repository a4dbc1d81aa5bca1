package dev.muster.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Netty's HTTP/2 by hand: its connection handler at its lowest door, one connection, one event loop, OpenSSL. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class NettyHttp2Asker extends Http2FrameAdapter implements Asker {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private final Http2Connection connection = new DefaultHttp2Connection(false);
    private final Http2ConnectionHandler handler;
    private final Channel channel;
    private final String authority;

    /** Who asked, and what has come for them. */
    private record Waiting(Receiver receiver, ByteArrayOutputStream body) {}

    NettyHttp2Asker(Target target) throws Exception {
        this.authority = target.origin().getAuthority();
        SslContext tls = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .trustManager(Objects.requireNonNull(target.authority()).toFile())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        "h2"))
                .build();
        this.handler = new Http2ConnectionHandlerBuilder()
                .connection(connection)
                .frameListener(this)
                .initialSettings(Http2Settings.defaultSettings().initialWindowSize(1 << 20))
                .build();
        this.channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline()
                                .addLast(
                                        tls.newHandler(
                                                made.alloc(),
                                                target.origin().getHost(),
                                                target.origin().getPort()),
                                        new FlushConsolidationHandler(256, true),
                                        handler);
                    }
                })
                .connect(target.origin().getHost(), target.origin().getPort())
                .sync()
                .channel();
        channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
    }

    @Override
    public void begin(Runnable first) {
        loop.execute(first);
    }

    @Override
    public void get(String path, Receiver receiver) {
        int stream = connection.local().incrementAndGetNextStreamId();
        waiting.put(stream, new Waiting(receiver, new ByteArrayOutputStream()));
        ChannelHandlerContext context = channel.pipeline().context(handler);
        handler.encoder()
                .writeHeaders(
                        context,
                        stream,
                        new DefaultHttp2Headers(false)
                                .method("GET")
                                .scheme("https")
                                .authority(authority)
                                .path(path),
                        0,
                        true,
                        context.newPromise());
        context.flush();
    }

    @Override
    public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
        int count = data.readableBytes() + padding;
        Waiting asker = Objects.requireNonNull(waiting.get(stream));
        asker.body().writeBytes(ByteBufUtil.getBytes(data));
        if (last) {
            waiting.remove(stream);
            asker.receiver().done(asker.body().toByteArray());
        }
        return count;
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }
}
