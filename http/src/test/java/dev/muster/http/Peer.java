package dev.muster.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** The server's end of one connection. */
final class Peer {
    /** A request as it came over the wire. */
    record Request(String method, String path, List<String> headers, String body) {
        @Nullable
        String header(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Counts from 1 within the server. */
    final int number;

    private final Socket wire;
    private final Socket stream;
    private final InputStream in;
    private final Collection<String> seen;

    /** The path of every request, for whoever reads them in another way. */
    void saw(String method, String path) {
        seen.add(method + " " + path);
    }

    /** {@code wire} carries {@code stream}, with TLS or as it is. */
    Peer(Socket wire, Socket stream, int number, Collection<String> seen) throws IOException {
        this.wire = wire;
        this.stream = stream;
        this.number = number;
        this.seen = seen;
        this.in = new BufferedInputStream(stream.getInputStream());
    }

    /** The next request with its whole body, or null when the client sends no more. */
    @Nullable
    Request read() throws IOException {
        Request head = readHead();
        return head == null
                ? null
                : new Request(
                        head.method(),
                        head.path(),
                        head.headers(),
                        new String(body(head).readAllBytes(), ISO_8859_1));
    }

    /** The next request, whose {@link #body} is still to come; null when the client sends no more. */
    @Nullable
    Request readHead() throws IOException {
        String line = line();
        if (line == null) {
            return null;
        }
        String[] parts = line.split(" ", -1);
        List<String> headers = new ArrayList<>();
        for (String header = line(); header != null && !header.isEmpty(); header = line()) {
            headers.add(header);
        }
        seen.add(parts[0] + " " + parts[1]);
        return new Request(parts[0], parts[1], headers, "");
    }

    /** The body of a request whose head was read; it must be read to its end. */
    InputStream body(Request head) {
        String length = head.header("Content-Length");
        boolean chunked = head.header("Transfer-Encoding") != null;
        return new InputStream() {
            private long left = length == null ? 0 : Long.parseLong(length);
            private boolean last = !chunked;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                if (left == 0 && !last) {
                    left = Long.parseLong(String.valueOf(line()), 16);
                    last = left == 0;
                    if (last) {
                        line();
                    }
                }
                if (left == 0) {
                    return -1;
                }
                int some = in.read(bytes, from, (int) Math.min(count, left));
                if (some < 0) {
                    throw new EOFException("half a request");
                }
                left -= some;
                if (left == 0 && !last) {
                    line();
                }
                return some;
            }
        };
    }

    /** The next request, without which the script cannot go on. */
    Request next() throws IOException {
        return read(1).getFirst();
    }

    /** Reads {@code count} requests. */
    List<Request> read(int count) throws IOException {
        List<Request> requests = new ArrayList<>();
        while (requests.size() < count) {
            Request request = read();
            if (request == null) {
                throw new EOFException(requests.size() + " requests instead of " + count);
            }
            requests.add(request);
        }
        return requests;
    }

    /** The next {@code count} bytes; fewer at the end. */
    byte[] bytes(int count) throws IOException {
        return in.readNBytes(count);
    }

    /** What TLS agreed on. */
    SSLSession session() {
        return ((SSLSocket) stream).getSession();
    }

    /** How many bytes of further requests are here already. */
    int available() throws IOException {
        return in.available();
    }

    /** Passes on whatever still comes, until the client has closed. */
    void copyTo(OutputStream out) throws IOException {
        in.transferTo(out);
    }

    /** Waits until the client has closed. */
    void awaitEnd() throws IOException {
        while (in.read() >= 0) {
            // Whatever the client still sends is of no interest.
        }
    }

    void write(String latin1) throws IOException {
        write(latin1.getBytes(ISO_8859_1));
    }

    void write(byte[] bytes) throws IOException {
        stream.getOutputStream().write(bytes);
    }

    /** 200 with this body. */
    void answer(String body, String... headers) throws IOException {
        write(response(body, headers));
    }

    static String response(String body, String... headers) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ").append(body.length()) + "\r\n\r\n" + body;
    }

    /** Ends the connection with a reset, without a goodbye. */
    void reset() throws IOException {
        wire.setSoLinger(true, 0);
        wire.close();
    }

    /** Ends the connection in good order, but without the goodbye of TLS. */
    void hangUp() throws IOException {
        wire.close();
    }

    private @Nullable String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            line.append((char) c);
        }
        return line.substring(0, line.length() - 1);
    }
}
