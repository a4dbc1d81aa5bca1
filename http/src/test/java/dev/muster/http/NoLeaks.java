package dev.muster.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves an engine's thread or a socket behind. Sockets are seen where the system shows a process its
 * own files; elsewhere only threads are.
 */
final class NoLeaks implements BeforeEachCallback, AfterEachCallback {
    private static final Path FILES = Path.of("/proc/self/fd");
    private static final long PATIENCE = 10_000_000_000L;

    // The JDK keeps a socket for itself from the first one that is closed.
    static {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        store(context).put("sockets", sockets());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        @SuppressWarnings("unchecked")
        Set<String> before = (Set<String>) Objects.requireNonNull(store(context).get("sockets"));
        long start = System.nanoTime();
        // A server's end of a connection closes a moment after ours.
        while (!leaks(before).isEmpty() && System.nanoTime() - start < PATIENCE) {
            LockSupport.parkNanos(1_000_000);
        }
        if (!leaks(before).isEmpty()) {
            throw new AssertionError(context.getDisplayName() + " leaks " + leaks(before));
        }
    }

    private static Set<String> leaks(Set<String> before) {
        Set<String> leaks = Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("muster-http-\\d+"))
                .collect(Collectors.toCollection(TreeSet::new));
        leaks.addAll(sockets());
        leaks.removeAll(before);
        return leaks;
    }

    private static Set<String> sockets() {
        if (!Files.isDirectory(FILES)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(FILES)) {
            return files.map(NoLeaks::target)
                    .filter(name -> name.startsWith("socket:"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(NoLeaks.class, context.getUniqueId()));
    }
}
