package dev.muster.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import java.util.concurrent.CompletableFuture;

/** Netty's HTTP/1.1 codec, which tells a body piece by piece. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
final class NettyDownload implements Contestant {
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;
    private final String authority;
    private CompletableFuture<Long> whole = new CompletableFuture<>();

    NettyDownload(Target target) throws Exception {
        this.authority = target.origin().getAuthority();
        SslContext tls = NettyAsker.tls(target);
        this.channel = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel made) {
                        if (tls != null) {
                            made.pipeline()
                                    .addLast(tls.newHandler(
                                            made.alloc(),
                                            target.origin().getHost(),
                                            target.origin().getPort()));
                        }
                        made.pipeline().addLast(new HttpClientCodec(), new Counter());
                    }
                })
                .connect(target.origin().getHost(), target.origin().getPort())
                .sync()
                .channel();
    }

    private final class Counter extends SimpleChannelInboundHandler<HttpObject> {
        private long bytes;

        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            if (message instanceof HttpContent piece) {
                bytes += piece.content().readableBytes();
            }
            if (message instanceof LastHttpContent) {
                whole.complete(bytes);
                bytes = 0;
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            whole.completeExceptionally(new java.io.IOException("the connection closed"));
        }
    }

    @Override
    public Tally run(String how, boolean list, int count) throws InterruptedException {
        whole = new CompletableFuture<>();
        DefaultFullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, Items.path(how, count), Unpooled.EMPTY_BUFFER);
        request.headers().set(HttpHeaderNames.HOST, authority);
        channel.writeAndFlush(request);
        return Tally.of(whole);
    }

    @Override
    public void close() {
        loop.shutdownGracefully();
    }
}
