package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import dev.muster.http.OriginLimit.Reason;
import dev.muster.http.Proxies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All that is to do with one origin: its requests, which {@link Placement} gives to its {@link Connections}; nothing while it has asked
 * for a pause, and no more than it was found to bear: {@link Throttle}, {@link Limit}, {@link Pace}.
 */
final class Pool {
    final Engine engine;
    final Origin origin;
    /** Through which proxy the origin is reached; null where straight. */
    final Proxies.@Nullable Proxy proxy;

    final RequestEncoder encoder;
    final Pipelining pipelining;
    final Addresses addresses;
    final Limit limit;
    final Connections connections;

    private final Throttle throttle;
    private final @Nullable Pace pace;
    private final @Nullable Hedges hedges;
    private final Placement placement;
    private final Resting resting = new Resting(this);
    private final Timers.Timer resume = new Timers.Timer() {
        @Override
        void fire(long now) {
            touch();
        }
    };
    private boolean touched;
    private long lastAsked;
    /** What was said of the limit last. */
    private int told;

    private Reason toldWhy;

    Pool(Engine engine, Origin origin) {
        this.engine = engine;
        this.origin = origin;
        this.proxy = engine.settings.proxies().find(origin.secure(), origin.host(), origin.port());
        this.encoder = new RequestEncoder(origin, proxy);
        this.pipelining = new Pipelining(engine.settings.pipeline());
        this.addresses = new Addresses(engine, origin, proxy);
        this.limit = Limit.of(engine.settings);
        this.connections = new Connections(this);
        long most = (long) engine.settings.connections() * engine.settings.pipeline();
        this.throttle = new Throttle((int) Math.min(most, Integer.MAX_VALUE), ThreadLocalRandom.current());
        this.lastAsked = engine.now();
        this.pace = engine.settings.rate() == 0
                ? null
                : new Pace(engine.settings.rate(), engine.settings.ratePer(), engine.now());
        long hedgeAfter = engine.settings.hedgeAfter();
        this.hedges = hedgeAfter == 0 ? null : new Hedges(this, new Hedging(hedgeAfter));
        this.placement = new Placement(this, connections, hedges);
        this.told = limit.limit();
        this.toldWhy = limit.why();
    }

    void submit(Exchange exchange) {
        placement.add(exchange);
        lastAsked = exchange.asked;
        touch();
    }

    /** Whether nothing is under way here, and nothing has been asked for long: what was learned may no longer hold. */
    boolean forgettable() {
        long now = engine.now();
        return connections.isEmpty()
                && placement.waiting() == 0
                && resting.queue.isEmpty()
                && now - lastAsked >= engine.settings.forgetAfter()
                && throttle.pause(now) == 0;
    }

    /** Whether the origin has not turned requests away lately. */
    boolean unburdened(long now) {
        return !limit.recovers() && throttle.pause(now) == 0;
    }

    /** A request goes again, before all that wait. */
    void again(Exchange exchange) {
        placement.again(exchange);
        touch();
    }

    /** Whether an answer of this status may say: not now, so that its body is needed to tell. */
    boolean mayTurnAway(int status) {
        return Throttle.means(status) || (status >= 400 && engine.settings.throttle() != null);
    }

    /** An answer that was read as it came. How fast it came is the reader's doing. */
    void streamed(int status) {
        throttle.answered(status);
    }

    /** Whether this answer says: not now. */
    boolean turnsAway(HttpResponse answer) {
        if (Throttle.means(answer.status())) {
            return true;
        }
        Predicate<? super HttpResponse> own = engine.settings.throttle();
        return own != null && answer.status() >= 400 && turnsAway(own, answer);
    }

    private boolean turnsAway(Predicate<? super HttpResponse> own, HttpResponse answer) {
        try {
            return own.test(answer);
        } catch (Throwable thrown) {
            engine.complain("what tells throttles of " + origin + " threw", thrown);
            return false;
        }
    }

    /** Any other answer, {@code apart} from the one it had to wait {@code behind} on its connection, or from its request. */
    void answered(Exchange exchange, int status, boolean behind, long apart, long now) {
        throttle.answered(status);
        if (exchange.request.source() != null) {
            // How long it took is the source's doing.
            return;
        }
        if (hedges != null) {
            hedges.answered(exchange, now);
        }
        long took = now - exchange.lastSent();
        placement.took(took);
        if (connections.multiplexing()) {
            engine.watch.answered(took);
        }
        if (status < 500) {
            limit.answered(exchange.lastSent(), behind, apart, now);
        }
    }

