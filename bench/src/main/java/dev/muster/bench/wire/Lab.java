package dev.muster.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where rows are measured: the servers, a folder that is gone afterwards, and the order of runs. A quick run has Netty as
 * the only rival, the first work of each row as the only one, and less of it.
 */
final class Lab implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("muster-wire");
    private final Process server;
    private final int plainPort;
    private final int tlsPort;
    private final boolean quick;
    private final boolean pycurl;
    private @Nullable Httpd httpd;

    Lab(boolean quick) throws Exception {
        this.quick = quick;
        this.pycurl = hasPycurl();
        Certificate.make(folder);
        this.server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        folder.resolve("server.p12").toString(),
                        Certificate.PASSWORD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String ports = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (ports == null) {
            throw new IOException("the server did not start");
        }
        this.plainPort = Integer.parseInt(ports.substring(0, ports.indexOf(' ')));
        this.tlsPort = Integer.parseInt(ports.substring(ports.indexOf(' ') + 1));
    }

    private static boolean hasPycurl() throws InterruptedException {
        try {
            return new ProcessBuilder("/usr/bin/python3", "-c", "import pycurl")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // No Python at all.
        }
    }

    Figures measure(Row row) throws Exception {
        Figures figures = new Figures();
        for (Row.Group group : row.groups()) {
            if (!quick || group.effort().quick() > 0) {
                measure(group, figures);
            }
        }
        return figures;
    }

    private void measure(Row.Group group, Figures figures) throws Exception {
        List<Contender> contenders = group.contenders().stream()
                .filter(contender -> !quick || !contender.rival() || contender.equals(Contender.NETTY))
                .filter(contender -> contender.jvm() || pycurl)
                .toList();
        List<Work> works = group.works();
        if (quick) {
            works = List.of(works.getFirst().times(group.effort().quick()));
        }
        Target target = target(group.shape());
        if (group.effort().cold()) {
            cold(group, contenders, works, target, figures);
        }
        if (group.effort().warm()) {
            warm(group, contenders, works, target, figures);
        }
    }

    private void cold(Row.Group group, List<Contender> contenders, List<Work> works, Target target, Figures figures)
            throws IOException {
        for (int round = 0; round < (quick ? 3 : 7); round++) {
            for (Work work : works) {
                Figures.Setting setting = new Figures.Setting(group.shape().name(), work, true);
                for (Contender contender : contenders) {
                    figures.add(contender, setting, Runner.cold(contender, target, work));
                }
            }
        }
    }

    private void warm(Row.Group group, List<Contender> contenders, List<Work> works, Target target, Figures figures)
            throws IOException {
        Map<Contender, Runner> runners = new LinkedHashMap<>();
        try {
            for (Contender contender : contenders) {
                Runner runner = new Runner(contender, target);
                runners.put(contender, runner);
                runner.warmUp(group.warmUp(quick));
            }
            int settling = quick
                    ? Math.min(1, group.effort().settling())
                    : group.effort().settling();
            for (int round = -settling; round < (quick ? 3 : 7); round++) {
                for (Work work : round < -Row.Effort.WHOLE ? works.subList(0, 1) : works) {
                    Figures.Setting setting = new Figures.Setting(group.shape().name(), work, false);
                    // To and fro, as what one still compiles after its turn is paid by the next.
                    for (Contender contender : round % 2 == 0 ? contenders : contenders.reversed()) {
                        Runner runner = Objects.requireNonNull(runners.get(contender));
                        if (group.touches()) {
                            // While the others ran, idle connections may have been given up.
                            runner.warmUp(group.touch());
                        }
                        Sample sample = runner.warm(work);
                        if (round >= 0) {
                            figures.add(contender, setting, sample);
                        }
                    }
                }
            }
        } finally {
            for (Runner runner : runners.values()) {
                runner.close();
            }
        }
    }

    private Target target(Row.Shape shape) throws Exception {
        URI origin = switch (shape.origin()) {
            case PLAIN -> URI.create("http://127.0.0.1:" + plainPort);
            case TLS -> URI.create("https://localhost:" + tlsPort);
            case HTTPD -> httpd().origin();
        };
        Path authority = shape.origin() == Row.Origin.TLS ? folder.resolve("server.pem") : null;
        return new Target(origin, authority, shape.connections(), shape.depth(), shape.kind());
    }

    private Httpd httpd() throws Exception {
        Httpd started = httpd;
        if (started == null) {
            started = Httpd.start(folder.resolve("httpd"));
            httpd = started;
        }
        return started;
    }

    @Override
    public void close() throws IOException {
        server.destroyForcibly();
        if (httpd != null) {
            httpd.close();
        }
        List<Path> left = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(left::add);
        }
        for (Path file : left) {
            Files.delete(file);
        }
    }
}
