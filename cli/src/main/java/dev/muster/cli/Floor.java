package dev.muster.cli;

import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.InventoryReport;
import java.time.Duration;

/**
 * The least time that arithmetic allows for an inventory: what no client can beat over the same network, with the same
 * number of connections and the same depth. Requests that must come before one another each cost a round trip and the
 * server's time: connecting (a round trip alone), logging in, the pages of a listing, a listing and then what is asked for
 * each of its rows. A fan-out of {@code n} requests goes in waves of {@code connections x pipeline}; as servers answer the
 * requests of a connection one after another, a wave takes a round trip and one service, or all the services of one
 * connection, whichever is longer.
 *
 * @param roundTrip of the network
 * @param serverTime what the server takes for one request
 * @param connections the most there may be
 * @param pipeline requests on a connection at once
 */
record Floor(Duration roundTrip, Duration serverTime, int connections, int pipeline) {

    /**
     * What an inventory has to ask.
     *
     * @param logIns requests before anything can be listed, one after another
     * @param chain the longest row of requests of which each needs the one before
     * @param fanOut requests that only need the first listing's rows, and then can all go at once
     */
    record Work(long logIns, long chain, long fanOut) {

        /** The work that an inventory of one cloud turned out to be. */
        static Work of(InventoryReport.CloudReport cloud) {
            long listed = 0;
            long chain = 0;
            long fanOut = 0;
            for (FetchReport table : cloud.tables()) {
                listed += table.requests();
                chain = Math.max(chain, chain(table.plan(), table));
                fanOut += fanOut(table.plan(), table);
            }
            return new Work(cloud.requests() - listed, chain, fanOut);
        }

        private static long chain(FetchPlan plan, FetchReport table) {
            return switch (plan) {
                case FetchPlan.Single single -> 1;
                case FetchPlan.Sequential pages -> table.requests();
                case FetchPlan.ParallelPages pages -> Math.min(2, table.requests());
                default -> depth(plan);
            };
        }

        private static long depth(FetchPlan plan) {
            return switch (plan) {
                case FetchPlan.Listed list -> 1;
                case FetchPlan.Lookup look -> 1;
                case FetchPlan.Given given -> 0;
                case FetchPlan.FanOut fan -> depth(fan.each()) + 1;
                case FetchPlan.Inside inside -> depth(inside.parent());
                case FetchPlan.TwoStage stages -> depth(stages.rows()) + 1;
                case FetchPlan.Filtered filtered -> depth(filtered.rows());
                case FetchPlan.Joined join ->
                    join.way() == FetchPlan.Way.WHOLE
                            ? Math.max(depth(join.rows()), depth(join.other()))
                            : depth(join.rows()) + depth(join.other());
                case FetchPlan.Sorted sorted -> depth(sorted.rows());
                case FetchPlan.Limited limited -> depth(limited.rows());
            };
        }

        /** Requests that all wait for the first listing alone. */
        private static long fanOut(FetchPlan plan, FetchReport table) {
            return switch (plan) {
                case FetchPlan.FanOut fan -> table.requests();
                case FetchPlan.TwoStage stages ->
                    fanOut(stages.rows(), table) > 0
                            ? table.requests()
                            : stages.details().size() * table.rows();
                case FetchPlan.Filtered filtered -> fanOut(filtered.rows(), table);
                case FetchPlan.Joined join -> fanOut(join.rows(), table);
                case FetchPlan.Sorted sorted -> fanOut(sorted.rows(), table);
                case FetchPlan.Limited limited -> fanOut(limited.rows(), table);
                case FetchPlan.Listed list -> 0;
                case FetchPlan.Lookup look -> 0;
                case FetchPlan.Given given -> 0;
                case FetchPlan.Inside inside -> 0;
            };
        }
    }

    /** The least time for such work. */
    Duration of(Work work) {
        Duration before = roundTrip.plus(oneByOne(work.logIns()));
        Duration chained = oneByOne(work.chain());
        Duration fanned = work.fanOut() == 0 ? Duration.ZERO : oneByOne(1).plus(atOnce(work.fanOut()));
        return before.plus(chained.compareTo(fanned) > 0 ? chained : fanned);
    }

    /** So many requests, each after the answer to the one before. */
    Duration oneByOne(long requests) {
        return roundTrip.plus(serverTime).multipliedBy(requests);
    }

    /** So many requests that need not wait for each other. */
    Duration atOnce(long requests) {
        long wave = (long) connections * pipeline;
        long rest = requests % wave;
        Duration whole = wave(pipeline).multipliedBy(requests / wave);
        return rest == 0 ? whole : whole.plus(wave((rest + connections - 1) / connections));
    }

    private Duration wave(long depth) {
        Duration first = roundTrip.plus(serverTime);
        Duration served = serverTime.multipliedBy(depth);
        return first.compareTo(served) > 0 ? first : served;
    }
}
