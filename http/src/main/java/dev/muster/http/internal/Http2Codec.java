package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.BodySource;
import dev.muster.http.HttpException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 (RFC 9113): each request on a stream of its own, answers in any order. {@link Http2Sender} writes,
 * {@link Http2Receiver} reads; here is what begins and ends.
 */
final class Http2Codec implements ExchangeCodec {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final StreamTable streams = new StreamTable();
    private final ControlFrames control = new ControlFrames();
    private final Http2Sender sender;
    private final Http2Receiver receiver;
    private final ExchangeQueue unwritten = new ExchangeQueue();
    private final StreamLimit limit;
    private final Heartbeat heartbeat;

    private boolean greeted;
    private boolean parted;
    private int nextStream = 1;
    private long encoded;
    private long handed;
    private long served;

    private boolean goingAway;
    private long nextDue;

    Http2Codec(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.sender = new Http2Sender(pool.origin, streams);
        this.receiver = new Http2Receiver(this, streams, sender, control, pool);
        this.limit = new StreamLimit(pool.connections);
        this.heartbeat = new Heartbeat(engine.now());
        this.nextDue = engine.now() + engine.settings.responseTimeout();
    }

    @Override
    public String protocol() {
        return "h2";
    }

    @Override
    public boolean multiplexes() {
        return true;
    }

    @Override
    public int room(boolean sharing) {
        return goingAway || heartbeat.inDoubt() ? 0 : limit.room(outstanding(), taken());
    }

    @Override
    public int outstanding() {
        return streams.size() + unwritten.size();
    }

    @Override
    public int unwritten() {
        return unwritten.size();
    }

    @Override
    public boolean fresh() {
        return nextStream == 1 && unwritten.isEmpty();
    }

    @Override
    public boolean retiring() {
        return goingAway || limit.left(taken()) <= 0;
    }

    /** How many requests it was given in all. */
    private int taken() {
        return nextStream / 2 + unwritten.size();
    }

    @Override
    public long waitingSince() {
        return engine.now();
    }

    /** Whether this stream was ever ours. */
    boolean opened(int id) {
        return (id & 1) == 1 && id < nextStream;
    }

    // What we send.

    @Override
    public void add(Exchange exchange) {
        exchange.carriedBy(this);
        unwritten.addLast(exchange);
    }

    @Override
    public void write(Outbox out, long now) {
        int before = out.length();
        if (!greeted) {
            greet();
        }
        control.moveTo(out);
        while (!out.isFull()) {
            Exchange exchange = unwritten.poll();
            if (exchange == null) {
                break;
            }
            exchange.start = encoded + out.length() - before;
            open(exchange, out, now);
        }
        sender.bodies(out, now);
        encoded += out.length() - before;
    }

    private void greet() {
        greeted = true;
        control.put(PREFACE);
        control.settings(
                Frames.SETTINGS_ENABLE_PUSH,
                0,
                Frames.SETTINGS_INITIAL_WINDOW_SIZE,
                Http2Receiver.STREAM_WINDOW,
                Frames.SETTINGS_MAX_HEADER_LIST_SIZE,
                engine.settings.maxHeaderBytes());
        control.window(0, Http2Receiver.CONNECTION_WINDOW - Frames.WINDOW);
    }

    private void open(Exchange exchange, Outbox out, long now) {
        Http2Stream stream = new Http2Stream(nextStream, exchange, Http2Receiver.STREAM_WINDOW);
        nextStream += 2;
        stream.since = now;
        exchange.stream = stream.id;
        int ahead = streams.size();
        streams.add(stream);
        sender.open(stream, upload(stream), out);
        if (stream.due() - nextDue < 0) {
            nextDue = stream.due();
        }
        pool.written(exchange, now);
        exchange.sent(now, connection.number, ahead);
    }

