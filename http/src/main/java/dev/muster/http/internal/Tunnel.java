package dev.muster.http.internal;

import dev.muster.http.Proxies;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** Asks a proxy for a way through to an origin (CONNECT, RFC 9110 §9.3.6). Never blocks. */
final class Tunnel {
    /** More announcements of an answer are none. */
    private static final int MOST_INTERIM = 32;

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Proxies.Proxy proxy;
    private final Origin origin;
    private final ByteBuffer asking;
    private final HeadParser heads;
    private final ByteBuffer one = ByteBuffer.allocate(1);
    private int interims;

    /** What the proxy said instead of letting us through; its message is for the user. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    Tunnel(SocketChannel channel, SelectionKey key, Proxies.Proxy proxy, Origin origin, int mostHeader) {
        this.channel = channel;
        this.key = key;
        this.proxy = proxy;
        this.origin = origin;
        this.heads = new HeadParser(mostHeader);
        String target = origin.target();
        String authorization = proxy.authorization();
        this.asking = ByteBuffer.wrap(("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n"
                        + (authorization == null ? "" : "Proxy-Authorization: " + authorization + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Goes on; true when the way is open and the next byte is the origin's. */
    boolean open() throws IOException {
        while (asking.hasRemaining()) {
            if (channel.write(asking) == 0) {
                key.interestOps(SelectionKey.OP_WRITE);
                return false;
            }
        }
        key.interestOps(SelectionKey.OP_READ);
        // One by one, as what is behind the answer is not for us. It is a few hundred bytes, once a connection.
        while (true) {
            int count = channel.read(one.clear());
            if (count == 0) {
                return false;
            }
            if (count < 0) {
                throw new EOFException("the proxy " + proxy + " hung up when asked for " + origin.target());
            }
            if (answered()) {
                return true;
            }
        }
    }

    private boolean answered() throws Refused {
        ResponseHead head;
        try {
            if (heads.feed(one.array(), 0, 1) < 0) {
                return false;
            }
            head = heads.head();
        } catch (BadResponse bad) {
            throw new Refused("the proxy " + proxy + " does not answer as one (" + bad.why() + ")");
        }
        if (head.interim()) {
            if (++interims > MOST_INTERIM) {
                throw new Refused("the proxy " + proxy + " does not answer as one (more than " + MOST_INTERIM
                        + " interim responses)");
            }
            return false;
        }
        int status = head.status();
        if (status / 100 == 2) {
            return true;
        }
        throw new Refused("the proxy " + proxy + " refused the way to " + origin.target() + ": HTTP " + status
                + switch (status) {
                    case 407 ->
                        proxy.authorization() == null
                                ? ", it wants a user and a password: give them in the proxy's URL"
                                : ", it does not take the user and password in the proxy's URL";
                    case 403 -> ", it does not allow it";
                    case 502, 503, 504 -> ", it could not reach it";
                    default -> "";
                });
    }
}
