package dev.muster.bench.wire;

import static dev.muster.bench.wire.Contender.BLOCKING;
import static dev.muster.bench.wire.Contender.FLOOR;
import static dev.muster.bench.wire.Contender.FUTURES;
import static dev.muster.bench.wire.Contender.JDK;
import static dev.muster.bench.wire.Contender.NETTY;
import static dev.muster.bench.wire.Contender.OPENSSL;
import static dev.muster.bench.wire.Contender.OURS;
import static dev.muster.bench.wire.Contender.PYCURL;
import static dev.muster.bench.wire.Contender.RIVALS;
import static dev.muster.bench.wire.Contender.VERTX;
import static dev.muster.bench.wire.Target.Kind.DOWNLOAD;
import static dev.muster.bench.wire.Target.Kind.H1;
import static dev.muster.bench.wire.Target.Kind.H2;

import dev.muster.bench.Bar;
import dev.muster.bench.wire.Figures.Setting;
import dev.muster.bench.wire.Row.Effort;
import dev.muster.bench.wire.Row.Group;
import dev.muster.bench.wire.Row.Origin;
import dev.muster.bench.wire.Row.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All rows, in the order of the table that they fill. */
final class Rows {
    private static final List<Contender> PIPELINING = Stream.concat(
                    Stream.of(FLOOR, OURS), RIVALS.stream().filter(Contender::pipelines))
            .toList();
    private static final List<Contender> ALL = Stream.of(Stream.of(FLOOR, OURS), RIVALS.stream(), Stream.of(PYCURL))
            .flatMap(stream -> stream)
            .toList();

    /** After some ten thousand the compiler is still at work, in all clients, and would be most of what is measured. */
    private static final int WARM_UP = 200_000;

    /**
     * The less a client does for an answer, the later its methods are called often enough to be compiled for good: by the
     * compiler's log, ours over HTTP/2 until the 25th round of 3000 requests, in single runs of ten times the CPU.
     */
    private static final int SETTLING = 40;

    private Rows() {}

    static List<Row> all() {
        return List.of(
                latency("5x5", 5, 5, PIPELINING, 0.4),
                latency("25x1", 25, 1, ALL, 0),
                serial(),
                httpd(),
                throughput(),
                tls(),
                http2(),
                gigabyte(),
                outstanding());
    }

    private static Row latency(String name, int connections, int depth, List<Contender> contenders, double quick) {
        return new Row(
                name,
                "1 + 3000 GETs of 1.5 KB, each answered after the latency; " + connections + " connections, " + depth
                        + " deep",
                List.of(new Group(
                        new Shape("", Origin.PLAIN, H1, connections, depth),
                        contenders,
                        List.of(items("5 ms", "c005"), items("20 ms", "c020"), items("100 ms", "c100")),
                        new Effort(true, true, quick, WARM_UP, SETTLING))),
                figures -> {
                    List<Bar> bars = new ArrayList<>();
                    for (Setting setting : figures.settings()) {
                        String key = "wire." + name + "." + setting.work().how().substring(1) + "ms."
                                + (setting.cold() ? "cold" : "warm");
                        bars.add(atMost(
                                key + ".wall_to_floor",
                                figures.wall(OURS, setting) / figures.wall(FLOOR, setting),
                                setting.cold() ? 1.15 : 1.05));
                        bars.add(atMost(key + ".cpu_to_best_other", cpuToBest(figures, OURS, setting), 0.35));
                    }
                    return bars;
                });
    }

    private static Row serial() {
        Work work = new Work(Server.SERVICE_MILLIS + " ms each, RTT 20 ms", "s020", true, 3000);
        return new Row(
                "serial",
                "1 + 3000 GETs of a server that serves a connection's requests one after another",
                List.of(
                        group("5x1", 5, 1, List.of(OURS), work, 0.06),
                        group("5x5", 5, 5, List.of(FLOOR, OURS, NETTY, VERTX), work, 0.06)),
                figures -> {
                    Setting shallow = setting(figures, "5x1");
                    Setting deep = setting(figures, "5x5");
                    return List.of(atLeast(
                            "wire.serial.5x1_to_5x5", figures.wall(OURS, shallow) / figures.wall(OURS, deep), 4.5));
                });
    }

