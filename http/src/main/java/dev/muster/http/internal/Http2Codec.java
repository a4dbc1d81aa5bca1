package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.internal.hpack.HpackException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 (RFC 9113): each request on a stream of its own, answers in any order. What goes wrong with one answer ends its
 * stream and nothing else; what breaks the rules of the connection ends that.
 */
final class Http2Codec implements ExchangeCodec, FrameReader.Receiver {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** How much of one body may be under way to us. */
    private static final int STREAM_WINDOW = 1 << 20;

    private static final int CONNECTION_WINDOW = 1 << 24;
    /** How many streams a server bears that says nothing about it: as many as it should (RFC 9113 §6.5.2). */
    private static final int UNTOLD_STREAMS = 100;

    private static final int MOST_STREAMS = 1000;
    private static final int LAST_STREAM = Integer.MAX_VALUE - 2 * MOST_STREAMS;
    private static final int MOST_INTERIM = 32;
    /** How long a server in doubt may take to answer a PING. */
    private static final long PING_PATIENCE = 10_000_000_000L;

    private final Connection connection;
    private final Pool pool;
    private final Engine engine;
    private final FrameReader reader;
    private final Http2Heads heads;
    private final StreamTable streams = new StreamTable();
    private final Http2Sender sender;
    private final ControlFrames control = new ControlFrames();
    private final Nuisance nuisance = new Nuisance();
    private final ExchangeQueue unwritten = new ExchangeQueue();
    /** Those whose body somebody reads as it comes, and for whom some has come. */
    private final List<Http2Stream> reading = new ArrayList<>();

    private final ArrayDeque<ResponseBody> spareBodies = new ArrayDeque<>();

    private boolean greeted;
    private int nextStream = 1;
    private long encoded;
    private long handed;
    private long served;

    /** How many streams the server said it would take, and how many it did not refuse. */
    private int allowed = UNTOLD_STREAMS;

    private int bearable = MOST_STREAMS;

    private int window = CONNECTION_WINDOW;
    private int consumed;
    /** How much may still come on streams that we have ended before the server did. */
    private long late;

    private boolean goingAway;
    private boolean ended;
    private boolean pinged;
    private long pingedAt;
    private long heard;
    private long nextDue;
    private long now;

    Http2Codec(Connection connection, Pool pool) {
        this.connection = connection;
        this.pool = pool;
        this.engine = pool.engine;
        this.sender = new Http2Sender(pool.origin, streams);
        this.reader = new FrameReader(this, engine.settings.maxHeaderBytes());
        this.heads = new Http2Heads(engine.settings.maxHeaderBytes());
        this.now = engine.now();
        this.nextDue = now + engine.settings.responseTimeout();
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
        return retiring() || pinged ? 0 : Math.min(allowed, bearable) - outstanding();
    }

    @Override
    public int outstanding() {
        return streams.size() + unwritten.size();
    }

    @Override
    public boolean fresh() {
        return nextStream == 1 && unwritten.isEmpty();
    }

    @Override
    public boolean retiring() {
        return goingAway || nextStream > LAST_STREAM;
    }

