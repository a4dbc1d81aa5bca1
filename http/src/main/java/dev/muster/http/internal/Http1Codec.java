package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** HTTP/1.1: requests one behind another, answers in the same order. */
final class Http1Codec implements ExchangeCodec, ResponseParser.Receiver {
    private static final long UNTOLD = Long.MAX_VALUE;
    /** So much of a body must be known to come before it is read straight to where it goes: a TLS record and more. */
    private static final long WORTH_IT = 32 * 1024;

    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final ResponseParser parser;
    private final ResponseBody body;
    private final ExchangeQueue unwritten = new ExchangeQueue();
    private final ArrayDeque<Exchange> inFlight = new ArrayDeque<>();

    private final Http1Writer writer;

    private long handed;

    private int taken;
    private int served;
    /** How many requests the server takes on this connection, as far as it said. */
    private long budget = UNTOLD;

    private boolean occupied;
    private long waitingSince;
    private long now;
    private @Nullable ResponseHead head;
    private @Nullable Ending ending;

    /** Where the body that is being read goes, while somebody reads it as it comes. */
    private @Nullable BodyPipe pipe;

    Http1Codec(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.parser = new ResponseParser(this, engine.settings.maxHeaderBytes(), engine.settings.maxBodyBytes());
        this.body = new ResponseBody(engine.settings);
        this.writer = new Http1Writer(connection, pool);
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
        if (occupied || taken >= budget) {
            return 0;
        }
        int outstanding = outstanding();
        if (!sharing) {
            return outstanding == 0 ? 1 : 0;
        }
        int depth = Math.min(pool.limit.depth(), pool.pipelining.depth(served));
        return (int) Math.min(depth - outstanding, budget - taken);
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
        return budget - taken <= pool.limit.depth();
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
        this.now = now;
        if (inFlight.isEmpty() && unwritten.isEmpty() && ResponseParser.farewell(bytes, from, to)) {
            connection.close(Ending.announced("the server ended the idle connection"));
            return;
        }
        try {
            parser.feed(bytes, from, to);
        } catch (BadResponse bad) {
            blame(bad);
            throw bad;
        }
        BodyPipe reading = pipe;
        if (reading != null) {
            waitingSince = now;
            reading.filled();
        }
        if (ending != null) {
            connection.close(ending);
        }
    }

    @Override
    public boolean behind() {
        BodyPipe reading = pipe;
        return reading != null && reading.behind();
    }

    /** The reader has caught up. The server is waited for from now on. */
    private void wanted() {
        waitingSince = engine.tick();
        connection.resume();
    }

    @Override
    public @Nullable ByteBuffer into() {
        BodyPipe reading = pipe;
        long known = parser.known();
        if (reading == null || known < WORTH_IT) {
            return null;
        }
        ByteBuffer room = reading.room();
        return room.limit((int) Math.min(room.capacity(), room.position() + known));
    }

    @Override
    public void filled(int count, long now) throws BadResponse {
        this.now = now;
        waitingSince = now;
        Objects.requireNonNull(pipe).filled();
        try {
            parser.passed(count);
        } catch (BadResponse bad) {
            blame(bad);
            throw bad;
        }
        if (ending != null) {
            connection.close(ending);
        }
    }

    @Override
    public void ended(long now) throws BadResponse {
        this.now = now;
        try {
            parser.end();
        } catch (BadResponse bad) {
            blame(bad);
            throw bad;
        }
        if (ending != null) {
            connection.close(ending);
        }
    }

    @Override
    public void begun() throws BadResponse {
        Exchange oldest = inFlight.peek();
        if (oldest == null || oldest.start >= handed) {
            throw new BadResponse(BadResponse.Kind.UNSOLICITED, "the server sent what nobody had asked for");
        }
        if (engine.listened() && !oldest.finished()) {
            engine.emit(new HttpEvent.FirstByte(now, oldest.number));
        }
    }

    @Override
    public void interim(int status) {
        if (status == 100) {
            waitingSince = now;
            writer.proceed();
        }
    }

    @Override
    public boolean toHead() {
        return oldest().request.method().equals("HEAD");
    }

    @Override
    public BodySink head(ResponseHead found) throws BadResponse {
        head = found;
        Exchange exchange = oldest();
        if (found.status() >= 300 && exchange.end == Http1Writer.FAR && writer.halt()) {
            exchange.held();
        }
        if (found.keepAliveMax() >= 0) {
            budget = Math.min(budget, served + 1L + found.keepAliveMax());
        }
        if (found.keepAliveSeconds() >= 0) {
            connection.keepsIdleFor(found.keepAliveSeconds());
        }
        boolean hasBody = found.hasBody(toHead());
        if (exchange.streaming != null && !exchange.finished() && !mayComeAgain(found.status())) {
            pipe = body.stream(exchange, found, hasBody, this::wanted);
            return pipe;
        }
        return exchange.finished()
                ? body.discard(hasBody ? found.length() : 0)
                : body.collect(found, hasBody, exchange.decodes);
    }

