package dev.muster.http.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * An origin and a client that keeps as much in flight as a {@link Limit} allows, in simulated time: no sockets, no
 * threads, the same every time. Times are nanoseconds.
 */
final class SimulatedOrigin {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    /** What a request costs the server, given how many it has in hand. */
    interface Cost {
        long nanos(int inHand, long now, Random random);
    }

    long roundTrip;
    Cost cost = (inHand, now, random) -> 0;
    /** Whether one connection's requests are served one after another. */
    boolean serial;
    /** Requests that are served at once; others wait in a queue. */
    int workers = Integer.MAX_VALUE;
    /** Requests in hand above which further ones are turned away. */
    int most = Integer.MAX_VALUE;

    /** Answers a second before requests are turned away; 0: any number. */
    double rate;

    double burst = 1;
    /** How long one turned away says to wait; negative: nothing said. */
    long retryAfter = -1;
    /** How many wait to be sent at most; those who ask seldom are not limited by the limit. */
    int demand = Integer.MAX_VALUE;

    long now;
    long good;
    long throttled;
    /** The limit after each good answer. */
    final List<Integer> limits = new ArrayList<>();

    private final Limit limit;
    private final Random random = new Random(7);
    private final List<Line> lines = new ArrayList<>();
    private final PriorityQueue<Step> steps = new PriorityQueue<>();
    private long order;
    private int inFlight;
    private int inHand;
    private final ArrayDeque<Request> queued = new ArrayDeque<>();
    private double tokens;
    private long tokensAt;
    private long pausedUntil;

    private static final class Line {
        final ArrayDeque<Request> waiting = new ArrayDeque<>();
        boolean busy;
        int unanswered;
        long lastAnswer;
    }

    private record Request(Line line, long written, boolean behind) {}

    private record Step(long at, long order, Runnable what) implements Comparable<Step> {
        @Override
        public int compareTo(Step other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    SimulatedOrigin(Limit limit) {
        this.limit = limit;
        this.now = SECOND;
        this.tokensAt = now;
    }

    /** Runs for so long; answers good answers a second. */
    double run(long nanos) {
        tokens = tokens == 0 ? burst : tokens;
        long end = now + nanos;
        long before = good;
        send();
        while (!steps.isEmpty() && steps.peek().at() <= end) {
            Step step = steps.poll();
            now = step.at();
            step.what().run();
            send();
        }
        now = end;
        return (good - before) * 1e9 / nanos;
    }

    private void later(long nanos, Runnable what) {
        steps.add(new Step(now + nanos, order++, what));
    }

    private void send() {
        if (pausedUntil > now) {
            return;
        }
        while (inFlight < Math.min(limit.limit(), demand)) {
            Line line = line();
            if (line == null) {
                break;
            }
            request(line);
        }
        limit.inFlight(inFlight, inFlight >= limit.limit() && inFlight < demand);
    }

    /** One without work, or a new one, or the one with the least work. */
    private Line line() {
        Line best = null;
        for (Line line : lines.subList(0, Math.min(lines.size(), limit.connections()))) {
            if (best == null || line.unanswered < best.unanswered) {
                best = line;
            }
        }
        if ((best == null || best.unanswered > 0) && lines.size() < limit.connections()) {
            best = new Line();
            lines.add(best);
        }
        return best != null && best.unanswered < limit.depth() ? best : null;
    }

    private void request(Line line) {
        long written = now;
        boolean behind = line.unanswered > 0;
        line.unanswered++;
        inFlight++;
        Request request = new Request(line, written, behind);
        later(roundTrip / 2, () -> arrived(request));
    }

    private void arrived(Request request) {
        if (serial && request.line.busy) {
            request.line.waiting.add(request);
        } else {
            request.line.busy = true;
            begin(request);
        }
    }

    private void begin(Request request) {
        if (inHand >= workers) {
            queued.add(request);
        } else {
            serve(request);
        }
    }

    private void serve(Request request) {
        inHand++;
        boolean passes = passes() && inHand <= most;
        later(passes ? cost.nanos(inHand, now, random) : 0, () -> {
            inHand--;
            later(roundTrip / 2, () -> answered(request, passes));
            if (!queued.isEmpty()) {
                serve(queued.remove());
            }
            Request next = request.line.waiting.poll();
            request.line.busy = next != null;
            if (next != null) {
                begin(next);
            }
        });
    }

    private boolean passes() {
        if (rate == 0) {
            return true;
        }
        tokens = Math.min(burst, tokens + (now - tokensAt) * rate / 1e9);
        tokensAt = now;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    private void answered(Request request, boolean passed) {
        Line line = request.line;
        long written = request.written;
        line.unanswered--;
        inFlight--;
        long apart = now - Math.max(line.lastAnswer, written);
        line.lastAnswer = now;
        if (passed) {
            good++;
            limit.answered(written, request.behind, apart, now);
            limits.add(limit.limit());
        } else {
            throttled++;
            limit.throttled(written, now);
            if (retryAfter > 0) {
                pausedUntil = Math.max(pausedUntil, now + retryAfter);
                later(retryAfter, () -> {});
            }
        }
    }
}