    private @Nullable Upload upload(Http2Stream stream) {
        BodySource source = stream.exchange.request.source();
        if (source == null || source.length() == 0) {
            return null;
        }
        stream.left = source.length();
        Upload upload = new Upload(engine, source, () -> ready(stream));
        stream.exchange.spend();
        upload.start();
        return upload;
    }

    /** The source of a body has something, or an end. */
    private void ready(Http2Stream stream) {
        Upload upload = stream.upload;
        if (upload == null) {
            return;
        }
        Throwable failure = upload.failure();
        if (failure == null) {
            sender.ready(stream);
        } else {
            cancel(stream, ErrorCode.CANCEL);
            stream.exchange.fail(new HttpException.BodyUnreadable(stream.exchange.request, failure));
        }
        changed();
    }

    @Override
    public void handed(long total, long now) {
        handed = total;
    }

    @Override
    public void farewell(Outbox out) {
        if (greeted && !parted) {
            control.goAway(ErrorCode.NO_ERROR);
        }
        control.moveTo(out);
    }

    // What comes.

    @Override
    public void received(byte[] bytes, int from, int to, long now) {
        if (heartbeat.heard(now)) {
            pool.touch();
        }
        try {
            receiver.feed(bytes, from, to, now);
            changed();
        } catch (BadFrame bad) {
            refuse(bad);
        }
    }

    @Override
    public void ended(long now) {
        parted = true;
    }

    /** Says what was wrong and ends the connection; whose answer it was is told, and where it was nobody's, all are. */
    private void refuse(BadFrame bad) {
        control.goAway(bad.code());
        parted = true;
        BadResponse told =
                bad.code() == ErrorCode.ENHANCE_YOUR_CALM ? BadResponse.tooLarge(bad.why()) : malformed(bad.why());
        for (Http2Stream stream : streams.inOrder()) {
            if (stream.id == bad.stream() || (bad.stream() == 0 && served == 0)) {
                fail(stream, told, bad.code());
            }
        }
        connection.close(Ending.broken("the server broke HTTP/2: " + bad.why(), null));
    }

    void allow(int streams) {
        limit.allow(streams);
        pool.touch();
    }

    /** What is above the last stream goes again, whatever its method; what is below is still answered. */
    void goAway(int lastStream, String why) {
        goingAway = true;
        Replay replay = new Replay(pool, Ending.announced(why));
        if (lastStream < nextStream - 2) {
            limit.cut((lastStream + 1) / 2);
        }
        for (Http2Stream stream : streams.inOrder()) {
            // One whose answer has begun was processed, whatever is said now.
            if (stream.id > lastStream && stream.head == null) {
                drop(stream, false);
                replay.sent(stream.exchange, true, stream.progress());
            }
        }
        unsent(replay);
        replay.finish();
        pool.touch();
    }

    long tick() {
        return engine.tick();
    }

    /** Something may have to be written, or there is nothing left to wait for. */
    void changed() {
        if (goingAway && outstanding() == 0) {
            connection.close(Ending.announced("the server went away"));
            return;
        }
        if (heartbeat.inDoubt() && outstanding() == 0) {
            // It takes nobody on until there is an answer, for which an idle connection would not be looked after.
            connection.close(Ending.ours("the server is in doubt"));
            return;
        }
        if (!control.isEmpty() || sender.canSend()) {
            connection.mark();
        }
        if (outstanding() == 0) {
            limit.spent(taken());
            connection.rearm();
        }
    }

    // How streams end.

    /** The answer is whole. */
    void answered(Http2Stream stream, long now) {
        if (stream.unfinished()) {
            control.reset(stream.id, ErrorCode.CANCEL);
        }
        served++;
        limit.answered();
        streams.remove(stream);
        sender.stop(stream);
        stream.exchange.carriedBy(null);
        connection.answered(now);
    }

