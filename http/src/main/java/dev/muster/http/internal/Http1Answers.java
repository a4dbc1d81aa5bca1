package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The answers of one connection of HTTP/1.1, from its bytes to those who asked, the oldest of the codec first. */
final class Http1Answers implements ResponseParser.Receiver {
    private static final long UNTOLD = Long.MAX_VALUE;
    /** So much of a body must be known to come before it is read straight to where it goes: a TLS record and more. */
    private static final long WORTH_IT = 32 * 1024;

    private final Http1Codec codec;
    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final ResponseParser parser;
    private final ResponseBody body;

    private int served;
    /** How many requests the server takes on this connection, as far as it said. */
    private long budget = UNTOLD;

    private long now;
    private @Nullable ResponseHead head;
    private @Nullable Ending ending;

    /** Where the body that is being read goes, while somebody reads it as it comes. */
    private @Nullable BodyPipe pipe;

    Http1Answers(Http1Codec codec, Connection connection, Pool pool) {
        this.codec = codec;
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.parser = new ResponseParser(this, engine.settings.maxHeaderBytes(), engine.settings.maxBodyBytes());
        this.body = new ResponseBody(engine.settings);
    }

    /** How many requests were answered. */
    int served() {
        return served;
    }

    /** How many requests the server takes in all. */
    long budget() {
        return budget;
    }

    /** How far the answer has come that is being read. */
    String progress() {
        return parser.progress();
    }

    /** Whether an answer is being read. */
    boolean midway() {
        return parser.midway();
    }

    void received(byte[] bytes, int from, int to, long at) throws BadResponse {
        now = at;
        try {
            parser.feed(bytes, from, to);
        } catch (BadResponse bad) {
            blame(bad);
            throw bad;
        }
        BodyPipe reading = pipe;
        if (reading != null) {
            codec.heard(now);
            reading.filled();
        }
        if (ending != null) {
            connection.close(ending);
        }
    }

    boolean behind() {
        BodyPipe reading = pipe;
        return reading != null && (connection.lent() || reading.behind());
    }

    /** The reader has caught up. The server is waited for from now on. */
    private void wanted() {
        codec.heard(engine.tick());
        connection.resume();
    }

    @Nullable
    ByteBuffer into() {
        BodyPipe reading = pipe;
        long known = parser.known();
        if (reading == null || known < WORTH_IT) {
            return null;
        }
        ByteBuffer room = reading.room();
        return room.limit((int) Math.min(room.capacity(), room.position() + known));
    }

    void filled(int count, long at) throws BadResponse {
        now = at;
        codec.heard(now);
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

    void readOver() {
        BodyPipe reading = pipe;
        if (reading != null) {
            lend(reading);
            reading.handOver();
        }
    }

    /** Lets the reader of a long body read the connection itself, but for what would be read over if it stopped. */
    private void lend(BodyPipe reading) {
        long most = parser.known() - Math.max(WORTH_IT, engine.settings.drainBytes());
        if (most >= Loan.LEAST && !reading.lent() && codec.handed(codec.oldest())) {
            connection.lend(reading, most, codec.oldest().responseTimeout());
        }
    }

    void returned(long count, long heard) {
        codec.heard(heard);
        parser.within(count);
        Objects.requireNonNull(pipe).passed(count);
    }

    void ended(long at) throws BadResponse {
        now = at;
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

    /** Nobody waits any longer for the oldest answer, which may have begun. */
    void discard() {
        if (head == null) {
            return;
        }
        pipe = null;
        try {
            parser.divert(body.discard(connection.lent() ? Long.MAX_VALUE : parser.known()));
            connection.resume();
        } catch (BadResponse tooMuch) {
            connection.close(Ending.ours(tooMuch.why()));
        }
    }

    void close() {
        body.close();
    }

    @Override
    public void begun() throws BadResponse {
        Exchange oldest = codec.awaited();
        if (oldest == null) {
            throw new BadResponse(BadResponse.Kind.UNSOLICITED, "the server sent what nobody had asked for");
        }
        if (engine.listened() && !oldest.finished()) {
            engine.emit(new HttpEvent.FirstByte(now, oldest.number));
        }
    }

    @Override
    public void interim(int status) {
        if (status == 100) {
            codec.heard(now);
            codec.writer.proceed();
        }
    }

    @Override
    public boolean toHead() {
        return codec.oldest().request.method().equals("HEAD");
    }

    @Override
    public BodySink head(ResponseHead found) throws BadResponse {
        head = found;
        Exchange exchange = codec.oldest();
        if (found.status() >= 300 && exchange.end == Http1Writer.FAR && codec.writer.halt()) {
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
        Exchange exchange = codec.oldest();
        ResponseHead answer = Objects.requireNonNull(head);
        head = null;
        if (answer.status() == 408 && !answer.keepAlive() && served > 0 && exchange.repeatable()) {
            // Said to the idle connection while the request was on its way (RFC 9110 §15.5.9).
            ending = Ending.announced("the server ended the idle connection");
            return false;
        }
        served++;
        boolean others = codec.answered();
        boolean keeps = answer.keepAlive() && (answer.length() >= 0 || answer.chunked() || bodiless(answer, exchange));
        pool.pipelining.answered(keeps && answer.http11(), served);
        long apart = codec.apart(now);
        ending = endingAfter(exchange, keeps);
        if (!keeps && others) {
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
        // Of an answer that nobody waits for only the head is kept.
        if (exchange.finished() ? !Throttle.means(answer.status()) : !pool.turnsAway(response)) {
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
        if (!codec.handed(exchange)) {
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

    /** Tells the one whose answer this should have been; the rest are innocent. */
    private void blame(BadResponse bad) {
        Exchange oldest = codec.inFlight.peek();
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
}
