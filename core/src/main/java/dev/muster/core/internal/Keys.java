package dev.muster.core.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that a walk has met, so that a row that comes twice is handed over once. Only a hash of 64 bits is kept
 * of each, 24 bytes at most: among a million rows two share one with a chance of 1 : 30 000 000, and then the walk says that
 * a row came twice. Not thread-safe.
 */
final class Keys {
    private final int[] places;
    private long[] hashes = new long[64];
    private byte[] passes = new byte[64];
    private int count;
    private long distinct;
    private byte pass = 1;

    /** Whether a row was met before. */
    enum Met {
        NEW,
        /** In an earlier pass over the same list. */
        EARLIER,
        /** In this pass: the list moved, or has no order. */
        IN_THIS_PASS
    }

    /**
     * @param places of the key's columns in a row
     */
    Keys(int[] places) {
        this.places = places;
    }

    /** The same list is read once more. */
    void nextPass() {
        pass++;
    }

    /** How many different rows were met. */
    long distinct() {
        return distinct;
    }

    /** A hash of the row's key; 0 where a part of it is absent. */
    long hash(@Nullable Object[] row) {
        long hash = 1;
        for (int place : places) {
            Object value = row[place];
            if (value == null) {
                return 0;
            }
            if (value instanceof Long number) {
                hash = mix(hash ^ number) * 0x9E3779B97F4A7C15L;
            } else {
                String text = value.toString();
                for (int i = 0; i < text.length(); i++) {
                    hash = (hash ^ text.charAt(i)) * 0x9E3779B97F4A7C15L;
                    hash ^= hash >>> 32;
                }
                hash = mix(hash + text.length());
            }
        }
        return hash == 0 ? 1 : hash;
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Notes a row. One without a key cannot be told from others, and counts as new. */
    Met meet(@Nullable Object[] row) {
        long hash = hash(row);
        if (hash == 0) {
            distinct++;
            return Met.NEW;
        }
        if (count * 3L > hashes.length * 2L) {
            grow();
        }
        int at = find(hash);
        if (hashes[at] == 0) {
            hashes[at] = hash;
            passes[at] = pass;
            count++;
            distinct++;
            return Met.NEW;
        }
        if (passes[at] == pass) {
            return Met.IN_THIS_PASS;
        }
        passes[at] = pass;
        return Met.EARLIER;
    }

    private int find(long hash) {
        int mask = hashes.length - 1;
        int at = (int) mix(hash) & mask;
        while (hashes[at] != 0 && hashes[at] != hash) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldHashes = hashes;
        byte[] oldPasses = passes;
        hashes = new long[oldHashes.length * 2];
        passes = Arrays.copyOf(new byte[0], hashes.length);
        for (int i = 0; i < oldHashes.length; i++) {
            if (oldHashes[i] != 0) {
                int at = find(oldHashes[i]);
                hashes[at] = oldHashes[i];
                passes[at] = oldPasses[i];
            }
        }
    }
}