    @Override
    public boolean complete() {
        Exchange exchange = oldest();
        ResponseHead answer = Objects.requireNonNull(head);
        head = null;
        if (answer.status() == 408 && !answer.keepAlive() && served > 0 && exchange.repeatable()) {
            // Said to the idle connection while the request was on its way (RFC 9110 §15.5.9).
            ending = Ending.announced("the server ended the idle connection");
            return false;
        }
        inFlight.remove();
        exchange.carriedBy(null);
        served++;
        occupied = false;
        boolean keeps = answer.keepAlive() && (answer.length() >= 0 || answer.chunked() || bodiless(answer, exchange));
        pool.pipelining.answered(keeps && answer.http11(), served);
        long apart = now - waitingSince;
        waitingSince = now;
        ending = endingAfter(exchange, keeps);
        if (!keeps && !inFlight.isEmpty()) {
            pool.pipelining.endedEarly(connection.number, served);
        }
        deliver(exchange, answer, apart);
        connection.answered(now);
        connection.rearm();
        return ending == null;
    }

    private void deliver(Exchange exchange, ResponseHead answer, long apart) {
        if (answer.status() == 417 && exchange.withdrawsExpectation()) {
            body.take();
            pool.again(exchange);
            return;
        }
        BodyPipe read = pipe;
        if (read != null) {
            pipe = null;
            pool.streamed(answer.status());
            exchange.streamed(answer, read.received(), now);
            return;
        }
        boolean decoded = body.decoded();
        HttpResponse response = exchange.response(answer, decoded, body.take(), parser.trailers(), now);
        if (!pool.turnsAway(response)) {
            pool.answered(exchange, response.status(), exchange.ahead > 0, apart, now);
        } else if (pool.turnedAway(exchange, response, now)) {
            return;
        }
        if (!exchange.finished()) {
            exchange.succeed(response, now);
        }
    }

    /** Why this answer is the last of the connection; null where it is not. */
    private @Nullable Ending endingAfter(Exchange exchange, boolean keeps) {
        if (!keeps) {
            return Ending.announced("the server closed the connection after " + served + " answers");
        }
        if (exchange.end > handed) {
            return Ending.ours("the answer came before the request was whole");
        }
        if (!exchange.shares
                && "close".equalsIgnoreCase(exchange.request.headers().first("Connection"))) {
            return Ending.ours("the request asked for the end of the connection");
        }
        return served >= budget ? Ending.ours("the server's limit of " + budget + " requests is reached") : null;
    }

    /** Whether a request answered like this may go again, so that its answer is not to be handed on yet. */
    private boolean mayComeAgain(int status) {
        return pool.mayTurnAway(status) || status == 408 || status == 417;
    }

    private static boolean bodiless(ResponseHead answer, Exchange exchange) {
        return !answer.hasBody(exchange.request.method().equals("HEAD"));
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
        } else if (exchange == inFlight.peek() && head != null) {
            pipe = null;
            try {
                parser.divert(body.discard(parser.known()));
                connection.resume();
            } catch (BadResponse tooMuch) {
                connection.close(Ending.ours(tooMuch.why()));
            }
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
                    + oldest.responseTimeout() / 1_000_000 + " ms, given up " + parser.progress()));
        }
        pool.pipelining.failed();
        if (oldest.ahead > 0 && !parser.midway()) {
            // Some servers forget what came while they were busy with another request.
            pool.pipelining.broke(connection.number);
        }
        connection.close(Ending.ours("a request took too long"));
    }

    /** Tells the one whose answer this should have been; the rest are innocent. */
    private void blame(BadResponse bad) {
        Exchange oldest = inFlight.peek();
        if (bad.kind() == BadResponse.Kind.NOT_WORTH_DRAINING) {
            return;
        }
        if (bad.kind() == BadResponse.Kind.UNSOLICITED || (bad.kind() == BadResponse.Kind.MALFORMED && served > 0)) {
            pool.pipelining.broke(connection.number);
        }
        pool.pipelining.failed();
        if (oldest == null || oldest.finished() || bad.kind() == BadResponse.Kind.UNSOLICITED) {
            return;
        }
        String message = oldest.request + ": " + bad.why();
        if (bad.kind() == BadResponse.Kind.TOO_LARGE) {
            oldest.fail(new HttpException.TooLarge(message));
        } else if (!mayBeAnothers(oldest)) {
            oldest.fail(new HttpException.Malformed(message, null));
        }
    }

    /** Garbage behind a good answer may be the rest of that one. It is asked for again, on a connection of its own. */
    private boolean mayBeAnothers(Exchange oldest) {
        int times = oldest.sends() - oldest.throttles();
        return served > 0 && !oldest.isOpen() && oldest.repeatable() && times < engine.settings.attempts();
    }

    private Exchange oldest() {
        return inFlight.element();
    }

    @Override
    public void farewell(Outbox out) {}

    @Override
    public void release(Ending ending) {
        Exchange oldest = inFlight.peek();
        boolean between = !parser.midway();
        if (ending.kind() == Ending.Kind.BROKEN && oldest != null) {
            pool.pipelining.failed();
            if (between && oldest.ahead > 0) {
                pool.pipelining.endedEarly(connection.number, served);
            }
            if (between && oldest.ahead == 0 && served > 0) {
                pool.connections.distrustIdle(connection.lastUsed());
            }
        }
        Replay replay = new Replay(pool, ending);
        String progress = parser.progress();
        for (Exchange exchange : inFlight) {
            replay.sent(exchange, exchange.start < handed, progress);
            progress = "before the answer";
        }
        inFlight.clear();
        for (Exchange exchange = unwritten.poll(); exchange != null; exchange = unwritten.poll()) {
            replay.unsent(exchange);
        }
        replay.finish();
        writer.stop();
        body.close();
    }
}
