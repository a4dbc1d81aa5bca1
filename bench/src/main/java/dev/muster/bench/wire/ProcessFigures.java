package dev.muster.bench.wire;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/** What another process of this machine has used, without its knowing. Linux only. */
@SuppressWarnings("restricted") // one function of libc, which bench/run allows
final class ProcessFigures {
    private static final MethodHandle CLOCK_GETTIME = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));

    private ProcessFigures() {}

    /** Nanoseconds of CPU, user and system, of all its threads since it began; {@code /proc} counts in steps of 10 ms. */
    static long cpuNanos(long pid) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
            // As clock_getcpuclockid(3) makes it: the process's scheduler clock.
            int clock = ((int) ~pid << 3) | 2;
            int failed = (int) CLOCK_GETTIME.invokeExact(clock, time);
            if (failed != 0) {
                throw new IOException("no CPU clock of process " + pid);
            }
            return time.getAtIndex(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
                    + time.getAtIndex(ValueLayout.JAVA_LONG, 1);
        } catch (IOException e) {
            throw e;
        } catch (Throwable thrown) {
            throw new IOException("no CPU clock of process " + pid, thrown);
        }
    }

    /** The most bytes of memory it ever had resident. */
    static long peakBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no peak of memory of process " + pid);
    }
}
