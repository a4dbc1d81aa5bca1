package dev.muster.http.internal;

import dev.muster.http.HttpException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: requests one behind another, answers in the same order: {@link Http1Answers}. */
final class Http1Codec implements ExchangeCodec {
    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final ExchangeQueue unwritten = new ExchangeQueue();
    final ArrayDeque<Exchange> inFlight = new ArrayDeque<>();
    final Http1Writer writer;
    private final Http1Answers answers;

    private long handed;
    private int taken;
    private boolean occupied;
    private long waitingSince;

    Http1Codec(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.writer = new Http1Writer(connection, pool);
        this.answers = new Http1Answers(this, connection, pool);
    }

    @Override
    public String protocol() {
        return "http/1.1";
    }

    @Override
    public boolean multiplexes() {
        return false;
    }

    @Override
    public int room(boolean sharing) {
        if (occupied || taken >= answers.budget()) {
            return 0;
        }
        int outstanding = outstanding();
        if (!sharing) {
            return outstanding == 0 ? 1 : 0;
        }
        int depth = Math.min(pool.limit.depth(), pool.pipelining.depth(answers.served()));
        return (int) Math.min(depth - outstanding, answers.budget() - taken);
    }

    @Override
    public int outstanding() {
        return inFlight.size() + unwritten.size();
    }

    @Override
    public int unwritten() {
        return unwritten.size();
    }

    @Override
    public boolean fresh() {
        return taken == 0;
    }

    @Override
    public boolean retiring() {
        return answers.budget() - taken <= pool.limit.depth();
    }

    @Override
    public long waitingSince() {
        return waitingSince;
    }

    @Override
    public void add(Exchange exchange) {
        if (outstanding() == 0) {
            // Until it is written: the pool may ask in this very handing out whether this connection is late.
            waitingSince = engine.now();
        }
        occupied = !exchange.shares;
        taken++;
        exchange.carriedBy(this);
        unwritten.addLast(exchange);
    }

    @Override
    public void write(Outbox out, long now) {
        while (!out.isFull()) {
            if (writer.idle()) {
                Exchange exchange = unwritten.poll();
                if (exchange == null) {
                    return;
                }
                if (inFlight.isEmpty()) {
                    waitingSince = now;
                }
                int ahead = inFlight.size();
                inFlight.addLast(exchange);
                writer.begin(exchange, out, now);
                pool.written(exchange, now);
                exchange.sent(now, connection.number, ahead);
            }
            if (!writer.body(out)) {
                return;
            }
        }
    }

    @Override
    public void handed(long total, long now) {
        Exchange oldest = inFlight.peek();
        if (oldest != null && handed < oldest.end && total > handed) {
            // The server may take its time from when it has the whole request.
            waitingSince = now;
        }
        handed = total;
    }

    @Override
    public void received(byte[] bytes, int from, int to, long now) throws BadResponse {
        if (inFlight.isEmpty() && unwritten.isEmpty() && ResponseParser.farewell(bytes, from, to)) {
            connection.close(Ending.announced("the server ended the idle connection"));
            return;
        }
        answers.received(bytes, from, to, now);
    }

    @Override
    public boolean behind() {
        return answers.behind();
    }

    @Override
    public @Nullable ByteBuffer into() {
        return answers.into();
    }

    @Override
    public void filled(int count, long now) throws BadResponse {
        answers.filled(count, now);
    }

    @Override
    public void returned(long count, long heard) {
        answers.returned(count, heard);
    }

    @Override
    public void readOver() {
        answers.readOver();
    }

    @Override
    public void ended(long now) throws BadResponse {
        answers.ended(now);
    }

    /** Something came for the oldest, so the server is waited for anew. */
    void heard(long now) {
        waitingSince = now;
    }

    /** The oldest request, if any of it went to the kernel; null otherwise. */
    @Nullable
    Exchange awaited() {
        Exchange oldest = inFlight.peek();
        return oldest == null || oldest.start >= handed ? null : oldest;
    }

    /** The one whose answer is being read. */
    Exchange oldest() {
        return inFlight.element();
    }

    /** The oldest has its answer. Whether others were written behind it. */
    boolean answered() {
        inFlight.remove().carriedBy(null);
        occupied = false;
        return !inFlight.isEmpty();
    }

    /** How long the answer has been waited for that is whole now; so long it is until the next begins to be. */
    long apart(long now) {
        long apart = now - waitingSince;
        waitingSince = now;
        return apart;
    }

    /** Whether all of it went to the kernel. */
    boolean handed(Exchange exchange) {
        return exchange.end <= handed;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // this very one
    public void abandoned(Exchange exchange, boolean written) {
        if (!written) {
            taken--;
            occupied &= outstanding() > 0;
            pool.touch();
        } else if (writer.uploading(exchange)) {
            connection.close(Ending.ours("a request was cancelled within its body"));
        } else if (exchange == inFlight.peek()) {
            answers.discard();
        }
        connection.rearm();
    }

    @Override
    public long due() {
        Exchange oldest = inFlight.peek();
        if (oldest == null || connection.paused() || writer.starved()) {
            return engine.now() + engine.settings.responseTimeout();
        }
        long due = waitingSince + oldest.responseTimeout();
        if (oldest.finished()) {
            long since = oldest.finishedAt() - waitingSince > 0 ? oldest.finishedAt() : waitingSince;
            long given = since + engine.settings.drainTimeout();
            return given - due < 0 ? given : due;
        }
        return due;
    }

    @Override
    public void overdue(long now) {
        Exchange oldest = inFlight.peek();
        if (oldest == null) {
            return;
        }
        if (!oldest.finished()) {
            oldest.fail(new HttpException.TimedOut(oldest.request + ": no whole answer within "
                    + oldest.responseTimeout() / 1_000_000 + " ms, given up " + answers.progress()));
        }
        pool.pipelining.failed();
        if (oldest.ahead > 0 && !answers.midway()) {
            // Some servers forget what came while they were busy with another request.
            pool.pipelining.broke(connection.number);
        }
        connection.close(Ending.ours("a request took too long"));
    }

    @Override
    public void farewell(Outbox out) {}

    @Override
    public void release(Ending ending) {
        Exchange oldest = inFlight.peek();
        boolean between = !answers.midway();
        if (ending.kind() == Ending.Kind.BROKEN && oldest != null) {
            pool.pipelining.failed();
            if (between && oldest.ahead > 0) {
                pool.pipelining.endedEarly(connection.number, answers.served());
            }
            if (between && oldest.ahead == 0 && answers.served() > 0) {
                pool.connections.distrustIdle(connection.lastUsed());
            }
        }
        Replay replay = new Replay(pool, ending);
        if (oldest != null) {
            inFlight.remove();
            replay.sent(oldest, oldest.start < handed, answers.progress());
        }
        for (Exchange exchange : inFlight) {
            replay.behind(exchange, exchange.start < handed);
        }
        inFlight.clear();
        for (Exchange exchange = unwritten.poll(); exchange != null; exchange = unwritten.poll()) {
            replay.unsent(exchange);
        }
        replay.finish();
        writer.stop();
        answers.close();
    }
}
