package dev.muster.bench.wire;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A contender's process, seen from the benchmark. */
final class Runner implements AutoCloseable {
    private static final List<String> JVM = List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dslf4j.internal.verbosity=ERROR");

    private final Contender contender;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    Runner(Contender contender, Target target) throws IOException {
        this.contender = contender;
        List<String> command = new ArrayList<>();
        if (contender.jvm()) {
            command.addAll(JVM);
            command.add("-Xmx" + contender.heap());
            command.add("-cp");
            command.add(contender.classPath(System.getProperty("java.class.path")));
            command.add(Entrant.class.getName());
            command.add(contender.name());
        } else {
            command.addAll(List.of("/usr/bin/python3", "bench/pycurl-entrant.py"));
        }
        command.addAll(List.of(
                target.origin().toString(),
                target.authority() == null ? "-" : target.authority().toString(),
                Integer.toString(target.connections()),
                Integer.toString(target.depth()),
                target.kind().name()));
        this.process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.US_ASCII));
    }

    /** One run in a process of its own, which is told with the JVM's start and all. */
    static Sample cold(Contender contender, Target target, Work work) throws IOException {
        long start = System.nanoTime();
        try (Runner runner = new Runner(contender, target)) {
            Contestant.Tally tally = runner.work(work).tally();
            long wall = System.nanoTime() - start;
            long pid = runner.process.pid();
            return new Sample(wall, ProcessFigures.cpuNanos(pid), -1, ProcessFigures.peakBytes(pid), tally);
        }
    }

    /** One run in this process. */
    Sample warm(Work work) throws IOException {
        long pid = process.pid();
        long allocated = allocated();
        long cpu = ProcessFigures.cpuNanos(pid);
        Ran ran = work(work);
        long spent = ProcessFigures.cpuNanos(pid) - cpu;
        return new Sample(
                ran.nanos(),
                spent,
                contender.jvm() ? allocated() - allocated : -1,
                ProcessFigures.peakBytes(pid),
                ran.tally());
    }

    /** Work that nobody looks at: it compiles what is hot, or makes connections. */
    void warmUp(Work work) throws IOException {
        work(work);
    }

    private record Ran(long nanos, Contestant.Tally tally) {}

    private Ran work(Work work) throws IOException {
        String[] words = ask("run " + work.how() + " " + (work.list() ? "list" : "items") + " " + work.count())
                .split(" ", -1);
        long[] numbers = new long[7];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = Long.parseLong(words[i]);
        }
        return new Ran(numbers[1], new Contestant.Tally(numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]));
    }

    private long allocated() throws IOException {
        return contender.jvm() ? Long.parseLong(ask("allocated")) : -1;
    }

    private String ask(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException(contender.title() + " ended instead of answering " + line);
        }
        return answer;
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } finally {
            process.destroyForcibly();
        }
    }
}
