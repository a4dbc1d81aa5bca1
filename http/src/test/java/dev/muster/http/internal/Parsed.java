package dev.muster.http.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** What the parser makes of a stream: one line for each response, and how it ended. */
final class Parsed implements ResponseParser.Receiver {
    private final List<String> responses = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final boolean toHead;
    private final ResponseParser parser;
    private String current = "";

    private Parsed(boolean toHead, int mostHeader, long mostBody) {
        this.toHead = toHead;
        this.parser = new ResponseParser(this, mostHeader, mostBody);
    }

    /** The responses in {@code stream}, which comes in pieces of these sizes, the last repeated; then it ends. */
    static List<String> of(String stream, int... pieces) {
        return of(stream.getBytes(ISO_8859_1), false, pieces);
    }

    static List<String> ofHead(String stream) {
        return of(stream.getBytes(ISO_8859_1), true, Integer.MAX_VALUE);
    }

    static List<String> of(byte[] stream, boolean toHead, int... pieces) {
        Parsed parsed = new Parsed(toHead, 1000, 5000);
        try {
            int at = 0;
            for (int piece = 0; at < stream.length; piece++) {
                int size = Math.min(pieces[Math.min(piece, pieces.length - 1)], stream.length - at);
                parsed.parser.feed(stream, at, at + size);
                at += size;
            }
            parsed.parser.end();
            if (parsed.parser.midway()) {
                parsed.responses.add("cut " + parsed.parser.progress());
            }
        } catch (BadResponse bad) {
            parsed.responses.add(bad.kind() + ": " + bad.why());
        }
        return parsed.responses;
    }

    @Override
    public void begun() {
        current = "";
    }

    @Override
    public boolean toHead() {
        return toHead;
    }

    @Override
    public BodySink head(ResponseHead head) {
        StringBuilder fields = new StringBuilder().append(head.status());
        for (int i = 0; i < head.headers().size(); i++) {
            fields.append(' ')
                    .append(head.headers().name(i))
                    .append('=')
                    .append(head.headers().value(i));
        }
        current = fields.append(head.keepAlive() ? "" : " (last)").toString();
        body.reset();
        return body::write;
    }

    @Override
    public boolean complete() {
        responses.add(current + " [" + body.toString(ISO_8859_1) + "]");
        return true;
    }
}
