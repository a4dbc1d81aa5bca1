package dev.muster.bench.wire;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.StreamedResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Ours, told of a body piece by piece on the thread that asked for it. */
final class MusterDownload implements Contestant {
    private final HttpClient client;
    private final String origin;

    MusterDownload(Target target, boolean openSsl) throws IOException {
        this.client = MusterAsker.client(target, openSsl);
        this.origin = target.origin().toString();
    }

    @Override
    public Tally run(String how, boolean list, int count) throws HttpException, IOException {
        long bytes;
        try (StreamedResponse response = client.open(HttpRequest.get(URI.create(origin + Items.path(how, count))));
                Counter counter = new Counter()) {
            bytes = response.transferTo(counter);
        }
        return new Tally(1, 0, 0, bytes, 0);
    }

    @Override
    public void close() {
        client.close();
    }

    /** Passes over what it is given, as the others do. */
    private static final class Counter implements WritableByteChannel {
        @Override
        public int write(ByteBuffer piece) {
            int count = piece.remaining();
            piece.position(piece.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
