package dev.muster.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The JDK's own HTTP server, which we did not write. */
final class JdkServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String scheme;

    private JdkServer(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 100);
            scheme = "http";
        } else {
            HttpsServer secure = HttpsServer.create(address, 100);
            secure.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = secure;
            scheme = "https";
        }
        server.setExecutor(threads);
        server.createContext("/", JdkServer::serve);
        server.start();
    }

    static JdkServer plain() throws IOException {
        return new JdkServer(null);
    }

    static JdkServer secure(SSLContext tls) throws IOException {
        return new JdkServer(tls);
    }

    /** {@code /size/n}: n bytes with a length; {@code /chunks/n}: in chunks; {@code /echo}: what was sent. */
    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] sent = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            if (path.equals("/echo")) {
                exchange.sendResponseHeaders(200, sent.length == 0 ? -1 : sent.length);
                write(exchange, sent);
            } else if (path.startsWith("/status/")) {
                exchange.sendResponseHeaders(Integer.parseInt(path.substring(8)), -1);
            } else {
                byte[] body = body(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)));
                boolean head = exchange.getRequestMethod().equals("HEAD");
                if (head) {
                    exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
                }
                exchange.sendResponseHeaders(200, head ? -1 : path.startsWith("/chunks/") ? 0 : body.length);
                write(exchange, head ? new byte[0] : body);
            }
        }
    }

    private static void write(HttpExchange exchange, byte[] body) throws IOException {
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    /** A body of which no two parts are the same. */
    static byte[] body(int size) {
        byte[] body = new byte[size];
        new java.util.Random(size).nextBytes(body);
        return body;
    }

    HttpRequest get(String path) {
        return HttpRequest.get(uri(path));
    }

    URI uri(String path) {
        return URI.create(scheme + "://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
