package dev.muster.http.internal;

import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import dev.muster.http.OriginLimit.Reason;
import dev.muster.http.Protocol;
import dev.muster.http.Proxies;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests and connections of one origin, and who goes where:
 *
 * <ol>
 *   <li>Where answers come in any order (HTTP/2), one connection takes all it is allowed to before another is opened; and
 *       as long as it is not known whether an origin can do that, only one is.
 *   <li>Oldest first. A connection with nothing unanswered takes the oldest request that waits.
 *   <li>While fewer connections stand than are allowed, one is opened for each request that still waits, all at once;
 *       these requests wait for them.
 *   <li>Only what is beyond that is pipelined, behind the fewest unanswered requests first, and never behind one that has
 *       been waiting for unusually long.
 *   <li>A request that does not share waits in a queue of its own for a connection with nothing unanswered; one connection
 *       for each such request is spared from pipelining, so that it runs empty.
 *   <li>A request that may be written just once more gets a connection that nothing was sent on: many servers end a
 *       connection after some answers without a word, and no request is to be hit by that again and again.
 *   <li>A connection that will soon take no more does not count any longer: its successor is opened while it is still
 *       answering.
 *   <li>Nothing goes while the origin has asked for a pause, and no more than it was found to bear:
 *       {@link Throttle}, {@link Limit}.
 * </ol>
 */
final class Pool {
    /** After a failed connect, while others stand, no further is tried for this long. */
    private static final long CONNECT_PAUSE = 1_000_000_000L;

    /** An answer is late when nothing has come for this many times what one takes from its request, and this much more. */
    private static final int LATE_FACTOR = 2;

    private static final long LATE_NANOS = 20_000_000L;

    final Engine engine;
    final Origin origin;
    /** Through which proxy the origin is reached; null where straight. */
    final Proxies.@Nullable Proxy proxy;

    final RequestEncoder encoder;
    final Pipelining pipelining;
    final Addresses addresses;
    final Limit limit;

    private final Throttle throttle;
    private final @Nullable Pace pace;

    private final @Nullable Hedges hedges;

    private final ExchangeQueue sharing = new ExchangeQueue();
    private final ExchangeQueue alone = new ExchangeQueue();
    private final Resting resting = new Resting(this);
    private final List<Connection> open = new ArrayList<>();
    private final List<Connection> connecting = new ArrayList<>();
    private final Timers.Timer retry = new Timers.Timer() {
        @Override
        void fire(long now) {
            touch();
        }
    };
    private final Timers.Timer resume = new Timers.Timer() {
        @Override
        void fire(long now) {
            touch();
        }
    };
    private boolean touched;
    private long lastAsked;
    /** How many requests may go in this handing out. */
    private int places;

    /** Whether the next connection is likely to multiplex, so that one is enough. */
    private boolean multiplexing;

    private boolean onlyHttp1;
    /** All allowed connections are wanted, once it is known that one is not enough. */
    private boolean prepared;

    private boolean connectFailed;
    private long connectFailedAt;
    private long usualNanos;
    private long roundTrip;
    /** What was said of the limit last. */
    private int told;

    private Reason toldWhy;

    Pool(Engine engine, Origin origin) {
        this.engine = engine;
        this.origin = origin;
        this.proxy = engine.settings.proxies().find(origin.secure(), origin.host(), origin.port());
        this.encoder = new RequestEncoder(origin, proxy);
        this.pipelining = new Pipelining(engine.settings.pipeline());
        this.multiplexing = engine.settings.speaks(Protocol.HTTP_2)
                && (origin.secure() || !engine.settings.speaks(Protocol.HTTP_1_1));
        this.addresses = new Addresses(engine, origin, proxy);
        this.limit = Limit.of(engine.settings);
        long most = (long) engine.settings.connections() * engine.settings.pipeline();
        this.throttle = new Throttle((int) Math.min(most, Integer.MAX_VALUE), ThreadLocalRandom.current());
        this.lastAsked = engine.now();
        this.pace = engine.settings.rate() == 0
                ? null
                : new Pace(engine.settings.rate(), engine.settings.ratePer(), engine.now());
        long hedgeAfter = engine.settings.hedgeAfter();
        this.hedges = hedgeAfter == 0 ? null : new Hedges(this, new Hedging(hedgeAfter));
        this.told = limit.limit();
        this.toldWhy = limit.why();
    }

    /** What the next connection may speak, by ALPN names, the best first. */
    String[] protocols() {
        return Stream.of(Protocol.HTTP_2, Protocol.HTTP_1_1)
                .filter(engine.settings::speaks)
                .filter(protocol -> protocol == Protocol.HTTP_1_1 || !onlyHttp1)
                .map(Protocol::alpn)
                .toArray(String[]::new);
    }

