package dev.muster.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Netty with a pool by hand: its HTTP/1.1 codec, the least busy connection first, one event loop, OpenSSL for TLS. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class NettyAsker implements Asker {
    private final Target target;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Line> lines = new ArrayList<>();
    private final @Nullable SslContext tls;
    private final String authority;

    NettyAsker(Target target) throws Exception {
        this.target = target;
        this.authority = target.origin().getAuthority();
        this.tls = tls(target);
        for (int i = 0; i < target.connections(); i++) {
            lines.add(new Line());
        }
        for (Line line : lines) {
            line.connect().sync();
        }
    }

    static @Nullable SslContext tls(Target target) throws SSLException {
        return target.authority() == null
                ? null
                : SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL)
                        .trustManager(target.authority().toFile())
                        .build();
    }

    @Override
    public void begin(Runnable first) {
        loop.execute(first);
    }

    @Override
    public void get(String path, Receiver receiver) {
        Line best = lines.getFirst();
        for (Line line : lines) {
            if (line.waiting.size() < best.waiting.size()) {
                best = line;
            }
        }
        best.ask(path, receiver);
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }

    /** One connection, made again when it is lost; what was unanswered is lost with it. */
    private final class Line extends ChannelInitializer<Channel> {
        private final ArrayDeque<Receiver> waiting = new ArrayDeque<>();
        private final ArrayDeque<DefaultFullHttpRequest> unsent = new ArrayDeque<>();
        private @Nullable Channel channel;

        io.netty.channel.ChannelFuture connect() {
            io.netty.channel.ChannelFuture future = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .handler(this)
                    .connect(target.origin().getHost(), target.origin().getPort());
            channel = future.channel();
            return future;
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        protected void initChannel(Channel made) {
            if (tls != null) {
                made.pipeline()
                        .addLast(tls.newHandler(
                                made.alloc(),
                                target.origin().getHost(),
                                target.origin().getPort()));
            }
            made.pipeline()
                    .addLast(
                            new FlushConsolidationHandler(256, true),
                            new HttpClientCodec(),
                            new HttpObjectAggregator(1 << 20),
                            new ChannelInboundHandlerAdapter() {
                                @Override
                                public void channelRead(ChannelHandlerContext context, Object message) {
                                    FullHttpResponse response = (FullHttpResponse) message;
                                    byte[] body = ByteBufUtil.getBytes(response.content());
                                    response.release();
                                    waiting.remove().done(body);
                                }

                                @Override
                                public void channelActive(ChannelHandlerContext context) {
                                    while (!unsent.isEmpty()) {
                                        context.writeAndFlush(unsent.remove());
                                    }
                                }

                                @Override
                                public void channelInactive(ChannelHandlerContext context) {
                                    lost(context.channel(), new IOException("the connection closed"));
                                }

                                @Override
                                public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                                    context.close();
                                }
                            });
        }

        @SuppressWarnings("ReferenceEquality") // this very one
        private void lost(Channel ended, IOException why) {
            if (ended == channel) {
                connect();
                List<Receiver> lost = List.copyOf(waiting);
                waiting.clear();
                unsent.clear();
                lost.forEach(receiver -> receiver.failed(why));
            }
        }

        void ask(String path, Receiver receiver) {
            DefaultFullHttpRequest request =
                    new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path, Unpooled.EMPTY_BUFFER);
            request.headers().set(HttpHeaderNames.HOST, authority);
            waiting.add(receiver);
            Channel on = Objects.requireNonNull(channel);
            if (on.isActive()) {
                on.writeAndFlush(request);
            } else {
                unsent.add(request);
            }
        }
    }
}
