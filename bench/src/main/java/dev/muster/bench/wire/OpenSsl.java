package dev.muster.bench.wire;

import dev.muster.http.TlsEngines;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** OpenSSL for our own client, by way of Netty's engines. */
final class OpenSsl implements TlsEngines {
    private final Path authority;
    private final Map<List<String>, SslContext> contexts = new HashMap<>();

    /** Trusts this certificate and nothing else. */
    OpenSsl(Path authority) {
        this.authority = authority;
    }

    @Override
    public SSLEngine engine(String host, int port, List<String> protocols) throws SSLException {
        SslContext context = contexts.get(protocols);
        if (context == null) {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL)
                    .endpointIdentificationAlgorithm("HTTPS")
                    .trustManager(authority.toFile())
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            protocols))
                    .build();
            contexts.put(protocols, context);
        }
        return context.newEngine(ByteBufAllocator.DEFAULT, host, port);
    }

    @Override
    public boolean prefersDirectBuffers() {
        return true;
    }
}
