package dev.muster.core;

import org.jspecify.annotations.Nullable;

/** What a column holds, and which Java type that is in a {@link Row}. */
public enum ColumnType {
    /** {@link String}. */
    TEXT,
    /** {@link Long}. */
    INTEGER,
    /** {@link Double}. */
    DECIMAL,
    /** {@link Boolean}. */
    BOOLEAN,
    /** {@link java.time.Instant}. */
    TIME,
    /** {@link Json}: a part that has no shape of its own here. */
    JSON;

    /**
     * The value that comes, as this type; null for null.
     *
     * @throws MusterException.Undecodable if it cannot be read so
     */
    public @Nullable Object read(JsonReader in) {
        return switch (this) {
            case TEXT -> in.text();
            case INTEGER -> in.integer();
            case DECIMAL -> in.decimal();
            case BOOLEAN -> in.bool();
            case TIME -> in.time();
            case JSON -> in.json();
        };
    }
}
