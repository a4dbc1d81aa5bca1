package dev.muster.http.internal;

import dev.muster.http.OriginLimit.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How many requests one origin may have unanswered: what was given, or what it was found to bear. Knows no clock and no
 * socket: times are {@link System#nanoTime()} as told, lengths nanoseconds.
 *
 * <ol>
 *   <li>It starts low and grows by one with every answer, so doubles each round trip, while answers come about as fast as
 *       the first did and requests wait for places.
 *   <li>From then on a round of answers decides. Their median within the threshold lets a few more in, and ever more where
 *       that was never too much; above it takes away three tenths at least. Medians: a few slow answers are no load.
 *   <li>A cut is an experiment: where the next round's answers are not faster in proportion, load was not the cause, but
 *       other work or a slower server. What was seen is then the usual time, and the cut is taken back. Now and again half
 *       is tried for a round, so that a usual time that was measured under load is found out.
 *   <li>Only answers to what was written since the last change count: what came before tells of the old limit.
 *   <li>A request turned away halves what was in flight, once for all that had been written by then. That is approached
 *       again as {@link Cubic} says; what was given comes back by one for each round of good answers.
 *   <li>Connections before depth: more than one unanswered on each only where all connections are there, and no more
 *       than is of use by {@link Spacing}.
 * </ol>
 */
final class Limit {
    private static final int FIRST = 8;
    /** Answers are late when they take this many times the usual, and this much more. */
    private static final double TOLERANCE = 1.5;

    private static final long SLACK = 2_000_000L;
    private static final int FEWEST = 8;
    private static final double MILDEST_CUT = 0.7;
    private static final double HARDEST_CUT = 0.5;
    private static final long TRY_LESS_EVERY = 5_000_000_000L;
    private static final int TRY_LESS_ROUNDS = 50;

    final Spacing spacing = new Spacing();

    private final boolean adaptive;
    private final int mostConnections;
    private final int mostDepth;
    private int most;
    private boolean multiplexed;
    private int limit;
    private Reason why;
    private int standing;
    private boolean hungry;
    private int peak;
    private int lastPeak;
    private long usual;
    private long throttles;

    private final Round round = new Round();
    private int late;
    private boolean begun;
    private long epoch;
    private boolean starting;

    /** What the last cut for latency started from: up to there, growth is careful. */
    private int tooMuch;

    private int strides;
    /** A cut whose worth is not known yet. */
    private @Nullable Trial trial;

    private long lastTrial;

    private boolean turnedAway;
    private long turnedAwayAt;
    private @Nullable Cubic recovery;

    private record Trial(int limit, long median, boolean starting, Reason why) {}

    /** A limit up to these ceilings; {@code first} is where it starts, if it is adaptive. */
    Limit(int mostConnections, int mostDepth, boolean adaptive, int first) {
        this.adaptive = adaptive;
        this.mostConnections = mostConnections;
        this.mostDepth = mostDepth;
        this.most = product();
        this.limit = adaptive ? Math.min(first, most) : most;
        this.starting = adaptive;
        this.why = adaptive ? Reason.STARTING : Reason.GIVEN;
        this.standing = mostConnections;
    }

    static Limit of(Settings settings) {
        return new Limit(settings.connections(), settings.pipeline(), settings.adaptive(), FIRST);
    }

    private int product() {
        return (int) Math.min((long) mostConnections * mostDepth, Integer.MAX_VALUE);
    }

    /** Whether the origin answers in any order and says itself how many it takes: then only what it turns away counts. */
    void multiplexed(boolean now) {
        if (now != multiplexed) {
            multiplexed = now;
            most = now ? Integer.MAX_VALUE : product();
            limit = Math.min(limit, most);
        }
    }

    /** How many requests may be in flight. */
    int limit() {
        return limit;
    }

    /** Over how many connections. */
    int connections() {
        return adaptive ? Math.min(standing, limit) : standing;
    }

    /** How many requests may be unanswered on one connection. */
    int depth() {
        return adaptive ? Math.min(spacing.useful(usual, mostDepth), Math.ceilDiv(limit, connections())) : mostDepth;
    }

    Reason why() {
        if (why == Reason.GROWING || why == Reason.CEILING) {
            int useful = spacing.useful(usual, mostDepth);
            if (useful < mostDepth && limit >= (long) useful * connections()) {
                return Reason.DEPTH;
            }
            if (standing < mostConnections && limit >= standing) {
                return Reason.REFUSED;
            }
        }
        return why;
    }

    /** The usual response time, 0 while unknown. */
    long usual() {
        return usual;
    }

    /** How often requests were turned away. */
    long throttles() {
        return throttles;
    }

    /**
     * So many requests are in flight after some were handed out; {@code hungry} where more would be, had the limit been
     * higher.
     */
    void inFlight(int count, boolean hungry) {
        peak = Math.max(peak, count);
        this.hungry = hungry;
    }

    /** So many are in flight where nothing but the server's own word holds them: what is allowed is no less. */
    void free(int count) {
        limit = Math.clamp(count, limit, most);
        inFlight(count, false);
    }

    /** Whether requests were turned away not long ago. */
    boolean recovers() {
        return recovery != null;
    }

    /** A good answer to what was written at {@code written}, behind others or not, {@code apart} from the one before it. */
    void answered(long written, boolean behind, long apart, long now) {
        if (!begun) {
            begun = true;
            epoch = written;
            lastTrial = now;
        }
        if (written - epoch < 0 && adaptive) {
            return;
        }
        long took = now - written;
        if (behind) {
            spacing.answered(took, apart, usual);
        }
        round.add(took);
        if (multiplexed) {
            recover(now);
            return;
        }
        if (starting && usual > 0) {
            start(took, now);
        }
        if (!adaptive) {
            restore();
        } else if (round.count() >= Math.max(limit, FEWEST)) {
            judge(now);
        }
    }

    /** A request written at {@code written} was turned away. */
    void throttled(long written, long now) {
        throttles++;
        if (!turnedAway || written - turnedAwayAt >= 0) {
            int flight = flight();
            cut(flight, Math.max(1, flight / 2), Reason.THROTTLED, now);
        }
    }

    /** A further connection was refused while so many stood. */
    void refused(int connections, long now) {
        standing = Math.max(1, connections);
        if (adaptive) {
            int enough = Math.clamp(connections, flight(), limit);
            cut(enough, enough, Reason.REFUSED, now);
        }
    }

    /** After a while, or as one more was made: one connection more than stood when one was refused may be tried. */
    void dare() {
        standing = Math.min(mostConnections, standing + 1);
    }

    private void cut(int wall, int cutTo, Reason reason, long now) {
        turnedAway = true;
        turnedAwayAt = now;
        recovery = new Cubic(wall, cutTo, now);
        limit = cutTo;
        why = reason;
        starting = false;
        trial = null;
        changed(now);
    }

    /** What was really in flight of late: what is allowed may be far more than what was too much. */
    private int flight() {
        return Math.clamp(Math.max(peak, lastPeak), 1, limit);
    }

    /** What was given comes back by one for each round of good answers. */
    private void restore() {
        if (round.count() >= limit) {
            if (limit < most && ++limit == most) {
                recovery = null;
                why = Reason.GIVEN;
            }
            endRound();
        }
    }

    /** What one connection may carry is its server's affair again, once more than was too much is not. */
    private void recover(long now) {
        if (!round.has(Math.max(limit, FEWEST))) {
            return;
        }
        usual = round.median();
        if (recovery != null && hungry) {
            grow(now);
        }
        if (recovery == null) {
            why = adaptive ? Reason.GROWING : Reason.GIVEN;
        }
        endRound();
    }

    private void start(long took, long now) {
        if (took > threshold()) {
            late++;
            if (late >= FEWEST / 2 + limit / 8) {
                // What is late was written when the limit was half of what it has grown to since; the first were
                // faster.
                limit = Math.max(1, limit / 2);
                lower(round.medianAbove(threshold()), HARDEST_CUT, now);
            }
            return;
        }
        late = Math.max(0, late - 1);
        if (hungry && ++limit >= most) {
            limit = most;
            why = Reason.CEILING;
            starting = false;
            changed(now);
        }
    }

    private void judge(long now) {
        long median = round.median();
        Trial tried = trial;
        if (tried != null) {
            judge(tried, median, now);
        } else {
            usual = usual == 0 ? median : Math.min(usual, median);
            if (!starting) {
                steady(median, now);
            }
        }
        endRound();
    }

    /** Less in flight makes answers come faster in proportion, where load is what slows them. */
    private void judge(Trial tried, long median, long now) {
        boolean helped = median <= threshold() || median < tried.median * (1 + (double) limit / tried.limit) / 2;
        usual = helped ? Math.min(usual, median) : median;
        if (tried.median <= threshold()) {
            limit = tried.limit;
            starting = tried.starting;
            why = tried.why;
        } else {
            tooMuch = tried.limit;
            why = Reason.LATENCY;
        }
        trial = null;
        lastTrial = now;
        changed(now);
    }

    private void steady(long median, long now) {
        if (median > threshold()) {
            lower(median, HARDEST_CUT, now);
        } else if (hungry && limit > 2 && now - lastTrial > Math.max(TRY_LESS_EVERY, TRY_LESS_ROUNDS * median)) {
            tryWith(limit / 2, median, now);
        } else if (hungry) {
            grow(now);
        }
    }

    private void lower(long median, double hardest, long now) {
        double factor = Math.clamp((double) threshold() / median, hardest, MILDEST_CUT);
        tryWith(Math.max(1, (int) (limit * factor)), median, now);
    }

    private void tryWith(int less, long median, long now) {
        trial = new Trial(limit, median, starting, why);
        limit = less;
        starting = false;
        strides = 0;
        changed(now);
    }

    private void grow(long now) {
        int bound = recovery == null ? most : Math.clamp(recovery.bound(now), limit, most);
        strides = limit >= tooMuch ? Math.min(strides + 1, 8) : 0;
        int stride = Math.max(1, (int) Math.sqrt(limit)) << strides;
        int grown = Math.min(limit + Math.min(stride, limit), bound);
        if (grown > limit) {
            limit = grown;
            changed(now);
        }
        if (recovery != null && (limit == most || recovery.overcome(limit))) {
            recovery = null;
        }
        if (recovery == null) {
            why = limit == most ? Reason.CEILING : limit > tooMuch ? Reason.GROWING : Reason.LATENCY;
        }
    }

    /** The limit is another: answers to what was written before no longer count. */
    private void changed(long now) {
        epoch = now;
        endRound();
    }

    private void endRound() {
        round.clear();
        late = 0;
        if (peak > 0) {
            lastPeak = peak;
            peak = 0;
        }
    }

    private long threshold() {
        return (long) (usual * TOLERANCE) + SLACK;
    }
}
