package dev.muster.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order they were added or received. Names compare without case (RFC 9110 §5.1); a name may occur
 * more than once. Immutable and thread-safe.
 *
 * <p>{@link #toString()} shows names only: a value may be a secret.
 */
public final class Headers {
    private static final Headers NONE = new Headers(new String[0]);
    private static final boolean[] TOKEN = new boolean[128];

    static {
        Arrays.fill(TOKEN, '!', '~' + 1, true);
        for (byte c : "\"(),/:;<=>?@[\\]{}".getBytes(StandardCharsets.US_ASCII)) {
            TOKEN[c] = false;
        }
    }

    /** name, value, name, value … */
    private final String[] pairs;

    private Headers(String[] pairs) {
        this.pairs = pairs;
    }

    /** No fields. */
    public static Headers none() {
        return NONE;
    }

    /**
     * Fields from alternating names and values.
     *
     * @throws IllegalArgumentException if a name is not a token, a value holds CR, LF or NUL, or the count is odd
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value: " + namesAndValues.length + " strings");
        }
        String[] pairs = namesAndValues.clone();
        for (int i = 0; i < pairs.length; i += 2) {
            check(pairs[i], pairs[i + 1]);
        }
        return pairs.length == 0 ? NONE : new Headers(pairs);
    }

    /** These fields and one more, behind any of the same name. */
    public Headers and(String name, String value) {
        check(name, value);
        String[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name;
        more[pairs.length + 1] = value;
        return new Headers(more);
    }

    /** These fields followed by those of {@code others}. */
    public Headers and(Headers others) {
        if (others.pairs.length == 0) {
            return this;
        }
        if (pairs.length == 0) {
            return others;
        }
        String[] more = Arrays.copyOf(pairs, pairs.length + others.pairs.length);
        System.arraycopy(others.pairs, 0, more, pairs.length, others.pairs.length);
        return new Headers(more);
    }

    /** The same fields with another value of field {@code i}. */
    public Headers with(int i, String value) {
        checkValue(name(i), value);
        String[] changed = pairs.clone();
        changed[2 * i + 1] = value;
        return new Headers(changed);
    }

    /** The first value of a name, or null where the name does not occur. */
    public @Nullable String first(String name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    /** Every value of a name, in order; empty where the name does not occur. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equalsIgnoreCase(name)) {
                values.add(pairs[i + 1]);
            }
        }
        return values;
    }

    /** How many fields there are, repeated names counted each time. */
    public int size() {
        return pairs.length / 2;
    }

    /** The name of field {@code i}, as written. */
    public String name(int i) {
        return pairs[2 * Objects.checkIndex(i, size())];
    }

    /** The value of field {@code i}. */
    public String value(int i) {
        return pairs[2 * Objects.checkIndex(i, size()) + 1];
    }

    @Override
    public String toString() {
        StringBuilder names = new StringBuilder("Headers[");
        for (int i = 0; i < pairs.length; i += 2) {
            names.append(i == 0 ? "" : ", ").append(pairs[i]);
        }
        return names.append(']').toString();
    }

    private static void check(String name, String value) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an empty header name");
        }
        for (int i = 0; i < name.length(); i++) {
            if (!token(name.charAt(i))) {
                throw new IllegalArgumentException("not a header name: '" + name + "'");
            }
        }
        checkValue(name, value);
    }

    private static void checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\r' || c == '\n' || c == 0 || c > 0xff) {
                throw new IllegalArgumentException(
                        "header " + name + " has a character that cannot be sent, at position " + i);
            }
        }
    }

    /** tchar of RFC 9110 §5.6.2. */
    static boolean token(char c) {
        return c < 128 && TOKEN[c];
    }
}
