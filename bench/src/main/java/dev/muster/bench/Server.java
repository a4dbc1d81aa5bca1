package dev.muster.bench;

import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import dev.muster.sim.softlayer.Quirks;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** An embedded cloud in a process of its own, so that the contenders' CPU time is theirs alone. */
final class Server implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final String url;

    private Server(Process process, BufferedReader out, String url) {
        this.process = process;
        this.out = out;
        this.url = url;
    }

    /**
     * Starts one.
     *
     * @param kind ovirt, whose time is a round trip of the network, or softlayer, whose time is the server's own
     * @param perSecond requests a second that it takes; 0 = any number
     */
    static Server start(String kind, int vms, String time, int perSecond) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName(),
                        kind,
                        Integer.toString(vms),
                        time,
                        Integer.toString(perSecond)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String url = out.readLine();
        if (url == null) {
            throw new IOException("the embedded " + kind + " did not start");
        }
        return new Server(process, out, url);
    }

    String url() {
        return url;
    }

    /** How many requests it has turned away by now, as there were too many in a second. */
    long throttled() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return Long.parseLong(String.valueOf(out.readLine()));
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** The other process: says its URL, and its count when asked; ends when it is told to or its parent is gone. */
    public static void main(String... args) throws IOException {
        SimOptions options =
                SimOptions.defaults().vms(Integer.parseInt(args[1])).rateLimit(Integer.parseInt(args[3]));
        Duration time = SimOptions.duration(args[2]);
        try (SimCloud cloud = args[0].equals("ovirt")
                ? SimOvirt.start(options.rtt(time))
                : SimSoftLayer.start(options.latency(time), Quirks.none())) {
            System.out.println(cloud.uri());
            while (System.in.read() >= 0) {
                System.out.println(cloud.requests().throttled());
            }
        }
    }
}