    private static Row httpd() {
        return new Row(
                "httpd",
                "10 000 GETs of a stock Apache httpd 2.4, which ends each connection after 100 requests",
                List.of(new Group(
                        new Shape("5x5", Origin.HTTPD, H1, 5, 5),
                        Stream.concat(Stream.of(OURS), RIVALS.stream().filter(Contender::pipelines))
                                .toList(),
                        List.of(new Work("", "c000", false, 10_000)),
                        new Effort(false, true, 0.3, 2_000, 0))),
                figures -> {
                    Setting setting = figures.settings().getFirst();
                    return List.of(atMost("wire.httpd.lost", (double) figures.lost(OURS, setting), 0));
                });
    }

    /** Each client is judged by the shape that suits it best, as the work leaves it free. */
    private static Row throughput() {
        List<Contender> deep = Stream.concat(
                        Stream.of(FLOOR, OURS, FUTURES, BLOCKING),
                        RIVALS.stream().filter(Contender::pipelines))
                .toList();
        List<Contender> wide = Stream.of(
                        Stream.of(OURS), RIVALS.stream().filter(rival -> !rival.pipelines()), Stream.of(PYCURL))
                .flatMap(stream -> stream)
                .toList();
        return new Row(
                "throughput",
                "100 000 GETs of 1.5 KB without latency",
                List.of(
                        throughput(5, 100, deep),
                        throughput(5, 25, deep),
                        throughput(5, 5, deep),
                        throughput(25, 1, wide)),
                figures -> {
                    double ours = least(figures, setting -> figures.cpu(OURS, setting));
                    double others = least(figures, setting -> figures.best(setting, one -> figures.cpu(one, setting)));
                    List<Bar> bars = new ArrayList<>();
                    bars.add(atLeast("wire.throughput.per_cpu_second_to_best_other", others / ours, 2.5));
                    bars.add(atMost(
                            "wire.throughput.bytes_beyond_body",
                            figures.allocatedBeyondBody(OURS, setting(figures, "5x5")),
                            1024));
                    Setting shallow = setting(figures, "25x1");
                    if (figures.contenders(shallow).contains(PYCURL)) {
                        bars.add(atLeast(
                                "wire.throughput.per_cpu_second_to_libcurl",
                                figures.cpu(PYCURL, shallow) / figures.cpu(OURS, shallow),
                                1));
                    }
                    return bars;
                });
    }

    private static Group throughput(int connections, int depth, List<Contender> contenders) {
        return new Group(
                new Shape(connections + "x" + depth, Origin.PLAIN, H1, connections, depth),
                contenders,
                List.of(new Work("no latency", "c000", false, 100_000)),
                new Effort(false, true, 0.3, 100_000, 6));
    }

    private static Row tls() {
        return new Row(
                "tls",
                "1 + 3000 GETs of 1.5 KB over TLS 1.3, 5 connections, 5 deep",
                List.of(new Group(
                        new Shape("", Origin.TLS, H1, 5, 5),
                        Stream.concat(Stream.of(OURS, OPENSSL), RIVALS.stream().filter(Contender::pipelines))
                                .toList(),
                        List.of(items("5 ms", "c005")),
                        new Effort(true, true, 0.3, WARM_UP, SETTLING))),
                figures -> figures.settings().stream()
                        .map(setting -> atMost(
                                "wire.tls." + (setting.cold() ? "cold" : "warm") + ".cpu_to_best_other",
                                cpuToBest(figures, OURS, setting),
                                1))
                        .toList());
    }

