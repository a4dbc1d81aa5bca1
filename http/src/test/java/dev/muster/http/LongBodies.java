package dev.muster.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A server of bodies of any length, in which every place differs from its neighbours, and which counts what it got rid of. */
final class LongBodies implements AutoCloseable {
    private static final byte[] BLOCK = new byte[64 * 1024];

    static {
        new Random(1).nextBytes(BLOCK);
    }

    final ScriptedServer server;
    /** How many bytes of bodies at {@code /counted/…} were taken by the system. */
    final AtomicLong written = new AtomicLong();

    private LongBodies(@Nullable SSLContext tls) throws IOException {
        server = tls == null ? ScriptedServer.start(this::serve) : ScriptedServer.secure(tls, this::serve);
    }

    static LongBodies plain() throws IOException {
        return new LongBodies(null);
    }

    static LongBodies secure(SSLContext tls) throws IOException {
        return new LongBodies(tls);
    }

    HttpRequest get(String path) {
        return server.get(path);
    }

    /** {@code /…/n}: n bytes with a length; {@code /chunks/n}: in chunks; {@code /small}: four letters. */
    private void serve(Peer peer) throws IOException {
        for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
            String path = request.path();
            if (path.equals("/small")) {
                peer.answer("good");
                continue;
            }
            long length = Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
            boolean chunks = path.startsWith("/chunks/");
            peer.write("HTTP/1.1 200 OK\r\n" + (chunks ? "Transfer-Encoding: chunked" : "Content-Length: " + length)
                    + "\r\n\r\n");
            for (long left = length; left > 0; left -= Math.min(left, BLOCK.length)) {
                int count = (int) Math.min(left, BLOCK.length);
                if (chunks) {
                    peer.write(Integer.toHexString(count) + "\r\n");
                }
                peer.write(block(count));
                if (chunks) {
                    peer.write("\r\n");
                }
                if (path.startsWith("/counted/")) {
                    written.addAndGet(count);
                }
            }
            if (chunks) {
                peer.write("0\r\nDigest: none\r\nX-Count: " + length + "\r\n\r\n");
            }
        }
    }

    /** Sends the beginning of a body of any length. */
    static void write(Peer peer, long length) throws IOException {
        for (long left = length; left > 0; left -= Math.min(left, BLOCK.length)) {
            peer.write(block(left));
        }
    }

    /** The next piece, where so much is left. */
    private static byte[] block(long left) {
        return left >= BLOCK.length ? BLOCK : Arrays.copyOf(BLOCK, (int) left);
    }

    /** Reads a body to its end; answers its length where every byte is what it should be, and fails otherwise. */
    static long check(InputStream body) throws IOException {
        byte[] bytes = new byte[BLOCK.length];
        long total = 0;
        for (int count = body.readNBytes(bytes, 0, bytes.length);
                count > 0;
                count = body.readNBytes(bytes, 0, bytes.length)) {
            check(bytes, count, total);
            total += count;
        }
        return total;
    }

    /** Checks {@code count} bytes, less than a block or one, which stand at {@code at} of the body. */
    static void check(byte[] bytes, int count, long at) {
        for (int done = 0; done < count; ) {
            int from = (int) ((at + done) % BLOCK.length);
            int some = Math.min(count - done, BLOCK.length - from);
            if (!Arrays.equals(bytes, done, done + some, BLOCK, from, from + some)) {
                throw new AssertionError("wrong bytes between " + (at + done) + " and " + (at + done + some));
            }
            done += some;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
