package dev.muster.sim.internal;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Invented facts that follow from a seed, a kind of thing and its number alone: the same thing is invented the same way
 * whatever was invented before it. Immutable.
 *
 * @param seed of the whole cloud
 */
public record Invented(long seed) {
    /** 2026-01-01T00:00:00Z: clouds were built in the year before. */
    public static final long EPOCH_MILLIS = 1_767_225_600_000L;

    /** Randomness for one thing. */
    public SplittableRandom random(String kind, int number) {
        return new SplittableRandom((seed * 31 + kind.hashCode()) * 1_000_003 + number);
    }

    /** The id of one thing, in the form of a random UUID. */
    public String id(String kind, int number) {
        SplittableRandom random = random(kind, number);
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /** A locally administered hardware address; different for all numbers below 2^24. */
    public static String mac(String prefix, int number) {
        return String.format(
                Locale.ROOT, "%s:%02x:%02x:%02x", prefix, number >> 16 & 0xFF, number >> 8 & 0xFF, number & 0xFF);
    }

    /** One of several. */
    @SafeVarargs
    public static <T> T pick(SplittableRandom random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
