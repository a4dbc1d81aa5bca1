package dev.muster.http.internal;

import static dev.muster.http.internal.SimulatedOrigin.MILLI;
import static dev.muster.http.internal.SimulatedOrigin.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.OriginLimit.Reason;
import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LimitTest {
    /** Near the point where nanoTime overflows. */
    private static final long NOW = Math.subtractExact(Long.MAX_VALUE, 5);

    private static final long TIME = 4 * SECOND;

    /** Kinds of origins, each as it is met. */
    @SuppressWarnings("ImmutableEnumChecker") // nobody changes them
    enum Kind {
        SERIAL(o -> {
            o.roundTrip = 20 * MILLI;
            o.serial = true;
            o.cost = (inHand, now, random) -> 5 * MILLI;
        }),
        SERIAL_AND_UNEVEN(o -> {
            o.roundTrip = 20 * MILLI;
            o.serial = true;
            o.cost = (inHand, now, random) -> 4 * MILLI + random.nextLong(2 * MILLI);
        }),
        CONCURRENT(o -> o.cost = (inHand, now, random) -> 20 * MILLI),
        SIXTEEN_WORKERS(o -> {
            o.roundTrip = 10 * MILLI;
            o.workers = 16;
            o.cost = (inHand, now, random) -> 10 * MILLI;
        }),
        FOUR_WORKERS(o -> {
            o.workers = 4;
            o.cost = (inHand, now, random) -> 10 * MILLI;
        }),
        SLOWS_UNDER_LOAD(o -> {
            o.roundTrip = 5 * MILLI;
            o.cost = slowing(16);
        }),
        SLOWS_UNDER_LITTLE_LOAD(o -> o.cost = slowing(4)),
        ONE_PERCENT_SLOW(o -> {
            o.roundTrip = 10 * MILLI;
            o.serial = true;
            o.cost = (inHand, now, random) -> random.nextInt(100) == 0 ? 300 * MILLI : 10 * MILLI;
        });

        private final Consumer<SimulatedOrigin> setup;

        Kind(Consumer<SimulatedOrigin> setup) {
            this.setup = setup;
        }
    }

    /** The most a second is done with this many in hand; twice as many are worse, for what is done as well. */
    private static SimulatedOrigin.Cost slowing(double knee) {
        return (inHand, now, random) -> (long) (10 * MILLI * (1 + inHand / knee * (inHand / knee)));
    }

    private static Limit adaptive() {
        return new Limit(32, 8, true, 8);
    }

    private static SimulatedOrigin origin(Limit limit, Consumer<SimulatedOrigin> setup) {
        SimulatedOrigin origin = new SimulatedOrigin(limit);
        setup.accept(origin);
        return origin;
    }

    private static double bestFixed(Consumer<SimulatedOrigin> setup) {
        double best = 0;
        for (int connections : new int[] {2, 4, 8, 16, 32}) {
            for (int depth : new int[] {1, 2, 4, 8}) {
                best = Math.max(
                        best,
                        origin(new Limit(connections, depth, false, 0), setup).run(TIME));
            }
        }
        return best;
    }

    @ParameterizedTest
    @EnumSource
    void itIsWithinATenthOfTheBestSettingFoundBySearch(Kind kind) {
        assertThat(origin(adaptive(), kind.setup).run(TIME)).isGreaterThan(0.9 * bestFixed(kind.setup));
    }

    @ParameterizedTest
    @EnumSource
    void onceFoundItIsHeldFromSecondToSecond(Kind kind) {
        SimulatedOrigin origin = origin(adaptive(), kind.setup);
        double best = bestFixed(kind.setup);
        origin.run(SECOND);
        for (int second = 1; second < 20; second++) {
            assertThat(origin.run(SECOND)).as("second %d", second).isGreaterThan(0.85 * best);
        }
    }

    @Test
    void itShrinksWhenTheServerSlowsDownUnderItAndGrowsBackWhenThatIsOver() {
        Limit limit = adaptive();
        SimulatedOrigin origin = origin(limit, o -> {
            o.roundTrip = 5 * MILLI;
            o.cost = (inHand, now, random) ->
                    now > 3 * SECOND && now < 8 * SECOND ? slowing(32).nanos(inHand, now, random) : 10 * MILLI;
        });
        origin.run(2 * SECOND);
        assertThat(limit.limit()).isGreaterThan(200);
        origin.run(4 * SECOND);
        assertThat(limit.limit()).isLessThan(100);
        assertThat(limit.why()).isEqualTo(Reason.LATENCY);
        origin.run(4 * SECOND);
        assertThat(limit.limit()).isGreaterThan(200);
    }

    @Test
    void aServerThatIsSlowerForReasonsOfItsOwnIsAskedAsMuch() {
        Limit limit = adaptive();
        SimulatedOrigin origin =
                origin(limit, o -> o.cost = (inHand, now, random) -> now > 3 * SECOND ? 100 * MILLI : 20 * MILLI);
        origin.run(10 * SECOND);
        assertThat(limit.limit()).isGreaterThan(200);
        assertThat(limit.usual()).isEqualTo(100 * MILLI);
    }

    @Test
    void onASerialServerTheDepthIsOnePlusTheRoundTripOverTheTimeInTheServer() {
        Limit limit = adaptive();
        origin(limit, Kind.SERIAL.setup).run(2 * SECOND);
        assertThat(limit.spacing.nanos()).isBetween(4 * MILLI, 5 * MILLI);
        assertThat(limit.usual()).isEqualTo(25 * MILLI);
        assertThat(limit.depth()).isBetween(5, 7);
        assertThat(limit.connections()).isEqualTo(32);
    }

    @Test
    void withoutDepthOnlyConnectionsAreFoundOut() {
        Limit limit = new Limit(32, 1, true, 8);
        SimulatedOrigin origin = origin(limit, Kind.SERIAL.setup);
        assertThat(limit.connections()).isEqualTo(8);
        origin.run(2 * SECOND);
        assertThat(limit.connections()).isEqualTo(32);
        assertThat(limit.depth()).isEqualTo(1);
        assertThat(limit.why()).isEqualTo(Reason.CEILING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereTheServerSaysHowManyOnlyWhatItTurnsAwayCountsAndNotForEver(boolean adaptive) {
        Limit limit = new Limit(8, 1, adaptive, 8);
        limit.multiplexed(true);
        limit.free(100);
        for (int i = 0; i < 1000; i++) {
            // Ever slower.
            limit.answered(SECOND + i, false, 1, SECOND + i * (long) i * MILLI);
        }
        assertThat(limit.limit()).isEqualTo(100);
        assertThat(limit.recovers()).isFalse();
        long now = 10_000 * SECOND;
        limit.throttled(now, now);
        assertThat(limit.limit()).isEqualTo(50);
        assertThat(limit.recovers()).isTrue();
        while (limit.recovers()) {
            now += MILLI;
            limit.inFlight(limit.limit(), true);
            limit.answered(now, false, 1, now + MILLI);
        }
        assertThat(limit.limit()).isGreaterThan(100);
        limit.multiplexed(false);
        assertThat(limit.limit()).isEqualTo(8);
    }

    @Test
    void whereNobodyWaitsNothingGrows() {
        Limit limit = adaptive();
        origin(limit, o -> {
                    o.cost = (inHand, now, random) -> 20 * MILLI;
                    o.demand = 6;
                })
                .run(5 * SECOND);
        assertThat(limit.limit()).isEqualTo(8);
        assertThat(limit.why()).isEqualTo(Reason.STARTING);
    }

    @Test
    void aThrottleHalvesWhatWasInFlightNotWhatWasAllowedAndOnceForAllOfThem() {
        Limit limit = new Limit(8, 4, false, 0);
        limit.inFlight(10, false);
        for (int i = 0; i < 10; i++) {
            limit.throttled(NOW - 1, NOW + i);
        }
        assertThat(limit.limit()).isEqualTo(5);
        assertThat(limit.why()).isEqualTo(Reason.THROTTLED);
        limit.throttled(NOW + 10, NOW + 11);
        assertThat(limit.limit()).isEqualTo(2);
        assertThat(limit.throttles()).isEqualTo(11);
    }

    @Test
    void oneRequestIsAlwaysAllowed() {
        Limit limit = adaptive();
        for (int i = 0; i < 10; i++) {
            limit.throttled(NOW + i, NOW + i);
        }
        assertThat(limit.limit()).isEqualTo(1);
    }

    @Test
    void whatWasGivenComesBackByOneForEachRoundOfGoodAnswers() {
        Limit limit = new Limit(4, 1, false, 0);
        limit.inFlight(4, true);
        limit.throttled(NOW, NOW);
        StringBuilder limits = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            limits.append(limit.limit());
            limit.answered(NOW + i, false, 1, NOW + i + 1);
        }
        assertThat(limits).hasToString("22333444");
        assertThat(limit.why()).isEqualTo(Reason.GIVEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 100})
    void whatAThrottleCutIsApproachedAgainAndExceededLater(int workers) {
        Limit limit = adaptive();
        SimulatedOrigin origin = origin(limit, o -> {
            o.roundTrip = 10 * MILLI;
            o.cost = (inHand, now, random) -> 10 * MILLI;
            o.most = workers;
        });
        origin.run(20 * SECOND);
        // What arrives together is in hand together: so many in flight are never too many.
        assertThat(origin.good).isGreaterThan(20L * workers * 50 * 4 / 5);
        assertThat(origin.throttled).isLessThan(origin.good / 50);
        assertThat(Collections.max(origin.limits.subList(origin.limits.size() / 2, origin.limits.size())))
                .isGreaterThan(workers);
    }

    @Test
    void aRefusedConnectionEndsTheGrowthOfConnectionsUntilOneMoreCanBeMade() {
        Limit limit = adaptive();
        SimulatedOrigin origin = origin(limit, o -> o.cost = (inHand, now, random) -> 20 * MILLI);
        origin.run(40 * MILLI);
        limit.refused(12, origin.now);
        assertThat(limit.connections()).isEqualTo(12);
        assertThat(limit.why()).isEqualTo(Reason.REFUSED);
        origin.run(10 * SECOND);
        assertThat(limit.connections()).isEqualTo(12);
        // What can be done with the connections that there are is done.
        assertThat(limit.depth()).isEqualTo(8);
        limit.dare();
        assertThat(limit.connections()).isEqualTo(13);
    }
}
