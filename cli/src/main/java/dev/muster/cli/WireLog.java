package dev.muster.cli;

import dev.muster.http.HttpEvent;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * What the wire does, a line an event, for {@code -v}. The engine's thread must never wait for a terminal: it only queues,
 * and a thread of its own writes.
 */
final class WireLog implements AutoCloseable {
    private static final String END = "";

    private final PrintStream out;
    private final long started = System.nanoTime();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread writer;

    WireLog(PrintStream out) {
        this.out = out;
        this.writer = Thread.ofVirtual().start(this::write);
    }

    /** A listener for one cloud's engine. */
    Consumer<HttpEvent> of(String cloud) {
        Map<Long, String> asked = new ConcurrentHashMap<>();
        Map<Long, Long> sent = new ConcurrentHashMap<>();
        return event -> {
            String text = switch (event) {
                case HttpEvent.Queued e -> {
                    // Method and path: a query or a body may hold what must not be shown.
                    asked.put(
                            e.request(),
                            e.value().method() + " " + e.value().uri().getPath());
                    yield "";
                }
                case HttpEvent.Sent e -> {
                    sent.put(e.request(), e.nanos());
                    yield "→ " + asked.get(e.request()) + "  on connection " + e.connection()
                            + (e.ahead() == 0 ? "" : ", behind " + e.ahead());
                }
                case HttpEvent.FirstByte e -> "";
                case HttpEvent.Done e -> {
                    Long since = sent.remove(e.request());
                    yield "← " + asked.remove(e.request()) + "  " + e.status() + ", " + e.bodyBytes() + " bytes"
                            + (since == null ? "" : " after " + millis(e.nanos() - since));
                }
                case HttpEvent.Failed e ->
                    "✗ " + asked.remove(e.request()) + "  " + e.why().getMessage();
                case HttpEvent.Resent e -> "↻ " + asked.get(e.request()) + "  goes again: " + e.why();
                case HttpEvent.Throttled e ->
                    "↻ " + asked.get(e.request()) + "  " + e.status() + ", goes again after " + millis(e.waitNanos());
                case HttpEvent.Hedged e ->
                    "⇉ " + asked.get(e.request()) + "  on connection " + e.connection() + " too, after "
                            + millis(e.waitedNanos());
                case HttpEvent.Shared e -> "= " + asked.get(e.request()) + "  waits with an equal one";
                case HttpEvent.Limited e ->
                    "= " + e.limit().origin() + "  " + e.limit().explanation();
                case HttpEvent.Connecting e -> "… connection " + e.connection() + " to " + e.origin();
                case HttpEvent.Connected e -> "✓ connection " + e.connection() + " stands, " + e.protocol();
                case HttpEvent.ConnectFailed e ->
                    "✗ connection " + e.connection() + "  " + e.why().getMessage();
                case HttpEvent.Disconnected e -> "· connection " + e.connection() + " ended: " + e.why();
            };
            if (!text.isEmpty()) {
                lines.add(String.format(Locale.ROOT, "%10s  %s  %s", millis(event.nanos() - started), cloud, text));
            }
        };
    }

    /** Writes what is left. */
    @Override
    public void close() {
        lines.add(END);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        try {
            for (String line = lines.take(); !line.equals(END); line = lines.take()) {
                out.println(TextWidth.harmless(line));
                if (lines.isEmpty()) {
                    // Nothing may follow for long, and who waits for a server wants to see what for.
                    out.flush();
                }
            }
            out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
