package dev.muster.bench;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that is told nothing but how deep it may pipeline beside one that was told the best setting, which a search has
 * found, at servers that are slow in different ways. Each run is a new client: what it takes to find out is in its time.
 */
final class AdaptiveBenchmark implements AutoCloseable {
    /** The search goes over both; the adaptive client has the same ceilings. */
    private static final List<Integer> CONNECTIONS = List.of(32, 16, 8, 4);

    private static final List<Integer> DEPTHS = List.of(1, 2, 4, DelayServer.DEPTH);

    private static final int PATIENCE_SECONDS = 90;

    private final Process process;
    private final Map<DelayServer.Kind, URI> servers = new EnumMap<>(DelayServer.Kind.class);

    /** Connections and depth; no connections: adaptive. */
    private record Setting(int connections, int depth) {
        static final Setting ADAPTIVE = new Setting(0, DelayServer.DEPTH);

        HttpClient client() {
            HttpClient.Builder builder = HttpClient.builder().pipeline(depth).retries(50);
            return (connections == 0 ? builder : builder.connections(connections)).build();
        }

        @Override
        public String toString() {
            return connections == 0 ? "adaptive" : connections + "x" + depth;
        }
    }

    /** One run: how long it took, and what the client had found by its end. */
    private record Ran(double seconds, List<OriginLimit> limits) {}

    private AdaptiveBenchmark() throws IOException {
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DelayServer.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String ports = out.readLine();
        if (ports == null) {
            throw new IOException("the servers did not start");
        }
        Iterator<String> port = List.of(ports.split(" ", -1)).iterator();
        for (DelayServer.Kind kind : DelayServer.Kind.values()) {
            servers.put(kind, URI.create("http://127.0.0.1:" + port.next() + "/vms"));
        }
    }

    /** Measures each kind of server; prints; answers that the adaptive client is within a tenth of the best setting. */
    static List<Bar> run(boolean quick, List<String> kinds) throws Exception {
        List<Bar> bars = new ArrayList<>();
        try (AdaptiveBenchmark benchmark = new AdaptiveBenchmark()) {
            for (DelayServer.Kind kind : DelayServer.Kind.values()) {
                if (!kinds.isEmpty() && !kinds.contains(name(kind))) {
                    continue;
                }
                bars.add(benchmark.compare(kind, quick ? 3 : 7));
            }
        }
        return bars;
    }

    static List<String> rows() {
        return Arrays.stream(DelayServer.Kind.values())
                .map(AdaptiveBenchmark::name)
                .toList();
    }

    private static String name(DelayServer.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Bar compare(DelayServer.Kind kind, int rounds) throws Exception {
        List<Setting> best = search(kind);
        List<Setting> all = new ArrayList<>(best);
        all.addFirst(Setting.ADAPTIVE);
        Map<Setting, List<Ran>> runs = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Setting setting : all) {
                runs.computeIfAbsent(setting, _ -> new ArrayList<>())
                        .add(ask(kind, setting, kind.requests, PATIENCE_SECONDS));
            }
        }
        System.out.printf("%n%s: %s; %d GETs of 1.5 KB asked for at once%n", name(kind), kind.summary, kind.requests);
        runs.forEach((setting, list) -> System.out.printf(
                Locale.ROOT,
                "%-10s %7.3f s   %s%n",
                setting,
                median(list),
                list.stream()
                        .map(ran -> String.format(Locale.ROOT, "%.3f", ran.seconds()))
                        .toList()));
        Objects.requireNonNull(runs.get(Setting.ADAPTIVE)).getLast().limits().forEach(System.out::println);
        double fastest = best.stream()
                .mapToDouble(setting -> median(Objects.requireNonNull(runs.get(setting))))
                .min()
                .orElseThrow();
        double adaptive = median(Objects.requireNonNull(runs.get(Setting.ADAPTIVE)));
        return new Bar("adaptive." + name(kind), adaptive / fastest, 1.1, true);
    }

    private static double median(List<Ran> runs) {
        return Median.of(runs.stream().mapToDouble(Ran::seconds));
    }

    /** Every setting with a part of the work, given up where it takes much longer than the best; the two that were fastest. */
    private List<Setting> search(DelayServer.Kind kind) throws Exception {
        double best = ask(kind, Setting.ADAPTIVE, kind.trial, PATIENCE_SECONDS).seconds();
        record Trial(Setting setting, double seconds) {}
        List<Trial> trials = new ArrayList<>();
        for (int connections : CONNECTIONS) {
            for (int depth : DEPTHS) {
                Setting setting = new Setting(connections, depth);
                try {
                    double seconds = ask(kind, setting, kind.trial, 1.4 * best).seconds();
                    trials.add(new Trial(setting, seconds));
                    best = Math.min(best, seconds);
                } catch (TimeoutException e) {
                    // It is not among the best, so that it need not be known how bad it is.
                    trials.add(new Trial(setting, Double.MAX_VALUE));
                }
            }
        }
        return trials.stream()
                .sorted(Comparator.comparingDouble(Trial::seconds))
                .limit(2)
                .map(Trial::setting)
                .toList();
    }

    private Ran ask(DelayServer.Kind kind, Setting setting, int requests, double patience) throws Exception {
        HttpRequest request = HttpRequest.get(Objects.requireNonNull(servers.get(kind)));
        CompletableFuture<Void> all = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(requests);
        AtomicLong bytes = new AtomicLong();
        HttpClient.Handler handler = new HttpClient.Handler() {
            @Override
            public void done(HttpResponse response) {
                if (response.status() != 200) {
                    all.completeExceptionally(new IllegalStateException(kind + " answered " + response.status()));
                }
                bytes.addAndGet(response.body().length);
                if (left.decrementAndGet() == 0) {
                    all.complete(null);
                }
            }

            @Override
            public void failed(HttpException why) {
                all.completeExceptionally(why);
            }
        };
        try (HttpClient client = setting.client()) {
            long start = System.nanoTime();
            for (int i = 0; i < requests; i++) {
                client.send(request, handler);
            }
            all.get((long) (patience * 1e9), TimeUnit.NANOSECONDS);
            Ran ran = new Ran((System.nanoTime() - start) / 1e9, client.limits());
            if (bytes.get() != (long) requests * DelayServer.BODY) {
                throw new IllegalStateException(kind + " " + setting + ": " + bytes + " bytes of " + requests);
            }
            return ran;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
