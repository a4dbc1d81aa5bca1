package dev.muster.core;

import dev.muster.http.HttpResponse;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what went over the wire, for a cloud or for one table of it. Thread-safe. */
public final class Traffic {
    private final @Nullable Traffic whole;
    private final LongAdder requests = new LongAdder();
    private final LongAdder resent = new LongAdder();
    private final LongAdder throttled = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** Counts for itself alone. */
    public Traffic() {
        this(null);
    }

    /** Counts for itself and for the whole it is part of. */
    public Traffic(@Nullable Traffic whole) {
        this.whole = whole;
    }

    void asked() {
        requests.increment();
        if (whole != null) {
            whole.asked();
        }
    }

    void answered(HttpResponse response) {
        int sends = response.timing().sends();
        // Nothing was sent, and nothing came, for what shares the answer of an equal request.
        if (sends > 0) {
            int throttles = response.timing().throttles();
            resent.add(sends - 1L - throttles);
            bytes.add(response.body().length);
            throttled.add(throttles + (response.status() == 429 ? 1L : 0L));
        }
        if (whole != null) {
            whole.answered(response);
        }
    }

    /** Requests asked for, log-ins included, each counted once however often it was written. */
    public long requests() {
        return requests.sum();
    }

    /** How often a request was written again, as its connection had died. */
    public long resent() {
        return resent.sum();
    }

    /** Answers that said: later. Those after which the engine asked again (429, 503), and a 429 that was the last answer. */
    public long throttled() {
        return throttled.sum();
    }

    /** Bytes of bodies received, decompressed. */
    public long bytes() {
        return bytes.sum();
    }
}
