package dev.muster.bench.wire;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's client: no pipelining, and no limit of connections but that of who asks. */
final class JdkAsker implements Asker {
    private final HttpClient client;
    private final String origin;
    private final boolean blocking;

    JdkAsker(Target target, boolean blocking) throws Exception {
        this.client = client(target);
        this.origin = target.origin().toString();
        this.blocking = blocking;
    }

    static HttpClient client(Target target) throws Exception {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(target.http2() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (target.authority() != null) {
            builder.sslContext(Certificate.trusting(target.authority()));
        }
        return builder.build();
    }

    @Override
    public void get(String path, Receiver receiver) {
        HttpRequest request =
                HttpRequest.newBuilder(java.net.URI.create(origin + path)).build();
        if (blocking) {
            Thread.ofVirtual().start(() -> {
                try {
                    receiver.done(client.send(request, HttpResponse.BodyHandlers.ofByteArray())
                            .body());
                } catch (IOException | InterruptedException e) {
                    receiver.failed(e);
                }
            });
            return;
        }
        var _ = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .whenComplete((response, why) -> {
                    if (response != null) {
                        receiver.done(response.body());
                    } else {
                        receiver.failed(why);
                    }
                });
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