    /** What came cannot be the answer. */
    void fail(Http2Stream stream, BadResponse bad, ErrorCode code) {
        boolean tooLarge = bad.kind() == BadResponse.Kind.TOO_LARGE;
        cancel(stream, tooLarge ? ErrorCode.CANCEL : code);
        String message = stream.exchange.request + ": " + bad.why();
        stream.exchange.fail(
                tooLarge ? new HttpException.TooLarge(message) : new HttpException.Malformed(message, null));
    }

    /** The server has ended it before the answer was whole. */
    void reset(Http2Stream stream, ErrorCode code) {
        drop(stream, false);
        String why = "the server reset the stream (" + code + ")";
        // One whose answer has begun was processed, whatever is said now.
        boolean unprocessed =
                stream.head == null && (code == ErrorCode.REFUSED_STREAM || code == ErrorCode.HTTP_1_1_REQUIRED);
        if (code == ErrorCode.REFUSED_STREAM) {
            limit.refused(streams.size());
        } else if (code == ErrorCode.HTTP_1_1_REQUIRED) {
            goingAway = true;
            pool.connections.onlyHttp1();
        }
        Replay replay = new Replay(pool, unprocessed ? Ending.announced(why) : Ending.broken(why, null));
        replay.sent(stream.exchange, true, stream.progress());
        replay.finish();
        pool.touch();
    }

    /** We end it before the server does. */
    private void cancel(Http2Stream stream, ErrorCode code) {
        control.reset(stream.id, code);
        drop(stream, true);
        pool.touch();
    }

    private void drop(Http2Stream stream, boolean early) {
        streams.remove(stream);
        sender.stop(stream);
        stream.exchange.carriedBy(null);
        receiver.ended(stream, early);
    }

    @Override
    public void abandoned(Exchange exchange, boolean written) {
        Http2Stream stream = written ? streams.get(exchange.stream) : null;
        if (stream != null) {
            cancel(stream, ErrorCode.CANCEL);
        }
        pool.touch();
        changed();
    }

    @Override
    public long due() {
        return heartbeat.due(nextDue);
    }

    /** Those that took too long fail. Where nothing came meanwhile, it may be the connection that is dead. */
    @Override
    public void overdue(long now) {
        if (heartbeat.isDead(now)) {
            connection.close(Ending.broken("the server did not answer a PING", null));
            return;
        }
        boolean silent = false;
        nextDue = now + engine.settings.responseTimeout();
        for (Http2Stream stream : streams.inOrder()) {
            boolean starved = stream.upload != null && stream.upload.starved();
            if (starved || (stream.pipe != null && stream.pipe.behind())) {
                // It is not the server who is slow.
                stream.since = now;
            }
            if (stream.due() - now > 0) {
                nextDue = stream.due() - nextDue < 0 ? stream.due() : nextDue;
                continue;
            }
            silent |= heartbeat.silentFor(stream.exchange.responseTimeout() / 2, now);
            String progress = stream.unfinished() ? "before the request was whole" : stream.progress();
            cancel(stream, ErrorCode.CANCEL);
            stream.exchange.fail(new HttpException.TimedOut(stream.exchange.request + ": no whole answer within "
                    + stream.exchange.responseTimeout() / 1_000_000 + " ms, given up " + progress));
        }
        if (silent && outstanding() == 0) {
            connection.close(Ending.ours("a request took too long"));
            return;
        }
        if (silent && !heartbeat.inDoubt()) {
            heartbeat.doubt(now);
            control.ping();
        }
        changed();
    }

    @Override
    public void release(Ending ending) {
        Replay replay = new Replay(pool, ending);
        for (Http2Stream stream : streams.inOrder()) {
            drop(stream, true);
            replay.sent(stream.exchange, stream.exchange.start < handed, stream.progress());
        }
        unsent(replay);
        replay.finish();
        receiver.close();
    }

    private void unsent(Replay replay) {
        for (Exchange exchange = unwritten.poll(); exchange != null; exchange = unwritten.poll()) {
            replay.unsent(exchange);
        }
    }
}
