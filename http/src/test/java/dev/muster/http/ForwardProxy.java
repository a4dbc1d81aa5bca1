package dev.muster.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy with real tunnels, which notes what it is asked; it lets in whom it knows. */
final class ForwardProxy implements AutoCloseable {
    final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private final ScriptedServer server;
    private final @Nullable String authorization;
    private final String refusal;

    /** {@code authorization}: what must be said; {@code refusal}: a status line said to everybody, or nothing. */
    ForwardProxy(@Nullable String authorization, String refusal) throws IOException {
        this.authorization = authorization;
        this.refusal = refusal;
        this.server = ScriptedServer.start(this::serve);
    }

    URI uri(String user) {
        return URI.create("http://" + user + "127.0.0.1:" + server.port());
    }

    private void serve(Peer peer) throws IOException {
        for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
            asked.add(request.method() + " " + request.path());
            String said = request.header("Proxy-Authorization");
            if (authorization != null && !authorization.equals(said)) {
                peer.write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n"
                        + "Content-Length: 0\r\n\r\n");
            } else if (!refusal.isEmpty()) {
                peer.write("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n");
            } else if (request.method().equals("CONNECT")) {
                tunnel(peer, request.path());
                return;
            } else {
                peer.answer("via proxy: " + request.path() + " for " + request.header("Host"));
            }
        }
    }

    private static void tunnel(Peer peer, String target) throws IOException {
        int colon = target.lastIndexOf(':');
        try (Socket there =
                new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(target.substring(colon + 1)))) {
            peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
            Thread back = Thread.ofVirtual().start(() -> pump(there, peer));
            try {
                peer.copyTo(there.getOutputStream());
                there.shutdownOutput();
                back.join();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static void pump(Socket from, Peer to) {
        try {
            InputStream in = from.getInputStream();
            byte[] some = new byte[8192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                to.write(java.util.Arrays.copyOf(some, count));
            }
            to.hangUp();
        } catch (IOException gone) {
            // One side has left, which ends the tunnel.
        }
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
