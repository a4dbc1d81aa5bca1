package dev.muster.bench.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.Comparator;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** The server's HTTP/2: requests without bodies, each answered at its time; what is due together is sent together. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class Http2Answers extends ChannelInboundHandlerAdapter {
    private record Due(Http2FrameStream stream, CharSequence path, Server.Answer answer, long at) {}

    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
    private boolean waiting;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame request && request.isEndStream()) {
            CharSequence path = request.headers().path();
            Server.Answer answer = Server.Answer.to(path);
            due.add(new Due(
                    Objects.requireNonNull(request.stream()), path, answer, System.nanoTime() + answer.delayNanos()));
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void answerWhatIsDue(ChannelHandlerContext context) {
        long now = System.nanoTime();
        for (Due first = due.peek(); first != null && first.at() - now <= 0; first = due.peek()) {
            due.remove();
            answer(context, first.stream(), first.path(), first.answer());
        }
        context.flush();
        Due next = due.peek();
        if (next != null && !waiting) {
            waiting = true;
            context.executor()
                    .schedule(
                            () -> {
                                waiting = false;
                                answerWhatIsDue(context);
                            },
                            Math.max(0, next.at() - now),
                            TimeUnit.NANOSECONDS);
        }
    }

    private static void answer(
            ChannelHandlerContext context, Http2FrameStream stream, CharSequence path, Server.Answer answer) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status("200")
                .add(AsciiString.cached("server"), "floor")
                .add(AsciiString.cached("etag"), path)
                .add(AsciiString.cached("content-type"), "application/json")
                .add(
                        AsciiString.cached("content-length"),
                        Integer.toString(answer.body().readableBytes()));
        context.write(new DefaultHttp2HeadersFrame(headers).stream(stream));
        context.write(new DefaultHttp2DataFrame(answer.body().duplicate(), true).stream(stream));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        answerWhatIsDue(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
