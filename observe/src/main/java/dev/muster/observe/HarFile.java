package dev.muster.observe;

import dev.muster.http.BodySource;
import dev.muster.http.Headers;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes requests into a file that browsers and HAR viewers show as a waterfall (HTTP Archive 1.2). Bodies are left out,
 * and what may be a secret is hidden. The engine's thread only queues; a thread of its own writes. The file is whole when
 * this is closed, which belongs after the closing of the clients. Thread-safe: one file may take several clients.
 */
public final class HarFile implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path path;
    private final OutputStream file;
    private final JsonGenerator out;
    private final Instant started = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final BlockingQueue<Optional<Entry>> queue = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile @Nullable IOException failure;
    private boolean closed;

    /** A request of a cloud. */
    private record Entry(String cloud, Observed observed) {}

    /**
     * Begins the file, replacing one that is there.
     *
     * @param creator who made it, as {@code muster 1.0}
     * @throws IOException if it cannot be written
     */
    public HarFile(Path file, String creator) throws IOException {
        this.path = file;
        this.file = Files.newOutputStream(file);
        this.out = JSON.createGenerator(ObjectWriteContext.empty(), this.file);
        out.writeStartObject();
        out.writeObjectPropertyStart("log");
        out.writeStringProperty("version", "1.2");
        int space = creator.lastIndexOf(' ');
        out.writeObjectPropertyStart("creator");
        out.writeStringProperty("name", space < 0 ? creator : creator.substring(0, space));
        out.writeStringProperty("version", space < 0 ? "" : creator.substring(space + 1));
        out.writeEndObject();
        out.writeArrayPropertyStart("entries");
        this.writer = Thread.ofVirtual().name("muster-har").start(this::write);
    }

    /** A listener for one client, whose requests carry the cloud's name as their comment. */
    public Consumer<HttpEvent> of(String cloud) {
        return new Observed.Listener(observed -> {
            queue.add(Optional.of(new Entry(cloud, observed)));
            if (failure != null) {
                queue.clear();
            }
        });
    }

    /**
     * Writes what is left and ends the file. Idempotent.
     *
     * @throws UncheckedIOException if something could not be written; the cause says why
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        queue.add(Optional.empty());
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        IOException why = failure;
        if (why != null) {
            throw new UncheckedIOException(path + " could not be written to its end: " + why.getMessage(), why);
        }
    }

    private void write() {
        try (file) {
            for (Optional<Entry> next = queue.take(); next.isPresent(); next = queue.take()) {
                entry(next.get());
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndObject();
            out.close();
        } catch (JacksonException e) {
            fail(e.getCause() instanceof IOException why ? why : new IOException(e));
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A full disk must not fill the heap as well: nobody takes anything out of the queue any more. */
    private void fail(IOException why) {
        failure = why;
        queue.clear();
    }

    private void entry(Entry entry) {
        Observed observed = entry.observed();
        out.writeStartObject();
        out.writeStringProperty(
                "startedDateTime",
                started.plusNanos(observed.queued() - startedNanos).toString());
        out.writeNumberProperty("time", millis(observed.ended() - observed.queued()));
        request(observed);
        response(observed);
        out.writeObjectPropertyStart("cache");
        out.writeEndObject();
        timings(observed);
        out.writeStringProperty("connection", Long.toString(observed.connection()));
        out.writeStringProperty("comment", comment(entry));
        out.writeEndObject();
    }

    private static String comment(Entry entry) {
        Observed observed = entry.observed();
        StringBuilder comment = new StringBuilder(entry.cloud());
        if (observed.sends() > 1) {
            comment.append(", sent ").append(observed.sends()).append(" times");
        }
        if (observed.hedged()) {
            comment.append(", asked twice because it was slow");
        }
        if (observed.sends() == 0 && observed.status() > 0) {
            comment.append(", the answer of an equal request");
        }
        return comment.toString();
    }

    /** As browsers name it; empty where it was never agreed on. */
    private static String version(Observed observed) {
        return observed.protocol().equals("h2") ? "HTTP/2" : observed.protocol().toUpperCase(Locale.ROOT);
    }

    private void request(Observed observed) {
        HttpRequest request = observed.request();
        out.writeObjectPropertyStart("request");
        out.writeStringProperty("method", request.method());
        out.writeStringProperty("url", Secrets.uri(request.uri()));
        out.writeStringProperty("httpVersion", version(observed));
        out.writeArrayPropertyStart("cookies");
        out.writeEndArray();
        headers(request.headers());
        out.writeArrayPropertyStart("queryString");
        for (String pair : Secrets.query(request.uri()).split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                pair(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        out.writeEndArray();
        out.writeNumberProperty("headersSize", -1);
        byte[] body = request.body();
        BodySource source = request.source();
        // -1 for what is not known beforehand, as everywhere in this format.
        out.writeNumberProperty("bodySize", source != null ? source.length() : body == null ? 0 : body.length);
        out.writeEndObject();
    }

    private void headers(Headers headers) {
        out.writeArrayPropertyStart("headers");
        for (int i = 0; i < headers.size(); i++) {
            pair(headers.name(i), Secrets.header(headers, i));
        }
        out.writeEndArray();
    }

    private void response(Observed observed) {
        out.writeObjectPropertyStart("response");
        out.writeNumberProperty("status", observed.status());
        out.writeStringProperty("statusText", "");
        out.writeStringProperty("httpVersion", version(observed));
        out.writeArrayPropertyStart("cookies");
        out.writeEndArray();
        headers(observed.headers());
        out.writeObjectPropertyStart("content");
        out.writeNumberProperty("size", observed.bodyBytes());
        out.writeStringProperty("mimeType", orEmpty(observed.headers().first("Content-Type")));
        out.writeEndObject();
        out.writeStringProperty("redirectURL", orEmpty(Secrets.first(observed.headers(), "Location")));
        out.writeNumberProperty("headersSize", -1);
        out.writeNumberProperty("bodySize", -1);
        if (observed.failure() != null) {
            // As Chromium's own export names it.
            out.writeStringProperty("_error", String.valueOf(observed.failure().getMessage()));
        }
        out.writeEndObject();
    }

    /** {@code blocked}: for a place on the wire; {@code wait}: for the server; {@code receive}: the body's. */
    private void timings(Observed observed) {
        long begun = observed.firstByte() == 0 ? observed.ended() : observed.firstByte();
        out.writeObjectPropertyStart("timings");
        out.writeNumberProperty("blocked", millis(observed.waitedNanos()));
        out.writeNumberProperty("dns", -1);
        out.writeNumberProperty("connect", -1);
        out.writeNumberProperty("send", 0);
        out.writeNumberProperty("wait", observed.sent() == 0 ? 0 : millis(begun - observed.sent()));
        out.writeNumberProperty("receive", millis(observed.ended() - begun));
        out.writeNumberProperty("ssl", -1);
        out.writeEndObject();
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void pair(String name, String value) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeStringProperty("value", value);
        out.writeEndObject();
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // Not encoded after all.
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e3) / 1e3;
    }
}
