package dev.muster.openssl;

import dev.muster.http.TlsEngines;
import dev.muster.http.TlsSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** One client's engines. Confined to that client's thread. */
final class OpenSslEngines implements TlsEngines {
    private final TlsSettings settings;
    /** Of Netty's contexts each offers what it was made for, so that there is one for each that is asked for. */
    private final Map<List<String>, SslContext> contexts = new HashMap<>();

    OpenSslEngines(TlsSettings settings) {
        this.settings = settings;
    }

    @Override
    public SSLEngine engine(String host, int port, List<String> protocols) throws SSLException {
        SslContext context = contexts.get(protocols);
        if (context == null) {
            context = context(protocols);
            contexts.put(List.copyOf(protocols), context);
        }
        // Freed with the last reference to it, and not by counting.
        return context.newEngine(ByteBufAllocator.DEFAULT, host, port);
    }

    @Override
    public boolean prefersDirectBuffers() {
        return true;
    }

    private SslContext context(List<String> protocols) throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm(settings.verifiesHost() ? "HTTPS" : null)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols));
        KeyManager key = first(settings.keys());
        if (key != null) {
            builder.keyManager(key);
        }
        TrustManager trust = first(settings.trust());
        if (trust != null) {
            builder.trustManager(trust);
        }
        return builder.build();
    }

    private static <T> @Nullable T first(List<T> some) {
        return some.isEmpty() ? null : some.getFirst();
    }
}
