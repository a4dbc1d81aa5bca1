package dev.muster.core;

import org.jspecify.annotations.Nullable;

/** What a column holds, and which Java type that is in a {@link Row}. */
public enum ColumnType {
    /** {@link String}. */
    TEXT {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.text();
        }
    },
    /** {@link Long}. */
    INTEGER {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.integer();
        }
    },
    /** {@link Double}. */
    DECIMAL {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.decimal();
        }
    },
    /** {@link Boolean}. */
    BOOLEAN {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.bool();
        }
    },
    /** {@link java.time.Instant}. */
    TIME {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.time();
        }
    },
    /** {@link Json}: a part that has no shape of its own here. */
    JSON {
        @Override
        @Nullable
        Object read(JsonReader in) {
            return in.json();
        }
    };

    /** The value that comes, as this type; null for null. */
    abstract @Nullable Object read(JsonReader in);
}
