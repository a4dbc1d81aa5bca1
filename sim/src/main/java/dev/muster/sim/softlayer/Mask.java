package dev.muster.sim.softlayer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object mask: {@code mask[a,b[c,d],e.f]}, {@code mask.a.b}, {@code [mask[..],mask(Type)[..]]}, and the legacy form {@code
 * a;b.c}. A level that names an own property shows only those that it names; one that names none shows all of them.
 *
 * @param children what is asked below; empty = the own properties
 */
record Mask(Map<String, Mask> children) {
    /** None at all. */
    static Mask none() {
        return new Mask(new LinkedHashMap<>());
    }

    /**
     * Reads a mask.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Mask parse(@Nullable String text) {
        Mask root = none();
        if (text != null && !text.isBlank()) {
            Reader reader = new Reader(text);
            reader.items(root);
            reader.expect('\0');
        }
        return root;
    }

    /** How many related things are asked for each row, at all levels. */
    int relations(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().mapToInt(one -> relations(one)).sum();
            case Thing thing -> {
                int sum = 0;
                for (Map.Entry<String, Mask> child : children.entrySet()) {
                    Object below = thing.related.get(child.getKey());
                    if (below instanceof Thing || below instanceof List<?>) {
                        sum += 1 + child.getValue().relations(below);
                    }
                }
                yield sum;
            }
            default -> 0;
        };
    }

    /**
     * What the mask shows of a value.
     *
     * @param types whether each object says its type first
     */
    @Nullable
    Object of(@Nullable Object value, boolean types) {
        return switch (value) {
            case Thing thing -> of(thing, types);
            case List<?> list -> {
                List<@Nullable Object> shown = new ArrayList<>();
                for (Object one : list) {
                    shown.add(of(one, types));
                }
                yield shown;
            }
            case null, default -> value;
        };
    }

    private Map<String, @Nullable Object> of(Thing thing, boolean types) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        if (types) {
            shown.put("complexType", thing.type);
        }
        boolean named = children.keySet().stream().anyMatch(thing.local::containsKey);
        thing.local.forEach((name, value) -> {
            if (value != null && (!named || children.containsKey(name))) {
                shown.put(name, value);
            }
        });
        children.forEach((name, below) -> {
            Object value = thing.local.containsKey(name) ? null : thing.value(name);
            if (value != null) {
                shown.put(name, below.of(value, types));
            }
        });
        return shown;
    }

    /** Reads the grammar. White space stands for nothing. */
    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text.replaceAll("\\s+", "");
        }

        void items(Mask into) {
            do {
                if (!peek("]") && at < text.length()) {
                    item(into);
                }
            } while (take(',') || take(';'));
        }

        private void item(Mask into) {
            if (take('[')) {
                items(into);
                expect(']');
                return;
            }
            int start = at;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
                at++;
            }
            String name = text.substring(start, at);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name is missing at " + at);
            }
            boolean cast = take('(');
            if (cast) {
                at = text.indexOf(')', at);
                if (at < 0) {
                    throw new IllegalArgumentException("')' is missing");
                }
                at++;
            }
            boolean root = cast || name.equals("mask") || name.equals("filteredMask");
            Mask below = root ? into : into.children.computeIfAbsent(name, key -> none());
            if (take('[')) {
                items(below);
                expect(']');
            } else if (take('.')) {
                item(below);
            }
        }

        private boolean peek(String next) {
            return text.startsWith(next, at);
        }

        private boolean take(char next) {
            boolean there = at < text.length() && text.charAt(at) == next;
            at += there ? 1 : 0;
            return there;
        }

        /** The NUL stands for the end. */
        void expect(char next) {
            if (next == '\0' ? at < text.length() : !take(next)) {
                throw new IllegalArgumentException(
                        next == '\0' ? "there is more behind it: " + text.substring(at) : "'" + next + "' is missing");
            }
        }
    }
}
