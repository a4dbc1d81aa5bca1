package dev.muster.http.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.Protocol;
import dev.muster.http.Proxies;
import java.net.URI;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class EngineTest {
    private static final long LONG = 60_000_000_000L;

    static Settings settings(Set<Protocol> protocols) {
        return new Settings(
                2,
                1,
                false,
                0,
                0,
                LONG,
                LONG,
                64 * 1024,
                1 << 20,
                2,
                2,
                0,
                false,
                LONG,
                LONG,
                LONG,
                64 * 1024,
                protocols,
                Proxies.none(),
                new Tls(null, true, null, null),
                null,
                null);
    }

    /** A mistake of ours, or no more memory: whoever waits cannot see the log. */
    @Test
    void aRequestThatCannotBeTakenOnFails() {
        Set<Protocol> broken = new AbstractSet<>() {
            @Override
            public boolean contains(Object protocol) {
                throw new IllegalStateException("nobody foresaw this");
            }

            @Override
            public Iterator<Protocol> iterator() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int size() {
                return 1;
            }
        };
        assertThat(failure(broken, "http://127.0.0.1:1/")).hasMessageContaining("nobody foresaw this");
    }

    /** What breaks when it is its turn must not leave it waiting for a connection that nobody makes. */
    @Test
    void aRequestThatCannotBeHandedOutFails() {
        assertThat(failure(Set.of(Protocol.HTTP_1_1), "http://[fe80::1%25nowhere.1]:1/"))
                .hasMessageContaining("nowhere.1");
    }

    private static HttpException failure(Set<Protocol> protocols, String uri) {
        Engine engine = new Engine(settings(protocols));
        try {
            CompletableFuture<HttpException> failure = new CompletableFuture<>();
            engine.send(HttpRequest.get(URI.create(uri)), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    failure.completeExceptionally(new AssertionError("answered " + response.status()));
                }

                @Override
                public void failed(HttpException why) {
                    failure.complete(why);
                }
            });
            assertThat(failure).succeedsWithin(20, SECONDS).isInstanceOf(HttpException.Unreachable.class);
            return failure.join();
        } finally {
            engine.close();
        }
    }
}
