package dev.muster.clouds.softlayer;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of any type, as the service showed it.
 *
 * @param properties in the order they came: texts, {@link Long}, {@link Double}, {@link Boolean}, null, maps and lists of these
 */
public record Item(Map<String, @Nullable Object> properties) {

    @SuppressWarnings("unchecked") // an object's keys are texts
    static Item read(JsonReader in) {
        if (!in.atObject()) {
            throw new MusterException.Undecodable(null, "an object was expected", null);
        }
        return new Item(Collections.unmodifiableMap((Map<String, @Nullable Object>) in.value()));
    }

    /** A property, of related objects by dots, as {@code datacenter.name}; null where there is none. */
    public @Nullable Object get(String path) {
        Object at = properties;
        for (String step : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    /** The same as text. */
    public @Nullable String text(String path) {
        Object value = get(path);
        return value == null ? null : value.toString();
    }

    /**
     * The same as a whole number.
     *
     * @throws MusterException.Undecodable if it is none
     */
    public @Nullable Long integer(String path) {
        Object value = get(path);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        try {
            return Long.valueOf(value.toString());
        } catch (NumberFormatException e) {
            throw new MusterException.Undecodable(null, path + " is no whole number", e);
        }
    }

    /** Related objects; empty where there are none. */
    @SuppressWarnings("unchecked") // an object's keys are texts
    public List<Item> list(String path) {
        List<Item> items = new ArrayList<>();
        Object value = get(path);
        for (Object one : value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
            if (one instanceof Map<?, ?> map) {
                items.add(new Item((Map<String, @Nullable Object>) map));
            }
        }
        return items;
    }
}
