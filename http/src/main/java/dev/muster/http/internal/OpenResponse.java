package dev.muster.http.internal;

import dev.muster.http.Headers;
import dev.muster.http.HttpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;

/** A response whose head has come, and whose body is coming. */
final class OpenResponse extends ReadResponse {
    private final ResponseHead head;
    private final boolean decoded;
    private final BodyPipe pipe;
    private final PipeStream raw;
    private final InputStream body;

    OpenResponse(HttpRequest request, ResponseHead head, boolean decoded, BodyPipe pipe) {
        this.head = head;
        this.decoded = decoded;
        this.pipe = pipe;
        this.raw = new PipeStream(pipe);
        this.body = decoded ? new DecodedStream(raw, head.encoding().decoder(), request.toString()) : raw;
    }

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public Headers headers() {
        return decoded ? head.headersDecoded() : head.headers();
    }

    @Override
    public long length() {
        return decoded ? -1 : pipe.length();
    }

    @Override
    public InputStream body() {
        return body;
    }

    @Override
    public long transferTo(WritableByteChannel to) throws IOException {
        return decoded ? super.transferTo(to) : raw.transferTo(to);
    }

    @Override
    public Headers trailers() {
        return raw.ended() ? pipe.trailers() : Headers.none();
    }
}
