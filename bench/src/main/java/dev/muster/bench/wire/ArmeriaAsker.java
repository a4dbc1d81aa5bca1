package dev.muster.bench.wire;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.ClientFactoryBuilder;
import com.linecorp.armeria.client.WebClient;
import java.nio.file.Path;

/** Armeria. A connection goes back to its pool as soon as a request is written, so as many event loops as connections. */
final class ArmeriaAsker implements Asker {
    private final ClientFactory factory;
    private final WebClient client;

    ArmeriaAsker(Target target) {
        boolean pipelines = target.depth() > 1 && !target.http2();
        ClientFactoryBuilder builder = ClientFactory.builder()
                .useHttp1Pipelining(pipelines)
                .workerGroup(pipelines ? target.connections() : 1)
                .maxNumEventLoopsPerEndpoint(pipelines ? target.connections() : 1)
                .maxNumEventLoopsPerHttp1Endpoint(pipelines ? target.connections() : 1);
        Path authority = target.authority();
        if (authority != null) {
            builder.tlsCustomizer(tls -> tls.trustManager(authority.toFile()));
        }
        this.factory = builder.build();
        String protocol = (target.http2() ? "h2" : "h1") + (authority == null ? "c" : "");
        this.client = WebClient.builder(protocol + "://" + target.origin().getAuthority())
                .factory(factory)
                .build();
    }

    @Override
    public void get(String path, Receiver receiver) {
        var _ = client.get(path).aggregate().whenComplete((response, why) -> {
            if (response != null) {
                receiver.done(response.content().array());
            } else {
                receiver.failed(why);
            }
        });
    }

    @Override
    public void close() {
        factory.close();
    }
}
