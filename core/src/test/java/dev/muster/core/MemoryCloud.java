package dev.muster.core;

import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A cloud without a network: a function answers its requests, each on a thread of its own. */
final class MemoryCloud implements Cloud {
    private final String name;
    private final List<Table> tables;
    private final Endpoint endpoint;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger logIns = new AtomicInteger();

    /** Answers a request: its path below the base, and its query parameters. */
    interface Server {
        HttpResponse answer(String path, Map<String, String> query) throws HttpException;
    }

    MemoryCloud(String name, List<Table> tables, Server server) {
        this.name = name;
        this.tables = tables;
        this.endpoint = new Endpoint(
                name,
                (request, handler) -> send(server, request, handler),
                new TokenSession(this::logIn, grant -> CompletableFuture.completedFuture(null)),
                response -> null,
                new Traffic());
    }

    private CompletionStage<Session.Grant> logIn() {
        int count = logIns.incrementAndGet();
        return CompletableFuture.completedFuture(new Session.Grant(
                Headers.of("Authorization", "token-" + count),
                Map.of("", URI.create("http://memory/api")),
                Instant.now().plusSeconds(3600)));
    }

    private HttpClient.Exchange send(Server server, HttpRequest request, HttpClient.Handler handler) {
        URI uri = request.uri();
        String path = uri.getPath().substring("/api".length());
        asked.add(path + (uri.getRawQuery() == null ? "" : '?' + uri.getRawQuery()));
        AtomicInteger told = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            try {
                HttpResponse response = server.answer(path, query(uri.getRawQuery()));
                if (told.getAndIncrement() == 0) {
                    handler.done(response);
                }
            } catch (HttpException e) {
                if (told.getAndIncrement() == 0) {
                    handler.failed(e);
                }
            }
        });
        return () -> {
            if (told.getAndIncrement() == 0) {
                handler.failed(new HttpException.Closed("cancelled"));
            }
        };
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null || raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** A successful answer with a JSON body. */
    static HttpResponse json(String body, String... headers) {
        return answer(200, "application/json", body, headers);
    }

    static HttpResponse answer(int status, String type, String body, String... headers) {
        return new HttpResponse(
                status,
                Headers.of(headers).and("Content-Type", type),
                body.getBytes(StandardCharsets.UTF_8),
                new HttpResponse.Timing(0, 0, 1, 0));
    }

    /** Waits, as a server that takes its time. */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Paths and queries of all requests so far, in the order they came. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public List<Table> tables() {
        return tables;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {}
}
