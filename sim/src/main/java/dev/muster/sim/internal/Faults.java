package dev.muster.sim.internal;

import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.Glob;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The failure rules in force. Thread-safe; draws come from one seed, so that the same requests in the same order fail alike. */
final class Faults {
    private final List<Armed> rules = new CopyOnWriteArrayList<>();
    private final Random random;

    private record Armed(FailureRule rule, Glob path, AtomicLong left) {}

    Faults(List<FailureRule> rules, long seed) {
        this.random = new Random(seed);
        rules.forEach(this::add);
    }

    void add(FailureRule rule) {
        rules.add(new Armed(rule, Glob.atEnd(rule.path()), new AtomicLong(rule.times())));
    }

    void clear() {
        rules.clear();
    }

    /** What befalls a request for this path; null = nothing. */
    @Nullable
    Failure draw(String path) {
        for (Armed armed : rules) {
            if (armed.path.matches(path) && hits(armed.rule.share()) && takeOne(armed.left)) {
                return armed.rule.failure();
            }
        }
        return null;
    }

    private boolean hits(double share) {
        if (share >= 1) {
            return true;
        }
        synchronized (random) {
            return random.nextDouble() < share;
        }
    }

    private static boolean takeOne(AtomicLong left) {
        return left.getAndUpdate(n -> n == Long.MAX_VALUE || n == 0 ? n : n - 1) > 0;
    }
}
