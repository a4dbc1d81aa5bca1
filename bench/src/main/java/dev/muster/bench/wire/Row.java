package dev.muster.bench.wire;

import dev.muster.bench.Bar;
import java.util.List;
import java.util.function.Function;

/**
 * One row of the benchmark: who does which work how, and what must come of it.
 *
 * @param groups measured one behind another; within one, contenders take turns
 * @param bars what the figures must keep
 */
record Row(String name, String summary, List<Group> groups, Function<Figures, List<Bar>> bars) {
    /** Whom to ask. */
    enum Origin {
        PLAIN,
        TLS,
        HTTPD
    }

    /**
     * Contenders with the same connections, depth and works.
     *
     * @param shape as the tables name it
     * @param quick the part of the work that a quick run does; 0: none
     * @param warmUp requests, or MiB, before the first warm run
     * @param settling rounds of the first work before those that count: code that was compiled for answers that come at once
     *     is compiled anew for those that come after a while, and for both in turn
     */
    record Group(
            String shape,
            Origin origin,
            Target.Kind kind,
            int connections,
            int depth,
            List<Contender> contenders,
            List<Work> works,
            boolean cold,
            boolean warm,
            double quick,
            int warmUp,
            int settling) {
        /** Before the first warm run. */
        Work warmUp(boolean quick) {
            return small(quick ? Math.ceilDiv(warmUp, 5) : warmUp);
        }

        /** Whether each warm run is to find connections open; where losses are counted, those at its begin count as well. */
        boolean touches() {
            return origin != Origin.HTTPD;
        }

        /** Before every warm run that {@link #touches}. */
        Work touch() {
            return small(kind == Target.Kind.DOWNLOAD ? 1 : 2 * connections * depth);
        }

        private Work small(int count) {
            return new Work("", kind == Target.Kind.DOWNLOAD ? Work.BIG : "c000", false, count);
        }
    }
}
