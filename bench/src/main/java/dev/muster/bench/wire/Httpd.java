package dev.muster.bench.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Apache httpd 2.4 as it comes: it ends each connection after 100 requests. In a folder and on a port of its own. */
final class Httpd implements AutoCloseable {
    private final Process process;
    private final URI origin;

    private Httpd(Process process, URI origin) {
        this.process = process;
        this.origin = origin;
    }

    /** Installs it first if there is none, as {@code bench/httpd.sh} says. */
    static Httpd start(Path folder) throws IOException, InterruptedException {
        Path files = Files.createDirectories(folder.resolve("www/c000"));
        for (int item = 0; item < Items.COUNT; item++) {
            Files.write(files.resolve(Items.digits(item)), Items.body(item));
        }
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder("bench/httpd.sh", folder.toString(), Integer.toString(port))
                .inheritIO()
                .start();
        for (int attempt = 0; attempt < 1200; attempt++) {
            if (!process.isAlive()) {
                throw new IOException("httpd did not start: bench/httpd.sh ended with " + process.exitValue());
            }
            try (Socket there = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new Httpd(process, URI.create("http://127.0.0.1:" + there.getPort()));
            } catch (ConnectException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
        process.destroyForcibly();
        throw new IOException("httpd did not start within two minutes");
    }

    URI origin() {
        return origin;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
