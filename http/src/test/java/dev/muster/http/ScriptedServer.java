package dev.muster.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server that does to each connection what its script says: a virtual thread per connection, on a free loopback port. */
final class ScriptedServer implements AutoCloseable {
    /** What happens on one connection. When it returns, the connection is closed. */
    interface Script {
        void serve(Peer peer) throws IOException;
    }

    private final ServerSocket listener;
    private final Thread listening;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    private final @Nullable SSLContext tls;

    private final Consumer<SSLSocket> demands;

    private ScriptedServer(Script script, @Nullable SSLContext tls, Consumer<SSLSocket> demands) throws IOException {
        this.demands = demands;
        this.script = script;
        this.tls = tls;
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        this.listening = Thread.ofVirtual().start(this::listen);
    }

    static ScriptedServer start(Script script) throws IOException {
        return new ScriptedServer(script, null, socket -> {});
    }

    /** The same, with TLS. */
    static ScriptedServer secure(SSLContext tls, Script script) throws IOException {
        return secure(tls, socket -> {}, script);
    }

    /** The same, with TLS as it is demanded. */
    static ScriptedServer secure(SSLContext tls, Consumer<SSLSocket> demands, Script script) throws IOException {
        return new ScriptedServer(script, tls, demands);
    }

    /** Answers every request with its path, for as long as the client likes. */
    static ScriptedServer echo() throws IOException {
        return start(peer -> {
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                peer.answer(request.path());
            }
        });
    }

    URI uri(String path) {
        return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + listener.getLocalPort() + path);
    }

    HttpRequest get(String path) {
        return HttpRequest.get(uri(path));
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections have been accepted. */
    int connections() {
        return connections.get();
    }

    /** How many connections the server has closed. */
    int ended() {
        return ended.get();
    }

    /** Method and path of every request read so far, in the order they were read. */
    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        // The port is free only when accept has returned.
        boolean interrupted = false;
        while (listening.isAlive()) {
            try {
                listening.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void listen() {
        try {
            while (true) {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private Socket stream(Socket socket) throws IOException {
        SSLContext context = tls;
        if (context == null) {
            return socket;
        }
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        secured.setUseClientMode(false);
        demands.accept(secured);
        return secured;
    }

    private void serve(Socket socket, int number) {
        try {
            socket.setTcpNoDelay(true);
            try (socket) {
                script.serve(new Peer(socket, stream(socket), number, seen));
            }
        } catch (IOException e) {
            // The client has gone, which is for the test to judge.
        } catch (RuntimeException e) {
            throw new UncheckedIOException("script failed on connection " + number, new IOException(e));
        } finally {
            open.remove(socket);
            ended.incrementAndGet();
        }
    }
}
