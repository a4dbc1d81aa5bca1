package dev.muster.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a table: a value, or null, for each column that was asked for. Immutable and thread-safe. */
public final class Row {
    private final List<Column> columns;
    private final @Nullable Object[] values;

    private Row(List<Column> columns, @Nullable Object[] values) {
        this.columns = columns;
        this.values = values;
    }

    /** A row of values in the columns' order; the array becomes the row's own. */
    public static Row of(List<Column> columns, @Nullable Object[] values) {
        if (values.length != columns.size()) {
            throw new IllegalArgumentException(values.length + " values for " + columns.size() + " columns");
        }
        return new Row(columns, values);
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return columns;
    }

    /** The value of column {@code i}, in the Java type of its {@link ColumnType}; null where the cloud gave none. */
    public @Nullable Object get(int i) {
        return values[i];
    }

    /**
     * The value of a column; null where the cloud gave none.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public @Nullable Object get(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return values[i];
            }
        }
        throw new IllegalArgumentException("no column '" + column + "' among "
                + columns.stream().map(Column::name).toList());
    }

    /** The value of a column as text; null where the cloud gave none. */
    public @Nullable String text(String column) {
        Object value = get(column);
        return value == null ? null : value.toString();
    }

    /** All values by column name, in order, absent ones as null. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(columns.get(i).name(), values[i]);
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }
}
