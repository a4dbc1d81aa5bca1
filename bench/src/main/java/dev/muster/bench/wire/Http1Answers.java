package dev.muster.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/** The server's HTTP/1.1: requests without bodies, answers in their order, each at its time. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class Http1Answers extends ChannelInboundHandlerAdapter {
    private static final int PIECE = 256 * 1024;
    private static final ByteBuf ZEROS = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(PIECE).writeZero(PIECE).asReadOnly());

    private final Timetable<Server.Answer> due = Timetable.inOrder(this::answer);
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;
    private long free;
    private long bigLeft;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (rest.isReadable()) {
            bytes = Unpooled.wrappedBuffer(rest, bytes);
        }
        long now = System.nanoTime();
        for (int end = end(bytes); end >= 0; end = end(bytes)) {
            // "GET /c005/000123 HTTP/1.1"
            CharSequence path = bytes.getCharSequence(bytes.readerIndex() + 4, 12, StandardCharsets.ISO_8859_1);
            bytes.readerIndex(end);
            Server.Answer answer = Server.Answer.to(path);
            if (answer.serial()) {
                free = Math.max(now, free) + Server.SERVICE_MILLIS * 1_000_000L;
                due.add(answer, free + answer.delayNanos());
            } else {
                due.add(answer, now + answer.delayNanos());
            }
        }
        rest = bytes.isReadable() ? bytes : Unpooled.EMPTY_BUFFER;
        if (!bytes.isReadable()) {
            bytes.release();
        }
    }

    /** The index behind the first whole request; -1 where there is none. */
    private static int end(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int to = bytes.writerIndex();
        while (at < to) {
            int lf = bytes.indexOf(at, to, (byte) '\n');
            if (lf < 0) {
                return -1;
            }
            if (lf - at == 1 && at > bytes.readerIndex()) {
                return lf + 1;
            }
            at = lf + 1;
        }
        return -1;
    }

    private void answer(ChannelHandlerContext context, Server.Answer answer) {
        if (answer.big() > 0) {
            begin(context, answer.big());
        } else {
            context.write(answer.head().duplicate());
            context.write(answer.body().duplicate());
        }
    }

    private void begin(ChannelHandlerContext context, long bytes) {
        context.writeAndFlush(Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bytes + "\r\n\r\n",
                StandardCharsets.US_ASCII));
        bigLeft = bytes;
        goOn(context);
    }

    private void goOn(ChannelHandlerContext context) {
        while (bigLeft > 0 && context.channel().isWritable()) {
            int count = (int) Math.min(PIECE, bigLeft);
            bigLeft -= count;
            context.writeAndFlush(ZEROS.duplicate().writerIndex(count));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        goOn(context);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        due.answerWhatIsDue(context);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A contender that breaks its connection off counts the loss itself.
        context.close();
    }
}
