package dev.muster.http.internal;

import static dev.muster.http.internal.BadResponse.malformed;

import dev.muster.http.internal.hpack.HpackException;
import org.jspecify.annotations.Nullable;

/**
 * What the frames of a server mean for the streams of one connection (RFC 9113 §5, §6). What is wrong with one answer ends
 * its stream; what breaks the rules of the connection is thrown. Our windows are given back as content is consumed.
 */
final class Http2Receiver implements FrameReader.Receiver {
    /** How much of one body may be under way to us. */
    static final int STREAM_WINDOW = 1 << 20;

    static final int CONNECTION_WINDOW = 1 << 24;
    /** What may have crossed our end of a stream beside content: a head, trailers and a reset. */
    private static final int CROSSING = 3;

    private final Http2Codec codec;
    private final StreamTable streams;
    private final Http2Sender sender;
    private final ControlFrames control;
    private final Http2Answers answers;
    private final FrameReader reader;
    private final Http2Heads heads;
    private final Nuisance nuisance = new Nuisance();

    private int window = CONNECTION_WINDOW;
    private int consumed;
    /** How much may still come on streams that we have ended before the server did. */
    private long late;
    /** How many frames without content may still come on them. */
    private long pardoned;

    private long now;

    Http2Receiver(Http2Codec codec, StreamTable streams, Http2Sender sender, ControlFrames control, Pool pool) {
        this.codec = codec;
        this.streams = streams;
        this.sender = sender;
        this.control = control;
        this.answers = new Http2Answers(pool, this::wanted);
        int mostHeader = pool.engine.settings.maxHeaderBytes();
        this.reader = new FrameReader(this, mostHeader);
        this.heads = new Http2Heads(mostHeader);
    }

    void feed(byte[] bytes, int from, int to, long time) throws BadFrame {
        now = time;
        reader.feed(bytes, from, to);
        answers.handOn(now);
    }

    /** The stream is over; {@code early}: before the server has ended it. */
    void ended(Http2Stream stream, boolean early) {
        if (early) {
            late += stream.receiveWindow;
            pardoned += CROSSING;
        }
        answers.giveBack(stream);
    }

    void close() {
        answers.close();
    }

    @Override
    public void headers(int id, boolean last, byte[] bytes, int from, int to) throws BadFrame {
        Http2Stream stream = known(id, "HEADERS");
        try {
            if (stream == null) {
                heads.skip(bytes, from, to);
                countLate("headers on closed streams");
                return;
            }
            try {
                if (stream.head == null) {
                    answers.head(stream, heads.head(bytes, from, to), last, now);
                } else {
                    stream.trailers = heads.trailers(bytes, from, to);
                    if (!last) {
                        throw malformed("a second head that is not the end");
                    }
                }
                if (last) {
                    end(stream);
                }
            } catch (BadResponse bad) {
                codec.fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
            }
        } catch (HpackException e) {
            throw new BadFrame(ErrorCode.COMPRESSION_ERROR, id, "a header that cannot be read: " + e.getMessage());
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
        if (stream != null) {
            try {
                answers.content(stream, bytes, from, count);
            } catch (BadResponse bad) {
                codec.fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
            }
        }
    }

    @Override
    public void dataEnds(int id, int content, int padding, boolean last) throws BadFrame {
        Http2Stream stream = streams.get(id);
        if (stream == null) {
            if (content == 0) {
                countLate("DATA frames without content on closed streams");
            }
            return;
        }
        if (content == 0 && !last) {
            count("DATA frames without content");
        }
        if (!last) {
            stream.consumed += content + padding;
            replenish(stream);
            return;
        }
        try {
            end(stream);
        } catch (BadResponse bad) {
            codec.fail(stream, bad, ErrorCode.PROTOCOL_ERROR);
        }
    }

    private void end(Http2Stream stream) throws BadResponse {
        answers.end(stream);
        // It may give back its window once it has answered.
        pardoned++;
        codec.answered(stream, now);
        answers.deliver(stream, now);
    }

    private void replenish(Http2Stream stream) {
        boolean held = stream.pipe != null && stream.pipe.behind();
        if (stream.consumed >= STREAM_WINDOW / 2 && !held) {
            control.window(stream.id, stream.consumed);
            stream.receiveWindow += stream.consumed;
            stream.consumed = 0;
        }
    }

    /** Whoever reads this body has caught up. The server is waited for from now on. */
    private void wanted(Http2Stream stream) {
        if (streams.get(stream.id) != null) {
            stream.since = codec.tick();
            answers.handOn(stream);
            replenish(stream);
            codec.changed();
        }
    }

    @Override
    public void reset(int id, ErrorCode code) throws BadFrame {
        Http2Stream stream = known(id, "RST_STREAM");
        if (stream == null) {
            countLate("resets of closed streams");
        } else {
            codec.reset(stream, code);
        }
    }

    @Override
    public void setting(int name, int value) throws BadFrame {
        // Each, as thousands fit into a frame, and each may change every stream.
        count("SETTINGS");
        switch (name) {
            case Frames.SETTINGS_HEADER_TABLE_SIZE -> sender.tableSize(value);
            case Frames.SETTINGS_ENABLE_PUSH -> {
                if (value != 0) {
                    throw BadFrame.protocol("a server that wants pushes");
                }
            }
            case Frames.SETTINGS_MAX_CONCURRENT_STREAMS -> codec.allow(value);
            case Frames.SETTINGS_INITIAL_WINDOW_SIZE -> sender.initialWindow(value);
            case Frames.SETTINGS_MAX_FRAME_SIZE -> sender.frameSize(value);
            default -> {}
        }
    }

    @Override
    public void settled(boolean acknowledged) throws BadFrame {
        count("SETTINGS");
        if (!acknowledged) {
            control.settingsAck();
        }
    }

    @Override
    public void ping(boolean acknowledged, byte[] bytes, int from) throws BadFrame {
        count("PINGs");
        if (!acknowledged) {
            control.pingAck(bytes, from);
        }
    }

    @Override
    public void ignored() throws BadFrame {
        count("frames that ask for nothing");
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
            countLate("window updates of closed streams");
            return;
        }
        if (increment == 0) {
            codec.fail(stream, malformed("a window update of nothing"), ErrorCode.PROTOCOL_ERROR);
        } else if (!sender.widen(stream, increment)) {
            codec.fail(stream, malformed("a window beyond " + Frames.LARGEST_WINDOW), ErrorCode.FLOW_CONTROL_ERROR);
        }
    }

    @Override
    public void goAway(int lastStream, ErrorCode code, String debug) throws BadFrame {
        count("GOAWAYs");
        codec.goAway(lastStream, "the server goes away (" + code + (debug.isEmpty() ? "" : ": " + debug) + ")");
    }

    private void count(String what) throws BadFrame {
        nuisance.count(what, control.length(), now);
    }

    /** What comes on a stream that is closed is no nuisance where we have ended it and the server did not know yet. */
    private void countLate(String what) throws BadFrame {
        if (pardoned > 0) {
            pardoned--;
        } else {
            count(what);
        }
    }

    /** The stream if it is open, null if it was; an error if it never was. */
    private @Nullable Http2Stream known(int id, String frame) throws BadFrame {
        if (!codec.opened(id)) {
            throw BadFrame.protocol(frame + " on a stream that was never opened");
        }
        return streams.get(id);
    }
}
