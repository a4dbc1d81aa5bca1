package dev.muster.sim.softlayer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An object of the service: its own properties, which an answer without a mask shows, and its relational ones, which a mask
 * must name. Built once, then only read.
 */
final class Thing {
    private static final String COUNT = "Count";

    final String type;
    final Map<String, @Nullable Object> local = new LinkedHashMap<>();
    final Map<String, @Nullable Object> related = new LinkedHashMap<>();

    private Thing(String type) {
        this.type = type;
    }

    /** One with these own properties, names and values by turns. The type goes without its prefix. */
    static Thing of(String type, @Nullable Object... local) {
        Thing thing = new Thing("SoftLayer_" + type);
        for (int i = 0; i < local.length; i += 2) {
            thing.local.put(String.valueOf(local[i]), local[i + 1]);
        }
        return thing;
    }

    /** Adds relational properties, names and values by turns: things, lists of things, texts, numbers; null = none. */
    Thing with(@Nullable Object... more) {
        for (int i = 0; i < more.length; i += 2) {
            related.put(String.valueOf(more[i]), more[i + 1]);
        }
        return this;
    }

    /** Adds to a relational property that is a list. */
    void add(String name, Thing other) {
        list(name).add(other);
    }

    /** A relational property that is a list, made where it is not there. */
    @SuppressWarnings("unchecked") // what is made here and by with() are lists of things
    List<Thing> list(String name) {
        return (List<Thing>) related.computeIfAbsent(name, key -> new ArrayList<Thing>());
    }

    /** A relational property that is one thing, and there. */
    Thing one(String name) {
        return (Thing) Objects.requireNonNull(related.get(name), name);
    }

    long id() {
        return ((Number) Objects.requireNonNull(local.get("id"), type)).longValue();
    }

    String text(String name) {
        return String.valueOf(value(name));
    }

    /** A property of either kind, or the count of a list as in {@code hardwareCount}; null = not there. */
    @Nullable
    Object value(String name) {
        if (local.containsKey(name)) {
            return local.get(name);
        }
        Object other = related.get(name);
        return other == null && name.endsWith(COUNT) ? count(name.substring(0, name.length() - COUNT.length())) : other;
    }

    /** The size of the list whose singular this is. */
    private @Nullable Object count(String singular) {
        for (String plural : List.of(singular, singular + "s", singular + "es", singular.replaceFirst("y$", "ies"))) {
            if (related.get(plural) instanceof List<?> list) {
                return list.size();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return type + local.get("id");
    }
}
