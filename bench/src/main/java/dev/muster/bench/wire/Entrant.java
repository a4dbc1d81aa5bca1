package dev.muster.bench.wire;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A contender's process. Does what it is told line by line: {@code run how list|items count} answers {@code ran nanos
 * answers failures twice bytes sum}, {@code allocated} the bytes allocated so far, {@code used} the heap's live bytes.
 */
final class Entrant {
    private Entrant() {}

    /** {@code args}: contender, origin, certificate or -, connections, depth, kind. */
    public static void main(String... args) throws Exception {
        Target target = new Target(
                URI.create(args[1]),
                args[2].equals("-") ? null : Path.of(args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                Target.Kind.valueOf(args[5]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        boolean download = target.kind() == Target.Kind.DOWNLOAD;
        try (Contestant contestant = download ? Clients.download(args[0], target) : Clients.open(args[0], target)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(obey(contestant, line.split(" ", -1)));
            }
        }
        // Some leave threads behind.
        System.exit(0);
    }

    private static String obey(Contestant contestant, String[] words) throws Exception {
        return switch (words[0]) {
            case "run" -> {
                long start = System.nanoTime();
                Contestant.Tally tally = contestant.run(words[1], words[2].equals("list"), Integer.parseInt(words[3]));
                yield "ran " + (System.nanoTime() - start) + " " + tally.answers() + " " + tally.failures() + " "
                        + tally.twice() + " " + tally.bytes() + " " + tally.sum();
            }
            case "allocated" ->
                Long.toString(((ThreadMXBean) ManagementFactory.getThreadMXBean()).getTotalThreadAllocatedBytes());
            default -> throw new IllegalArgumentException("unknown command " + words[0]);
        };
    }
}
