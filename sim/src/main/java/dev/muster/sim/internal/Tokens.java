package dev.muster.sim.internal;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The tokens a cloud has issued, and which of them still hold. Thread-safe. */
public final class Tokens {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Map<String, AtomicInteger> usesLeft = new ConcurrentHashMap<>();
    private final AtomicLong issued = new AtomicLong();
    private final Random random;
    private volatile int uses = Integer.MAX_VALUE;

    public Tokens(long seed) {
        this.random = new Random(seed);
    }

    /** A new token of so many characters. */
    public String issue(String prefix, int length) {
        StringBuilder token = new StringBuilder(prefix);
        synchronized (random) {
            while (token.length() < length) {
                token.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        issued.incrementAndGet();
        usesLeft.put(token.toString(), new AtomicInteger(uses));
        return token.toString();
    }

    /** Whether a token holds; asking uses it. */
    public boolean use(@Nullable String token) {
        AtomicInteger left = token == null ? null : usesLeft.get(token);
        if (left == null) {
            return false;
        }
        if (left.get() == Integer.MAX_VALUE || left.getAndDecrement() > 0) {
            return true;
        }
        usesLeft.remove(token);
        return false;
    }

    /** Ends one token; false = there was none. */
    public boolean revoke(@Nullable String token) {
        return token != null && usesLeft.remove(token) != null;
    }

    /** Ends every token. */
    public void expire() {
        usesLeft.clear();
    }

    /** Tokens from now on hold for so many uses; 0 = for ever. */
    public void expireAfter(int requests) {
        uses = requests == 0 ? Integer.MAX_VALUE : requests;
    }

    public long issued() {
        return issued.get();
    }
}