    /** Whether that is what the server agreed to, empty where it did not choose. */
    boolean understands(String agreed) {
        return engine.settings.speaks(Protocol.HTTP_1_1) || !origin.secure() || agreed.equals(Protocol.HTTP_2.alpn());
    }

    /** Where nothing is agreed on, HTTP/2 is for those who speak nothing else (prior knowledge, RFC 9113 §3.3). */
    boolean speaksHttp2(String agreed) {
        return agreed.equals(Protocol.HTTP_2.alpn())
                || (!origin.secure() && !engine.settings.speaks(Protocol.HTTP_1_1));
    }

    /** The server wants it so for a request. */
    void onlyHttp1() {
        onlyHttp1 = engine.settings.speaks(Protocol.HTTP_1_1) && origin.secure();
        multiplexing &= !onlyHttp1;
    }

    void submit(Exchange exchange) {
        (exchange.shares ? sharing : alone).addLast(exchange);
        lastAsked = exchange.asked;
        touch();
    }

    /** Whether nothing is under way here, and nothing has been asked for long: what was learned may no longer hold. */
    boolean forgettable() {
        long now = engine.now();
        return open.isEmpty()
                && connecting.isEmpty()
                && sharing.isEmpty()
                && alone.isEmpty()
                && (hedges == null || hedges.queue.isEmpty())
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
        (exchange.shares ? sharing : alone).addFirst(exchange);
        touch();
    }

    /** Whether an answer of this status may say: not now, so that its body is needed to tell. */
    boolean mayTurnAway(int status) {
        return status == 429 || status == 503 || (status >= 400 && engine.settings.throttle() != null);
    }

    /** An answer that was read as it came. How fast it came is the reader's doing. */
    void streamed(int status) {
        throttle.answered(status);
    }

