package dev.muster.bench;

import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An embedded oVirt in a process of its own, so that the contenders' CPU time is theirs alone. */
final class Server implements AutoCloseable {
    private final Process process;
    private final String url;

    private Server(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static Server start(int vms, String rtt) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        Integer.toString(vms),
                        rtt))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String url = out.readLine();
        if (url == null) {
            throw new IOException("the embedded oVirt did not start");
        }
        return new Server(process, url);
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The other process: says its URL, and ends when it is told to or its parent is gone. */
    public static void main(String... args) throws IOException {
        SimOptions options =
                SimOptions.defaults().vms(Integer.parseInt(args[0])).rtt(SimOptions.duration(args[1]));
        try (SimOvirt cloud = SimOvirt.start(options)) {
            System.out.println(cloud.url());
            while (System.in.read() >= 0) {
                // Nothing is ever said; the stream ends with the parent.
            }
        }
    }
}
