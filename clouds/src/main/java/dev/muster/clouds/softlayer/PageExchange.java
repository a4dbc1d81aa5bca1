package dev.muster.clouds.softlayer;

import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page under way: one request, or parts of it one after another where the whole is too much for the service. Parts come in
 * turn, not at once, since a service that is down would otherwise be asked for every row of every page.
 */
final class PageExchange implements HttpClient.Exchange, HttpClient.Handler {
    /** How often the service may fail with one row before the page is lost. */
    private static final int TRIES = 3;

    private final SoftLayerWire wire;
    private final PageOfList page;
    private final HttpClient.Handler handler;
    private final Deque<PageOfList> open = new ArrayDeque<>();
    private final List<HttpResponse> got = new ArrayList<>();
    private HttpClient.@Nullable Exchange underWay;
    private int parts;
    private int sends;
    private int throttles;
    private int failures;
    private boolean halved;
    private boolean cancelled;

    PageExchange(SoftLayerWire wire, PageOfList page, HttpClient.Handler handler) {
        this.wire = wire;
        this.page = page;
        this.handler = handler;
    }

    PageExchange start() {
        int most = Math.max(1, wire.passing(page));
        synchronized (this) {
            for (int at = 0; at < page.limit(); at += most) {
                open.add(page.part(page.offset() + at, Math.min(most, page.limit() - at)));
                if (most == Integer.MAX_VALUE) {
                    break;
                }
            }
            if (open.isEmpty()) {
                open.add(page);
            }
        }
        next();
        return this;
    }

    private void next() {
        PageOfList part;
        int number;
        synchronized (this) {
            part = open.peek();
            number = ++parts;
        }
        if (part == null) {
            handler.done(whole());
            return;
        }
        HttpClient.Exchange sent = wire.sendPart(part.request(), this);
        boolean late;
        synchronized (this) {
            // Its answer may have come already, and the next part been sent.
            if (number == parts) {
                underWay = sent;
            }
            late = cancelled;
        }
        if (late) {
            sent.cancel();
        }
    }

    @Override
    public void done(HttpResponse raw) {
        HttpResponse response = SoftLayerWire.meant(raw, page.rows());
        boolean over;
        synchronized (this) {
            sends += raw.timing().sends();
            throttles += raw.timing().throttles();
            over = !took(response);
        }
        if (over) {
            handler.done(response);
        } else {
            next();
        }
    }

    /** Takes what came; false where it ends the page. */
    private boolean took(HttpResponse response) {
        PageOfList part = open.remove();
        if (response.status() / 100 == 2) {
            got.add(response);
            failures = 0;
            if (halved && part.limit() > 1) {
                wire.passes(page, part.limit());
                halved = false;
            }
            return true;
        }
        if (cancelled || response.status() < 500 || response.status() == 503) {
            return false;
        }
        if (part.limit() > 1) {
            int half = Math.ceilDiv(part.limit(), 2);
            open.push(part.part(part.offset() + half, part.limit() - half));
            open.push(part.part(part.offset(), half));
            halved = true;
            return true;
        }
        open.push(part);
        return ++failures < TRIES;
    }

    @Override
    public void failed(HttpException why) {
        handler.failed(why);
    }

    @Override
    public void cancel() {
        HttpClient.Exchange current;
        synchronized (this) {
            cancelled = true;
            current = underWay;
        }
        if (current != null) {
            current.cancel();
        }
    }

    /** The parts as the one list that was asked for. */
    private synchronized HttpResponse whole() {
        HttpResponse first = got.getFirst();
        long wireNanos = 0;
        for (HttpResponse response : got) {
            wireNanos += response.timing().wire();
        }
        byte[] body = got.size() == 1 && isList(first.body()) ? first.body() : joined();
        Headers headers = first.headers();
        return new HttpResponse(
                first.status(),
                headers,
                body,
                new HttpResponse.Timing(first.timing().queued(), wireNanos, sends, throttles));
    }

    private static boolean isList(byte[] body) {
        return !new String(body, 0, Math.min(16, body.length), StandardCharsets.US_ASCII)
                .stripLeading()
                .startsWith("{");
    }

    private byte[] joined() {
        StringBuilder out = new StringBuilder("[");
        for (HttpResponse response : got) {
            String body = response.text().strip();
            String rows;
            if (body.startsWith("[") && body.endsWith("]")) {
                rows = body.substring(1, body.length() - 1).strip();
            } else if (body.startsWith("{")) {
                rows = body;
            } else {
                // Neither rows nor a row: handed on, for its reader to say so.
                return response.body();
            }
            if (!rows.isEmpty()) {
                out.append(out.length() > 1 ? "," : "").append(rows);
            }
        }
        return out.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }
}
