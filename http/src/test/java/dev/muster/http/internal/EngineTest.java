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
import java.util.concurrent.ExecutionException;
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
        Engine engine = new Engine(settings(broken));
        try {
            CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
            engine.send(HttpRequest.get(URI.create("http://127.0.0.1:1/")), new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    answer.complete(response);
                }

                @Override
                public void failed(HttpException why) {
                    answer.completeExceptionally(why);
                }
            });
            assertThat(answer)
                    .failsWithin(20, SECONDS)
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(HttpException.Unreachable.class)
                    .withMessageContaining("nobody foresaw this");
        } finally {
            engine.close();
        }
    }
}