    private static Row http2() {
        return new Row(
                "http2",
                "1 + 3000 GETs of 1.5 KB over HTTP/2 and TLS 1.3, 1 connection, 100 streams",
                List.of(new Group(
                        new Shape("", Origin.TLS, H2, 1, 100),
                        Stream.of(Stream.of(OURS, OPENSSL), RIVALS.stream(), Stream.of(PYCURL))
                                .flatMap(stream -> stream)
                                .toList(),
                        List.of(items("20 ms", "c020")),
                        new Effort(true, true, 0.5, WARM_UP, SETTLING))),
                figures -> {
                    List<Bar> bars = new ArrayList<>();
                    for (Setting setting : figures.settings()) {
                        String key = "wire.http2." + (setting.cold() ? "cold" : "warm");
                        double others = figures.best(setting, other -> figures.wall(other, setting));
                        bars.add(atMost(key + ".wall_to_best_other", figures.wall(OURS, setting) / others, 1));
                        if (!setting.cold()) {
                            bars.add(atMost(key + ".cpu_to_best_other", cpuToBest(figures, OURS, setting), 0.5));
                            bars.add(atMost(
                                    key + ".with_openssl.cpu_to_best_other",
                                    cpuToBest(figures, OPENSSL, setting),
                                    0.5));
                        }
                    }
                    return bars;
                });
    }

    private static Row gigabyte() {
        Work work = new Work("1 GiB", Work.BIG, false, 1024);
        return new Row(
                "gigabyte",
                "one body of 1 GiB, read as it comes",
                List.of(
                        new Group(
                                new Shape("plain", Origin.PLAIN, DOWNLOAD, 1, 1),
                                List.of(OURS, NETTY, VERTX, JDK),
                                List.of(work),
                                new Effort(false, true, 0.25, 512, 4)),
                        new Group(
                                new Shape("TLS", Origin.TLS, DOWNLOAD, 1, 1),
                                List.of(OURS, OPENSSL, NETTY, VERTX, JDK),
                                List.of(work),
                                new Effort(false, true, 0, 512, 4))),
                figures -> {
                    List<Bar> bars = new ArrayList<>();
                    for (Setting setting : figures.settings()) {
                        String key = "wire.gigabyte." + setting.shape().toLowerCase(Locale.ROOT);
                        bars.add(atMost(key + ".cpu_to_best_other", cpuToBest(figures, OURS, setting), 1));
                        if (figures.contenders(setting).contains(OPENSSL)) {
                            bars.add(atMost(
                                    key + ".with_openssl.cpu_to_best_other", cpuToBest(figures, OPENSSL, setting), 1));
                        }
                    }
                    return bars;
                });
    }

    private static Row outstanding() {
        return new Row(
                "outstanding",
                "10 000 GETs asked for at once in a fresh process, 5 connections, 5 deep, 5 ms latency",
                List.of(new Group(
                        new Shape("", Origin.PLAIN, H1, 5, 5),
                        List.of(Contender.OURS_AT_ONCE),
                        List.of(new Work("5 ms", "c005", false, 10_000)),
                        new Effort(true, false, 1, 0, 0))),
                figures -> {
                    Setting setting = figures.settings().getFirst();
                    return List.of(atMost(
                            "wire.outstanding.peak_mb", figures.peakMegabytes(Contender.OURS_AT_ONCE, setting), 80));
                });
    }

    private static Work items(String title, String how) {
        return new Work(title, how, true, 3000);
    }

    private static Group group(
            String shape, int connections, int depth, List<Contender> contenders, Work work, double quick) {
        return new Group(
                new Shape(shape, Origin.PLAIN, H1, connections, depth),
                contenders,
                List.of(work),
                new Effort(false, true, quick, 5_000, 0));
    }

    private static double cpuToBest(Figures figures, Contender contender, Setting setting) {
        return figures.cpu(contender, setting) / figures.best(setting, other -> figures.cpu(other, setting));
    }

    private static Setting setting(Figures figures, String shape) {
        return figures.settings().stream()
                .filter(setting -> setting.shape().equals(shape))
                .findFirst()
                .orElseThrow();
    }

    /** The least of a figure in any setting where there is one. */
    private static double least(Figures figures, ToDoubleFunction<Setting> figure) {
        return figures.settings().stream()
                .mapToDouble(figure)
                .filter(value -> !Double.isNaN(value))
                .min()
                .orElse(Double.NaN);
    }

    private static Bar atMost(String name, double figure, double bound) {
        return new Bar(name, figure, bound, true);
    }

    private static Bar atLeast(String name, double figure, double bound) {
        return new Bar(name, figure, bound, false);
    }
}
