package dev.muster.bench.wire;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.StreamedResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;

/** Ours, reading a body as it comes. */
final class MusterDownload implements Contestant {
    private final HttpClient client;
    private final String origin;

    MusterDownload(Target target, boolean openSsl) throws IOException {
        this.client = MusterAsker.client(target, openSsl);
        this.origin = target.origin().toString();
    }

    @Override
    public Tally run(String how, boolean list, int count) throws HttpException, IOException {
        long bytes = 0;
        byte[] piece = new byte[64 * 1024];
        try (StreamedResponse response = client.open(HttpRequest.get(URI.create(origin + Items.path(how, count))));
                InputStream body = response.body()) {
            for (int got = body.read(piece); got >= 0; got = body.read(piece)) {
                bytes += got;
            }
        }
        return new Tally(1, 0, 0, bytes, 0);
    }

    @Override
    public void close() {
        client.close();
    }
}