    /**
     * This request was turned away, which all requests heed. Whether it will be asked again; otherwise the answer is for
     * the caller.
     */
    boolean turnedAway(Exchange exchange, HttpResponse answer, long now) {
        long retryAfter = RetryAfter.nanos(answer.headers(), Instant.now());
        throttle.throttled(retryAfter, now);
        limit.throttled(exchange.lastSent(), now);
        if (exchange.yields(now)) {
            return true;
        }
        // A 429 or 503 may come from whatever is between, behind which the request was carried out; the cloud's own
        // word does not.
        boolean undone = !Throttle.means(answer.status());
        boolean again = undone ? !exchange.spent() : exchange.repeatable();
        if (!again || exchange.throttles() >= engine.settings.retries()) {
            return false;
        }
        long wait = throttle.wait(exchange.throttles(), retryAfter, now);
        if (wait > Throttle.LONGEST || !exchange.wantedAt(now + wait) || !throttle.pay()) {
            return false;
        }
        exchange.throttled(answer.status(), wait, now);
        resting.add(exchange, now + wait);
        return true;
    }

    /** Something happened that may let a request go. */
    void touch() {
        if (!touched) {
            touched = true;
            engine.agenda.touched(this);
        }
    }

    void handOut() {
        touched = false;
        long pause = throttle.pause(engine.now());
        if (pause > 0) {
            engine.timers.set(resume, engine.now() + pause);
            return;
        }
        boolean multiplexing = connections.multiplexing();
        int before = connections.outstanding();
        limit.multiplexed(multiplexing);
        // A server that takes many on one connection says how many; only what it turns away is a reason to send fewer.
        boolean free = multiplexing && !limit.recovers();
        int bearable = free ? Integer.MAX_VALUE : limit.limit() - before;
        int given = placement.handOut(paced(bearable));
        if (free) {
            limit.free(before + given);
            throttle.atOnce(before + given);
        } else {
            limit.inFlight(before + given, given >= bearable && placement.waiting() > 0);
        }
        tell();
    }

    /** No more places than the published limit has, and another look when it has more. */
    private int paced(int places) {
        Pace limited = pace;
        if (limited == null) {
            return places;
        }
        int waiting = placement.waiting();
        int unwritten = connections.unwritten();
        long now = engine.now();
        int left = Math.max(0, limited.left(waiting + unwritten, now) - unwritten);
        if (left < waiting) {
            engine.timers.set(resume, now + limited.untilFree(unwritten + left, now));
        }
        return Math.min(places, left);
    }

    /** A request is written now. */
    void written(Exchange exchange, long now) {
        if (pace != null) {
            pace.written(now);
        }
        if (hedges != null) {
            hedges.written(exchange, now);
        }
    }

    /** Says what the limit is when it is lower, or for another reason, or twice what was said. */
    private void tell() {
        if (engine.listened() && (limit.limit() < told || limit.why() != toldWhy || limit.limit() >= 2 * told)) {
            told = limit.limit();
            toldWhy = limit.why();
            engine.emit(new HttpEvent.Limited(engine.now(), limit()));
        }
    }

    /** The limit with its reasons, for people. */
    OriginLimit limit() {
        boolean multiplexing = connections.multiplexing();
        return new OriginLimit(
                origin.toString(),
                limit.limit(),
                multiplexing ? 1 : limit.connections(),
                multiplexing ? limit.limit() : limit.depth(),
                limit.why(),
                Duration.ofNanos(limit.usual()),
                Duration.ofNanos(connections.roundTrip()),
                Duration.ofNanos(limit.spacing.nanos()),
                limit.throttles(),
                hedges == null ? 0 : hedges.written());
    }

    /** No connection could be made for those who have waited since then. */
    void unreachable(long since, String why, @Nullable Throwable cause) {
        placement.unreachable(since, why, cause);
    }

    /** Requests cannot be handed out, for a reason that nobody foresaw: those that wait, who see no log, fail. */
    void giveUp(Throwable why) {
        engine.complain("no requests handed out for " + origin, why);
        connections.endMaking(Ending.ours("requests could not be handed out (" + why + ")"));
        placement.unreachable(engine.tick(), "it could not be handed out (" + why + ")", why);
    }

    void shut() {
        connections.endOpen();
        List<Exchange> waiting = placement.clear();
        for (Exchange next = resting.queue.poll(); next != null; next = resting.queue.poll()) {
            waiting.add(next);
        }
        waiting.forEach(Exchange::refuse);
        connections.endMaking(Ending.shut());
    }
}
