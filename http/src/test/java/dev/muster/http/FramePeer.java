package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.muster.http.internal.hpack.HpackDecoder;
import dev.muster.http.internal.hpack.HpackEncoder;
import dev.muster.http.internal.hpack.HpackException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's end of one HTTP/2 connection, frame by frame: it does what the test says, right or wrong. */
final class FramePeer {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;

    static final int NO_ERROR = 0;
    static final int REFUSED_STREAM = 7;
    static final int CANCEL = 8;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1);

    /** A frame as it came over the wire. */
    static final class Frame {
        private final int type;
        private final int flags;
        private final int stream;
        private final byte[] payload;

        private Frame(int type, int flags, int stream, byte[] payload) {
            this.type = type;
            this.flags = flags;
            this.stream = stream;
            this.payload = payload;
        }

        int type() {
            return type;
        }

        int flags() {
            return flags;
        }

        int stream() {
            return stream;
        }

        byte[] payload() {
            return payload;
        }

        int int32(int at) {
            return (payload[at] & 0xff) << 24
                    | (payload[at + 1] & 0xff) << 16
                    | (payload[at + 2] & 0xff) << 8
                    | (payload[at + 3] & 0xff);
        }

        boolean last() {
            return (flags & END_STREAM) != 0;
        }
    }

    /** The head of a request. */
    record Request(int stream, List<String> fields, boolean last) {
        String field(String name) {
            return fields.stream()
                    .filter(field -> field.startsWith(name + ": "))
                    .map(field -> field.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }

        String path() {
            return field(":path");
        }
    }

    /** What a script does with an HTTP/2 connection. */
    interface Script {
        void serve(FramePeer peer) throws IOException;
    }

    private final Peer peer;
    private final HpackDecoder decoder = new HpackDecoder(4096, 1 << 20);
    private final HpackEncoder encoder = new HpackEncoder(4096);

    private FramePeer(Peer peer) {
        this.peer = peer;
    }

    /** A script for a server that begins as it should, with these settings. */
    static ScriptedServer.Script script(int[] settings, Script script) {
        return raw(peer -> {
            peer.settings(settings);
            script.serve(peer);
        });
    }

    static ScriptedServer.Script script(Script script) {
        return script(new int[0], script);
    }

    /** A script for a server that has read the client's preface and said nothing. */
    static ScriptedServer.Script raw(Script script) {
        return peer -> {
            byte[] preface = peer.bytes(PREFACE.length);
            if (preface.length == 0) {
                return;
            }
            if (!Arrays.equals(preface, PREFACE)) {
                throw new IOException("not the preface: " + new String(preface, ISO_8859_1));
            }
            script.serve(new FramePeer(peer));
        };
    }

    /** Answers each GET with its path, until the client goes. */
    static ScriptedServer.Script echo() {
        return script(FramePeer::echoOn);
    }

    void echoOn() throws IOException {
        for (Request request = request(); request != null; request = request()) {
            answer(request.stream(), request.path());
        }
    }

    /** Counts from 1 within the server. */
    int number() {
        return peer.number;
    }

    /** The next frame, or null when the client sends no more. */
    @Nullable
    Frame frame() throws IOException {
        byte[] header = peer.bytes(9);
        if (header.length == 0) {
            return null;
        }
        if (header.length < 9) {
            throw new EOFException("half a frame");
        }
        int length = (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | (header[2] & 0xff);
        byte[] payload = peer.bytes(length);
        if (payload.length < length) {
            throw new EOFException("half a frame");
        }
        Frame frame = new Frame(header[3], header[4], 0, header);
        return new Frame(frame.type(), frame.flags(), frame.int32(5), payload);
    }

    /** The next frame of this type; others are passed over, but header blocks are decoded. */
    Frame next(int type) throws IOException {
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.type() == type) {
                return frame;
            }
            if (frame.type() == HEADERS) {
                head(frame);
            }
        }
        throw new EOFException("the client went before a frame of type " + type);
    }

    /** The next request, passing over all else; null when the client sends no more. */
    @Nullable
    Request request() throws IOException {
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.type() == HEADERS) {
                return head(frame);
            }
        }
        return null;
    }

    /** {@code count} requests. */
    List<Request> requests(int count) throws IOException {
        List<Request> requests = new ArrayList<>();
        while (requests.size() < count) {
            Request request = request();
            if (request == null) {
                throw new EOFException(requests.size() + " requests instead of " + count);
            }
            requests.add(request);
        }
        return requests;
    }

    Request next() throws IOException {
        return requests(1).getFirst();
    }

    private Request head(Frame first) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(first.payload());
        for (Frame frame = first; (frame.flags() & END_HEADERS) == 0; ) {
            frame = frame();
            if (frame == null || frame.type() != CONTINUATION) {
                throw new EOFException("half a header");
            }
            block.write(frame.payload());
        }
        List<String> fields = new ArrayList<>();
        try {
            decoder.decode(block.toByteArray(), 0, block.size(), (name, value) -> fields.add(name + ": " + value));
        } catch (HpackException e) {
            throw new IOException(e);
        }
        Request request = new Request(first.stream(), fields, first.last());
        peer.saw(request.field(":method"), request.path());
        return request;
    }

    /** The rest of a request's body; windows are opened as it comes. */
    byte[] body(int stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = next(DATA);
            if (frame.stream() == stream) {
                body.write(frame.payload());
                if (frame.last()) {
                    return body.toByteArray();
                }
                if (frame.payload().length > 0) {
                    window(stream, frame.payload().length);
                    window(0, frame.payload().length);
                }
            }
        }
    }

    /** Waits until the client has closed. */
    void awaitEnd() throws IOException {
        peer.awaitEnd();
    }

    /** The code of the GOAWAY with which the client ends the connection; -1 where it ends without. */
    int awaitGoAway() throws IOException {
        for (Frame frame = frame(); frame != null; frame = frame()) {
            if (frame.type() == GOAWAY) {
                return frame.int32(4);
            }
        }
        return -1;
    }

    void reset() throws IOException {
        peer.reset();
    }

    static byte[] frame(int type, int flags, int stream, byte... payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >>> 16);
        frame[1] = (byte) (payload.length >>> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        System.arraycopy(int32(stream), 0, frame, 5, 4);
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    static byte[] int32(int... values) {
        byte[] bytes = new byte[4 * values.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (values[i / 4] >>> (24 - 8 * (i % 4)));
        }
        return bytes;
    }

    void write(byte[] bytes) throws IOException {
        peer.write(bytes);
    }

    void send(int type, int flags, int stream, byte... payload) throws IOException {
        write(frame(type, flags, stream, payload));
    }

    /** Alternating names and values. */
    void settings(int... settings) throws IOException {
        byte[] payload = new byte[3 * settings.length];
        for (int i = 0; i < settings.length; i += 2) {
            payload[3 * i] = (byte) (settings[i] >>> 8);
            payload[3 * i + 1] = (byte) settings[i];
            System.arraycopy(int32(settings[i + 1]), 0, payload, 3 * i + 2, 4);
        }
        send(SETTINGS, 0, 0, payload);
    }

    void window(int stream, int increment) throws IOException {
        send(WINDOW_UPDATE, 0, stream, int32(increment));
    }

    void resetStream(int stream, int code) throws IOException {
        send(RST_STREAM, 0, stream, int32(code));
    }

    void goAway(int lastStream, int code) throws IOException {
        send(GOAWAY, 0, 0, int32(lastStream, code));
    }

    /** A header block of alternating names and values. */
    byte[] block(String... pairs) {
        encoder.begin();
        for (int i = 0; i < pairs.length; i += 2) {
            encoder.field(pairs[i], pairs[i + 1]);
        }
        return Arrays.copyOf(encoder.bytes(), encoder.length());
    }

    /** A head with more to come. */
    void head(int stream, String... pairs) throws IOException {
        send(HEADERS, END_HEADERS, stream, block(pairs));
    }

    void data(int stream, String content, boolean last) throws IOException {
        send(DATA, last ? END_STREAM : 0, stream, content.getBytes(ISO_8859_1));
    }

    /** 200 with this body. */
    void answer(int stream, String body) throws IOException {
        write(response(stream, body));
    }

    byte[] response(int stream, String body) {
        byte[] head =
                frame(HEADERS, END_HEADERS, stream, block(":status", "200", "content-length", "" + body.length()));
        byte[] data = frame(DATA, END_STREAM, stream, body.getBytes(ISO_8859_1));
        byte[] all = Arrays.copyOf(head, head.length + data.length);
        System.arraycopy(data, 0, all, head.length, data.length);
        return all;
    }
}
