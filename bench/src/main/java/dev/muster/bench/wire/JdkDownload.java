package dev.muster.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's client, reading a body as it comes. */
final class JdkDownload implements Contestant {
    private final HttpClient client;
    private final String origin;

    JdkDownload(Target target) throws Exception {
        this.client = JdkAsker.client(target);
        this.origin = target.origin().toString();
    }

    @Override
    public Tally run(String how, boolean list, int count) throws IOException, InterruptedException {
        long bytes = 0;
        byte[] piece = new byte[64 * 1024];
        HttpRequest request = HttpRequest.newBuilder(URI.create(origin + Items.path(how, count)))
                .build();
        try (InputStream body =
                client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body()) {
            for (int got = body.read(piece); got >= 0; got = body.read(piece)) {
                bytes += got;
            }
        }
        return new Tally(1, 0, 0, bytes, 0);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