    @Override
    public long waitingSince() {
        return engine.now();
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
                STREAM_WINDOW,
                Frames.SETTINGS_MAX_HEADER_LIST_SIZE,
                engine.settings.maxHeaderBytes());
        control.window(0, CONNECTION_WINDOW - Frames.WINDOW);
    }

    private void open(Exchange exchange, Outbox out, long now) {
        Http2Stream stream = new Http2Stream(nextStream, exchange, STREAM_WINDOW);
        nextStream += 2;
        stream.since = now;
        exchange.stream = stream.id;
        int ahead = streams.size();
        streams.add(stream);
        sender.open(stream, out);
        if (stream.due() - nextDue < 0) {
            nextDue = stream.due();
        }
        exchange.sent(now, connection.number, ahead);
    }

    @Override
    public void handed(long total, long now) {
        handed = total;
    }

    @Override
    public void farewell(Outbox out) {
        if (greeted && !ended) {
            control.goAway(ErrorCode.NO_ERROR);
        }
        control.moveTo(out);
    }

    // What comes.

    @Override
    public void received(byte[] bytes, int from, int to, long now) {
        this.now = now;
        heard = now;
        if (pinged) {
            pinged = false;
            pool.touch();
        }
        try {
            reader.feed(bytes, from, to);
        } catch (BadFrame bad) {
            refuse(bad);
            return;
        }
        if (!reading.isEmpty()) {
            for (Http2Stream stream : reading) {
                stream.since = now;
                handOn(stream);
            }
            reading.clear();
        }
        afterwards();
    }

    @Override
    public void ended(long now) {
        ended = true;
    }

    @Override
    public void headers(int id, boolean last, byte[] bytes, int from, int to) throws BadFrame {
        Http2Stream stream = known(id, "HEADERS");
        try {
            if (stream == null) {
                heads.skip(bytes, from, to);
                nuisance.count("headers on closed streams", control.length(), now);
                return;
            }
            try {
                if (stream.head != null) {
                    stream.trailers = heads.trailers(bytes, from, to);
                    if (!last) {
                        throw malformed("a second head that is not the end");
                    }
                } else {
                    begin(stream, heads.head(bytes, from, to), last);
                }
                if (last) {
                    complete(stream);
                }
            } catch (BadResponse bad) {
                fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
            }
        } catch (HpackException e) {
            throw new BadFrame(ErrorCode.COMPRESSION_ERROR, id, "a header that cannot be read: " + e.getMessage());
        }
    }

    private void begin(Http2Stream stream, ResponseHead head, boolean last) throws BadResponse {
        if (!stream.begun) {
            stream.begun = true;
            if (engine.listened()) {
                engine.emit(new HttpEvent.FirstByte(now, stream.exchange.number));
            }
        }
        if (head.interim()) {
            if (last) {
                throw malformed("an interim response that is the last");
            }
            if (++stream.interims > MOST_INTERIM) {
                throw malformed("more than " + MOST_INTERIM + " interim responses");
            }
            return;
        }
        stream.hasBody = head.hasBody(stream.toHead());
        stream.head = head;
        ResponseBody body = spareBodies.isEmpty() ? new ResponseBody(engine.settings) : spareBodies.pop();
        stream.body = body;
        if (stream.exchange.streaming != null && !Throttle.means(head.status())) {
            BodyPipe pipe = body.stream(stream.exchange, head, stream.hasBody, () -> wanted(stream));
            stream.pipe = pipe;
            stream.sink = pipe;
        } else {
            stream.sink = body.collect(head, stream.hasBody, stream.exchange.decodes);
        }
        stream.most = stream.sink.unbounded() ? Long.MAX_VALUE : engine.settings.maxBodyBytes();
        if (stream.hasBody && head.length() > stream.most) {
            throw BadResponse.tooLarge("the body is " + head.length() + " bytes, more than " + stream.most);
        }
    }

    @Override
    public void dataBegins(int id, int length) throws BadFrame {
        Http2Stream stream = known(id, "DATA");
        if (length > window) {
            throw new BadFrame(ErrorCode.FLOW_CONTROL_ERROR, id, "more than the window of the connection");
        }
        window -= length;
        consumed += length;
        if (consumed >= CONNECTION_WINDOW / 2) {
            control.window(0, consumed);
            window += consumed;
            consumed = 0;
        }
        if (stream == null) {
            late -= length;
            if (late < 0) {
                throw new BadFrame(ErrorCode.STREAM_CLOSED, 0, "content on a closed stream");
            }
        } else if (length > stream.receiveWindow) {
            throw new BadFrame(ErrorCode.FLOW_CONTROL_ERROR, id, "more than the window of the stream");
        } else {
            stream.receiveWindow -= length;
        }
    }

    @Override
    public void data(int id, byte[] bytes, int from, int count) {
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            return;
        }
        try {
            if (!stream.hasBody) {
                throw malformed(stream.head == null ? "content before the head" : "content where there can be none");
            }
            stream.received += count;
            if (stream.received > stream.most) {
                throw BadResponse.tooLarge("the body is larger than " + stream.most + " bytes");
            }
            stream.sink.accept(bytes, from, count);
            if (stream.pipe != null && !reading.contains(stream)) {
                reading.add(stream);
            }
        } catch (BadResponse bad) {
            fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
        }
    }

    @Override
    public void dataEnds(int id, int content, int padding, boolean last) throws BadFrame {
        if (content == 0 && !last) {
            nuisance.count("DATA frames without content", control.length(), now);
        }
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            return;
        }
        if (!last) {
            stream.consumed += content + padding;
            replenish(stream);
            return;
        }
        try {
            if (stream.head == null) {
                throw malformed("content before the head");
            }
            complete(stream);
        } catch (BadResponse bad) {
            fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
        }
    }

    /** Whoever reads this body has caught up. The server is waited for from now on. */
    private void wanted(Http2Stream stream) {
        if (streams.get(stream.id) != null) {
            stream.since = engine.tick();
            handOn(stream);
            replenish(stream);
            afterwards();
        }
    }

    /** A reader that is behind gets only buffers that are full, so that the window bounds what it can hold. */
    private static void handOn(Http2Stream stream) {
        BodyPipe pipe = stream.pipe;
        if (pipe != null && !pipe.behind()) {
            pipe.filled();
        }
    }

    private void replenish(Http2Stream stream) {
        boolean held = stream.pipe != null && stream.pipe.behind();
        if (stream.consumed >= STREAM_WINDOW / 2 && !held) {
            control.window(stream.id, stream.consumed);
            stream.receiveWindow += stream.consumed;
            stream.consumed = 0;
        }
    }

    @Override
    public void reset(int id, ErrorCode code) throws BadFrame {
        Http2Stream stream = known(id, "RST_STREAM");
        if (stream == null) {
            nuisance.count("resets of closed streams", control.length(), now);
            return;
        }
        drop(stream);
        String why = "the server reset the stream (" + code + ")";
        boolean unprocessed = code == ErrorCode.REFUSED_STREAM || code == ErrorCode.HTTP_1_1_REQUIRED;
        if (code == ErrorCode.REFUSED_STREAM) {
            bearable = Math.max(1, streams.size());
        } else if (code == ErrorCode.HTTP_1_1_REQUIRED) {
            goingAway = true;
            pool.onlyHttp1();
        }
        Replay replay = new Replay(pool, unprocessed ? Ending.announced(why) : Ending.broken(why, null));
        replay.sent(stream.exchange, true, stream.progress());
        replay.finish();
        pool.touch();
    }

    @Override
    public void setting(int name, int value) throws BadFrame {
        switch (name) {
            case Frames.SETTINGS_HEADER_TABLE_SIZE -> sender.tableSize(value);
            case Frames.SETTINGS_ENABLE_PUSH -> {
                if (value != 0) {
                    throw BadFrame.protocol("a server that wants pushes");
                }
            }
            case Frames.SETTINGS_MAX_CONCURRENT_STREAMS ->
                allowed = value < 0 ? MOST_STREAMS : Math.min(value, MOST_STREAMS);
            case Frames.SETTINGS_INITIAL_WINDOW_SIZE -> sender.initialWindow(value);
            case Frames.SETTINGS_MAX_FRAME_SIZE -> sender.frameSize(value);
            default -> {}
        }
    }

    @Override
    public void settled(boolean acknowledged) throws BadFrame {
        nuisance.count("SETTINGS", control.length(), now);
        if (!acknowledged) {
            control.settingsAck();
            pool.touch();
        }
    }

    @Override
    public void ping(boolean acknowledged, byte[] bytes, int from) throws BadFrame {
        nuisance.count("PINGs", control.length(), now);
        if (!acknowledged) {
            control.pingAck(bytes, from);
        }
    }

    @Override
    public void ignored() throws BadFrame {
        nuisance.count("frames that ask for nothing", control.length(), now);
    }

    @Override
    public void window(int id, int increment) throws BadFrame {
        if (id == 0) {
            if (increment == 0) {
                throw BadFrame.protocol("a window update of nothing");
            }
            sender.widen(increment);
            return;
        }
        Http2Stream stream = known(id, "WINDOW_UPDATE");
        if (stream == null) {
            return;
        }
        if (increment == 0) {
            fail(stream, malformed("a window update of nothing"), ErrorCode.PROTOCOL_ERROR);
        } else if (!sender.widen(stream, increment)) {
            fail(stream, malformed("a window beyond " + Frames.LARGEST_WINDOW), ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    /** What is above the last stream goes again, whatever its method; what is below is still answered. */
    @Override
    public void goAway(int lastStream, ErrorCode code, String debug) throws BadFrame {
        nuisance.count("GOAWAYs", control.length(), now);
        goingAway = true;
        String why = "the server goes away (" + code + (debug.isEmpty() ? "" : ": " + debug) + ")";
        Replay replay = new Replay(pool, Ending.announced(why));
        for (Http2Stream stream : streams.inOrder()) {
            if (stream.id > lastStream) {
                drop(stream);
                replay.sent(stream.exchange, true, stream.progress());
            }
        }
        unsent(replay);
        replay.finish();
        pool.touch();
    }

    /** The stream if it is open, null if it was; an error if it never was. */
    private @Nullable Http2Stream known(int id, String frame) throws BadFrame {
        if ((id & 1) == 0 || id >= nextStream) {
            throw BadFrame.protocol(frame + " on a stream that was never opened");
        }
        return streams.get(id);
    }

    // How streams end.

    private void complete(Http2Stream stream) throws BadResponse {
        ResponseHead head = Objects.requireNonNull(stream.head);
        if (stream.hasBody && head.length() >= 0 && head.length() != stream.received) {
            throw malformed("a body of " + stream.received + " bytes where Content-Length says " + head.length());
        }
        stream.sink.trailers(stream.trailers);
        stream.sink.end();
        if (stream.sending != null) {
            control.reset(stream.id, ErrorCode.CANCEL);
        }
        served++;
        if (bearable < MOST_STREAMS) {
            bearable++;
        }
        if (stream.pipe == null) {
            pool.answeredWithin(now - stream.since);
        }
        ResponseBody body = Objects.requireNonNull(stream.body);
        boolean decoded = body.decoded();
        byte[] content = body.take();
        drop(stream);
        connection.answered(now);
        if (!Throttle.means(head.status())) {
            pool.throttle.answered(head.status());
        } else if (pool.turnedAway(stream.exchange, head, now)) {
            return;
        }
        if (stream.pipe != null) {
            stream.exchange.streamed(head, stream.pipe.received(), now);
        } else {
            stream.exchange.succeed(head, decoded, content, stream.trailers, now);
        }
    }

    private void fail(Http2Stream stream, BadResponse bad, ErrorCode code) {
        cancel(stream, code);
        Exchange exchange = stream.exchange;
        String message = exchange.request + ": " + bad.why();
        exchange.fail(
                bad.kind() == BadResponse.Kind.TOO_LARGE
                        ? new HttpException.TooLarge(message)
                        : new HttpException.Malformed(message, null));
    }

    /** We end it before the server does. */
    private void cancel(Http2Stream stream, ErrorCode code) {
        control.reset(stream.id, code);
        late += stream.receiveWindow;
        drop(stream);
        pool.touch();
    }

    private void drop(Http2Stream stream) {
        streams.remove(stream);
        stream.sending = null;
        stream.exchange.carriedBy(null);
        ResponseBody body = stream.body;
        if (body != null) {
            stream.body = null;
            spareBodies.push(body);
        }
    }

    /** What is to be done once a change is over. */
    private void afterwards() {
        if (goingAway && outstanding() == 0) {
            connection.close(Ending.announced("the server went away"));
            return;
        }
        if (!control.isEmpty() || sender.canSend()) {
            connection.mark();
        }
        if (outstanding() == 0) {
            connection.rearm();
        }
    }

    @Override
    public void abandoned(Exchange exchange, boolean written) {
        Http2Stream stream = written ? streams.get(exchange.stream) : null;
        if (stream != null) {
            cancel(stream, ErrorCode.CANCEL);
        }
        pool.touch();
        afterwards();
    }

    @Override
    public long due() {
        return pinged && pingedAt + PING_PATIENCE - nextDue < 0 ? pingedAt + PING_PATIENCE : nextDue;
    }

    /** Those that took too long fail. Where nothing came meanwhile, it may be the connection that is dead. */
    @Override
    public void overdue(long now) {
        if (pinged && pingedAt + PING_PATIENCE - now <= 0) {
            connection.close(Ending.broken("the server did not answer a PING", null));
            return;
        }
        boolean silent = false;
        nextDue = now + engine.settings.responseTimeout();
        for (Http2Stream stream : streams.inOrder()) {
            if (stream.pipe != null && stream.pipe.behind()) {
                // It is not the server who is slow.
                stream.since = now;
            }
            if (stream.due() - now > 0) {
                nextDue = stream.due() - nextDue < 0 ? stream.due() : nextDue;
                continue;
            }
            silent |= heard - stream.since < 0;
            String progress = stream.sending == null ? stream.progress() : "before the request was whole";
            cancel(stream, ErrorCode.CANCEL);
            stream.exchange.fail(new HttpException.TimedOut(stream.exchange.request + ": no whole answer within "
                    + stream.exchange.responseTimeout() / 1_000_000 + " ms, given up " + progress));
        }
        if (silent && outstanding() == 0) {
            connection.close(Ending.ours("a request took too long"));
            return;
        }
        if (silent && !pinged) {
            pinged = true;
            pingedAt = now;
            control.ping();
        }
        afterwards();
    }

    /** Says what was wrong and ends the connection; whose answer it was is told, and where it was nobody's, all are. */
    private void refuse(BadFrame bad) {
        control.goAway(bad.code());
        ended = true;
        for (Http2Stream stream : streams.inOrder()) {
            if (stream.id == bad.stream() || (bad.stream() == 0 && served == 0)) {
                fail(
                        stream,
                        bad.code() == ErrorCode.ENHANCE_YOUR_CALM
                                ? BadResponse.tooLarge(bad.why())
                                : malformed(bad.why()),
                        bad.code());
            }
        }
        connection.close(Ending.broken("the server broke HTTP/2: " + bad.why(), null));
    }

    @Override
    public void release(Ending ending) {
        Replay replay = new Replay(pool, ending);
        for (Http2Stream stream : streams.inOrder()) {
            drop(stream);
            replay.sent(stream.exchange, stream.exchange.start < handed, stream.progress());
        }
        unsent(replay);
        replay.finish();
        spareBodies.forEach(ResponseBody::close);
    }

    private void unsent(Replay replay) {
        for (Exchange exchange = unwritten.poll(); exchange != null; exchange = unwritten.poll()) {
            replay.unsent(exchange);
        }
    }
}
