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
import java.util.Objects;

/** The server's HTTP/2: requests without bodies, each answered at its time. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class Http2Answers extends ChannelInboundHandlerAdapter {
    private record Asked(Http2FrameStream stream, CharSequence path, Server.Answer answer) {}

    private final Timetable<Asked> due = Timetable.byTime(Http2Answers::answer);

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame request && request.isEndStream()) {
            CharSequence path = request.headers().path();
            Server.Answer answer = Server.Answer.to(path);
            due.add(
                    new Asked(Objects.requireNonNull(request.stream()), path, answer),
                    System.nanoTime() + answer.delayNanos());
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private static void answer(ChannelHandlerContext context, Asked asked) {
        Server.Answer answer = asked.answer();
        Http2Headers headers = new DefaultHttp2Headers(false)
                .status("200")
                .add(AsciiString.cached("server"), "floor")
                .add(AsciiString.cached("etag"), asked.path())
                .add(AsciiString.cached("content-type"), "application/json")
                .add(
                        AsciiString.cached("content-length"),
                        Integer.toString(answer.body().readableBytes()));
        context.write(new DefaultHttp2HeadersFrame(headers).stream(asked.stream()));
        context.write(new DefaultHttp2DataFrame(answer.body().duplicate(), true).stream(asked.stream()));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        due.answerWhatIsDue(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
