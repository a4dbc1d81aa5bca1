package dev.muster.bench.wire;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** What is to be answered on one connection, and when; what is due together is sent together. Confined to its event loop. */
final class Timetable<A> {
    private record Due<A>(A answer, long at) {}

    private final Queue<Due<A>> due;
    private final BiConsumer<ChannelHandlerContext, A> writer;
    private boolean waiting;

    private Timetable(Queue<Due<A>> due, BiConsumer<ChannelHandlerContext, A> writer) {
        this.due = due;
        this.writer = writer;
    }

    /** Answers go in the order in which they were asked for, none before its time. */
    static <A> Timetable<A> inOrder(BiConsumer<ChannelHandlerContext, A> writer) {
        return new Timetable<>(new ArrayDeque<>(), writer);
    }

    /** Answers go as they become due. */
    static <A> Timetable<A> byTime(BiConsumer<ChannelHandlerContext, A> writer) {
        return new Timetable<>(new PriorityQueue<>(Comparator.comparingLong(Due::at)), writer);
    }

    /** {@code at}: as {@link System#nanoTime()} has it. */
    void add(A answer, long at) {
        due.add(new Due<>(answer, at));
    }

    void answerWhatIsDue(ChannelHandlerContext context) {
        long now = System.nanoTime();
        boolean answered = false;
        for (Due<A> first = due.peek(); first != null && first.at() - now <= 0; first = due.peek()) {
            due.remove();
            writer.accept(context, first.answer());
            answered = true;
        }
        if (answered) {
            context.flush();
        }
        Due<A> next = due.peek();
        if (next != null && !waiting) {
            waiting = true;
            var _ = context.executor()
                    .schedule(
                            () -> {
                                waiting = false;
                                answerWhatIsDue(context);
                            },
                            Math.max(0, next.at() - now),
                            TimeUnit.NANOSECONDS);
        }
    }
}
