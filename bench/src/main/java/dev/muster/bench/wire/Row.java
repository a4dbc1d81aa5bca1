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
     * How whom is asked.
     *
     * @param name as the tables have it
     * @param depth with HTTP/2 the number of streams
     */
    record Shape(String name, Origin origin, Target.Kind kind, int connections, int depth) {}

    /**
     * How much is measured.
     *
     * @param cold whether in fresh processes
     * @param warm whether in processes that have done such work before
     * @param quick the part of the work that a quick run does; 0: none
     * @param warmUp requests, or MiB, before the first warm run
     * @param settling rounds before those that count: code that was compiled for answers that come at once is compiled anew for
     *     those that come after a while, and for both in turn. All but the last {@link #WHOLE} do the first work alone; those bring
     *     what is rare as well, such as connections that are given up and made anew while the others have their turn
     */
    record Effort(boolean cold, boolean warm, double quick, int warmUp, int settling) {
        /** Of the rounds that settle, those that do all works. */
        static final int WHOLE = 2;
    }

    /** Contenders who do the same works in the same shape. */
    record Group(Shape shape, List<Contender> contenders, List<Work> works, Effort effort) {
        /** Before the first warm run. */
        Work warmUp(boolean quick) {
            return small(quick ? Math.ceilDiv(effort.warmUp, 5) : effort.warmUp);
        }

        /** Whether each warm run is to find connections open; where losses are counted, those at its begin count as well. */
        boolean touches() {
            return shape.origin != Origin.HTTPD;
        }

        /** Before every warm run that {@link #touches}. */
        Work touch() {
            return small(download() ? 1 : 2 * shape.connections * shape.depth);
        }

        private Work small(int count) {
            return new Work("", download() ? Work.BIG : "c000", false, count);
        }

        private boolean download() {
            return shape.kind == Target.Kind.DOWNLOAD;
        }
    }
}