    /** Whether this answer says: not now. */
    boolean turnsAway(HttpResponse answer) {
        if (answer.status() == 429 || answer.status() == 503) {
            return true;
        }
        Predicate<? super HttpResponse> own = engine.settings.throttle();
        if (own == null || answer.status() < 400) {
            return false;
        }
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
        usualNanos = usualNanos == 0 ? took : usualNanos + (took - usualNanos) / 8;
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
        boolean undone = answer.status() != 429 && answer.status() != 503;
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
            engine.touched(this);
        }
    }

    void opened(Connection connection) {
        connecting.remove(connection);
        open.add(connection);
        connectFailed = false;
        multiplexing = connection.multiplexes();
        limit.dare();
        pipelining.opened(connection.number);
        if (prepared && !multiplexing) {
            prepare();
        }
        touch();
    }

    /** Those who waited for this connection from its beginning fail with it, unless another can still serve them. */
    void connectFailed(Connection connection, String why, @Nullable Throwable cause) {
        connecting.remove(connection);
        connectFailed = true;
        connectFailedAt = engine.now();
        pipelining.failed();
        touch();
        if (!open.isEmpty()) {
            limit.refused(open.size() + connecting.size(), connectFailedAt);
        }
        if (!open.isEmpty() || !connecting.isEmpty()) {
            engine.timers.set(retry, connectFailedAt + CONNECT_PAUSE);
            return;
        }
        if (hedges != null) {
            failWaiting(hedges.queue, connection.begun, why, cause);
        }
        failWaiting(sharing, connection.begun, why, cause);
        failWaiting(alone, connection.begun, why, cause);
    }

    void closed(Connection connection) {
        open.remove(connection);
        touch();
    }

    /** One connection turned out to be dead from idling: others that idled as long are not trusted either. */
    void distrustIdle(long since) {
        for (Connection connection : List.copyOf(open)) {
            if (connection.idle() && connection.lastUsed() - since <= 0) {
                connection.close(Ending.ours("another idle connection was found dead"));
            }
        }
    }

    void handOut() {
        touched = false;
        long pause = throttle.pause(engine.now());
        if (pause > 0) {
            engine.timers.set(resume, engine.now() + pause);
            return;
        }
        int before = outstanding();
        limit.multiplexed(multiplexing);
        // A server that takes many on one connection says how many; only what it turns away is a reason to send fewer.
        boolean free = multiplexing && !limit.recovers();
        places = free ? Integer.MAX_VALUE : limit.limit() - before;
        int bearable = places;
        pace();
        int allowed = places;
        hedge();
        multiplex();
        toIdle();
        openMore();
        deepen();
        int given = allowed - places;
        if (free) {
            limit.free(before + given);
            throttle.atOnce(before + given);
        } else {
            limit.inFlight(before + given, given >= bearable && !(sharing.isEmpty() && alone.isEmpty()));
        }
        tell();
    }

    /** No more places than the published limit has, and another look when it has more. */
    private void pace() {
        Pace limited = pace;
        if (limited == null) {
            return;
        }
        int waiting = waiting();
        int unwritten = 0;
        for (int i = 0; i < open.size(); i++) {
            unwritten += open.get(i).unwritten();
        }
        long now = engine.now();
        int left = Math.max(0, limited.left(waiting + unwritten, now) - unwritten);
        places = Math.min(places, left);
        if (left < waiting) {
            engine.timers.set(resume, now + limited.untilFree(unwritten + left, now));
        }
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
        return new OriginLimit(
                origin.toString(),
                limit.limit(),
                multiplexing ? 1 : limit.connections(),
                multiplexing ? limit.limit() : limit.depth(),
                limit.why(),
                Duration.ofNanos(limit.usual()),
                Duration.ofNanos(roundTrip),
                Duration.ofNanos(limit.spacing.nanos()),
                limit.throttles(),
                hedges == null ? 0 : hedges.written());
    }

    /** A connection was made, without TLS, within this time. */
    void connectedWithin(long nanos) {
        roundTrip = roundTrip == 0 ? nanos : Math.min(roundTrip, nanos);
    }

    void shut() {
        for (Connection connection : List.copyOf(open)) {
            connection.close(Ending.shut());
        }
        for (ExchangeQueue queue : List.of(sharing, alone, resting.queue)) {
            for (Exchange waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                waiting.fail(new HttpException.Closed(waiting.request + ": the client was closed"));
            }
        }
        for (Connection connection : List.copyOf(connecting)) {
            connection.close(Ending.shut());
        }
    }

    /** Second copies go first, as they have waited longest. */
    private void hedge() {
        if (hedges == null) {
            return;
        }
        for (Exchange copy = hedges.queue.peek(); places > 0 && copy != null; copy = hedges.queue.peek()) {
            Connection connection = besides(copy.besides());
            if (connection == null) {
                return;
            }
            hedges.queue.remove(copy);
            connection.add(copy);
            places--;
        }
    }

    /** The least busy connection that is not this one, unless that is the only one and multiplexes. */
    private @Nullable Connection besides(long number) {
        Connection best = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            boolean same = connection.number == number;
            if (connection.room(true) <= 0 || (!connection.multiplexes() && (same || late(connection)))) {
                continue;
            }
            if (best == null || best.number == number || (!same && connection.outstanding() < best.outstanding())) {
                best = connection;
            }
        }
        return best;
    }

    /** Fills the connections that multiplex, one after another. */
    private void multiplex() {
        for (int i = 0; multiplexing && i < open.size(); i++) {
            Connection connection = open.get(i);
            int room = connection.multiplexes() ? connection.room(true) : 0;
            for (Exchange next = oldest(); room > 0 && places > 0 && next != null; next = oldest()) {
                if (!next.request.idempotent() && connection.outstanding() == 0 && !connection.stillThere()) {
                    // Its ending has changed the list, and calls for another handing out.
                    return;
                }
                (next.shares ? sharing : alone).remove(next);
                connection.add(next);
                room--;
                places--;
            }
        }
    }

    private @Nullable Exchange oldest() {
        Exchange first = sharing.peek();
        Exchange lone = alone.peek();
        return first == null || (lone != null && lone.number < first.number) ? lone : first;
    }

    private void toIdle() {
        while (places > 0) {
            Exchange first = oldest();
            if (first == null) {
                return;
            }
            Connection idle = first.lastAttempt() ? fresh(first) : idle(first.shares);
            if (idle == null) {
                return;
            }
            // A kept connection may have ended in silence. For what cannot be sent twice it is worth a look.
            if (first.shares || idle.stillThere()) {
                (first.shares ? sharing : alone).remove(first);
                idle.add(first);
                places--;
            }
        }
    }

    /** The idle connection used last, which is least likely to have been given up by the server. */
    private @Nullable Connection idle(boolean shares) {
        Connection best = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.outstanding() == 0
                    && connection.room(shares) > 0
                    && (best == null || before(connection, best))) {
                best = connection;
            }
        }
        return best;
    }

    /** One that has answered goes before one that may still be shaking hands with what is in between. */
    private static boolean before(Connection one, Connection other) {
        return one.fresh() == other.fresh() ? one.lastUsed() - other.lastUsed() > 0 : other.fresh();
    }

    /** A connection that nothing was sent on; where there is no place for one, a used one makes room. */
    private @Nullable Connection fresh(Exchange exchange) {
        Connection used = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.outstanding() == 0 && connection.room(exchange.shares) > 0) {
                if (connection.fresh()) {
                    return connection;
                }
                used = connection;
            }
        }
        if (used != null && connecting.isEmpty() && standing() >= limit.connections()) {
            used.close(Ending.ours("a fresh connection is needed for a request that was lost before"));
        }
        return null;
    }

    /** How many of the requests that wait may go. */
    private int ready() {
        return Math.min(waiting(), places);
    }

    private int waiting() {
        return sharing.size() + alone.size() + (hedges == null ? 0 : hedges.queue.size());
    }

    private int outstanding() {
        int outstanding = 0;
        for (int i = 0; i < open.size(); i++) {
            outstanding += open.get(i).outstanding();
        }
        return outstanding;
    }

    /** How many connections count. */
    private int standing() {
        int standing = connecting.size();
        for (int i = 0; i < open.size(); i++) {
            standing += open.get(i).retiring() ? 0 : 1;
        }
        return standing;
    }

    private void openMore() {
        int waiting = ready() - connecting.size();
        if (waiting <= 0) {
            return;
        }
        if (connectFailed && !open.isEmpty()) {
            if (engine.now() - connectFailedAt < CONNECT_PAUSE) {
                return;
            }
            connectFailedAt = engine.now();
            limit.dare();
        }
        int most = limit.connections();
        int places = Math.min(most - standing(), 2 * most - open.size() - connecting.size());
        int useful = multiplexing ? Math.min(1 - connecting.size(), waiting) : waiting;
        for (int more = Math.min(places, useful); more > 0; more--) {
            Connection connection = new Connection(this);
            connecting.add(connection);
            connection.connect();
        }
    }

    /** Work is about to come: opens every connection that is allowed so far, so that none of it waits for a handshake. */
    void prepare() {
        prepared = multiplexing;
        int most = multiplexing ? 1 : limit.connections();
        for (int more = most - standing(); more > 0; more--) {
            Connection connection = new Connection(this);
            connecting.add(connection);
            connection.connect();
        }
    }

    private void deepen() {
        if (sharing.isEmpty()) {
            return;
        }
        int spared = spare(alone.size());
        while (ready() > connecting.size()) {
            Exchange next = sharing.peek();
            Connection connection = next == null || next.lastAttempt() ? null : leastOutstanding();
            if (next == null || connection == null) {
                break;
            }
            sharing.remove(next);
            connection.add(next);
            places--;
        }
        if (spared > 0) {
            open.forEach(connection -> connection.spared = false);
        }
    }

    /** Keeps the least busy connections free of further requests, one for each request that must be alone. */
    private int spare(int count) {
        int spared = 0;
        while (spared < count) {
            Connection connection = leastOutstanding();
            if (connection == null) {
                break;
            }
            connection.spared = true;
            spared++;
        }
        return spared;
    }

    private @Nullable Connection leastOutstanding() {
        Connection prompt = leastOutstanding(true);
        // Where all are late, none is: the origin is, or we were.
        return prompt != null || open.stream().anyMatch(connection -> !late(connection))
                ? prompt
                : leastOutstanding(false);
    }

    private @Nullable Connection leastOutstanding(boolean prompt) {
        Connection best = null;
        for (int i = 0; i < open.size(); i++) {
            Connection connection = open.get(i);
            if (connection.spared || connection.room(true) <= 0 || (prompt && late(connection))) {
                continue;
            }
            if (best == null
                    || connection.outstanding() < best.outstanding()
                    || (connection.outstanding() == best.outstanding()
                            && connection.waitingSince() - best.waitingSince() > 0)) {
                best = connection;
            }
        }
        return best;
    }

    private boolean late(Connection connection) {
        return connection.outstanding() > 0
                && engine.now() - connection.waitingSince() > LATE_FACTOR * usualNanos + LATE_NANOS;
    }

    private void failWaiting(ExchangeQueue queue, long begun, String why, @Nullable Throwable cause) {
        Exchange waiting = queue.peek();
        while (waiting != null) {
            Exchange next = waiting.behind;
            if (waiting.asked - begun <= 0) {
                queue.remove(waiting);
                waiting.fail(
                        waiting.attempts() == 0
                                ? new HttpException.Unreachable(waiting.request + ": " + why, cause)
                                : new HttpException.Lost(
                                        waiting.request + ": its connection died, and no other could be made: " + why,
                                        cause));
            }
            waiting = next;
        }
    }
}
