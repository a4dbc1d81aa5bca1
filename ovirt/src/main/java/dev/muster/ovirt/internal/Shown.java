package dev.muster.ovirt.internal;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as text, with only what is present. */
public final class Shown {
    private final StringBuilder text;
    private boolean more;

    public Shown(String type) {
        text = new StringBuilder(type).append('[');
    }

    /** Adds a component, unless it is null or an empty map. */
    public Shown add(String name, @Nullable Object value) {
        if (value != null && !(value instanceof Map<?, ?> map && map.isEmpty())) {
            text.append(more ? ", " : "").append(name).append('=').append(value);
            more = true;
        }
        return this;
    }

    @Override
    public String toString() {
        return text.append(']').toString();
    }
}
