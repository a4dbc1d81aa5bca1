package dev.muster.bench.wire;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.Protocol;
import dev.muster.openssl.OpenSslProvider;
import java.io.IOException;

/** Ours, through each of its doors. */
final class MusterAsker implements Asker {
    enum Door {
        HANDLER,
        FUTURE,
        BLOCKING
    }

    private final HttpClient client;
    private final HttpRequest template;
    private final Door door;

    MusterAsker(Target target, Door door, boolean openSsl) throws IOException {
        this.client = client(target, openSsl);
        this.template = HttpRequest.get(target.origin());
        this.door = door;
    }

    /** {@code openSsl}: with the TLS that the rivals have, instead of the JDK's. */
    static HttpClient client(Target target, boolean openSsl) throws IOException {
        HttpClient.Builder builder = HttpClient.builder()
                .connections(target.connections())
                .pipeline(target.http2() ? 1 : target.depth())
                .maxBodyBytes(1L << 31)
                .protocols(target.http2() ? Protocol.HTTP_2 : Protocol.HTTP_1_1);
        if (target.authority() != null) {
            builder.caFile(target.authority());
        }
        if (openSsl) {
            builder.tls(new OpenSslProvider());
        }
        return builder.build();
    }

    @Override
    public void get(String path, Receiver receiver) {
        HttpRequest request = template.target(path);
        switch (door) {
            case HANDLER ->
                client.send(request, new HttpClient.Handler() {
                    @Override
                    public void done(HttpResponse response) {
                        receiver.done(response.body());
                    }

                    @Override
                    public void failed(HttpException why) {
                        receiver.failed(why);
                    }
                });
            case FUTURE -> {
                var _ = client.start(request).whenComplete((response, why) -> {
                    if (response != null) {
                        receiver.done(response.body());
                    } else {
                        receiver.failed(why);
                    }
                });
            }
            case BLOCKING ->
                Thread.ofVirtual().start(() -> {
                    try {
                        receiver.done(client.get(request).body());
                    } catch (HttpException e) {
                        receiver.failed(e);
                    }
                });
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
