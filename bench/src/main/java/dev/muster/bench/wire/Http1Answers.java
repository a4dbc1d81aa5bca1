package dev.muster.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** The server's HTTP/1.1: requests without bodies, answers in their order, each at its time. */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, which tells whoever waits
final class Http1Answers extends ChannelInboundHandlerAdapter {
    private static final int PIECE = 256 * 1024;
    private static final ByteBuf ZEROS = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer(PIECE).writeZero(PIECE).asReadOnly());

    private record Due(Server.Answer answer, long at) {}

    private final ArrayDeque<Due> due = new ArrayDeque<>();
    private ByteBuf rest = Unpooled.EMPTY_BUFFER;
    private long free;
    private boolean waiting;
    private boolean unflushed;
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
                due.add(new Due(answer, free + answer.delayNanos()));
            } else {
                due.add(new Due(answer, now + answer.delayNanos()));
            }
        }
        rest = bytes.isReadable() ? bytes : Unpooled.EMPTY_BUFFER;
        if (!bytes.isReadable()) {
            bytes.release();
        }
        answerWhatIsDue(context);
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

    private void answerWhatIsDue(ChannelHandlerContext context) {
        long now = System.nanoTime();
        for (Due first = due.peek(); first != null && first.at() - now <= 0; first = due.peek()) {
            due.remove();
            Server.Answer answer = first.answer();
            if (answer.big() > 0) {
                begin(context, answer.big());
            } else {
                context.write(answer.head().duplicate());
                context.write(answer.body().duplicate());
                unflushed = true;
            }
        }
        Due next = due.peek();
        if (next != null && !waiting) {
            waiting = true;
            context.executor()
                    .schedule(
                            () -> {
                                waiting = false;
                                answerWhatIsDue(context);
                                flush(context);
                            },
                            Math.max(0, next.at() - now),
                            TimeUnit.NANOSECONDS);
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
        flush(context);
    }

    private void flush(ChannelHandlerContext context) {
        if (unflushed) {
            unflushed = false;
            context.flush();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A contender that breaks its connection off counts the loss itself.
        context.close();
    }
}
