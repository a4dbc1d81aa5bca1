package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Column;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted columns out of a row as it streams by; all else is passed over without being built. Immutable after
 * construction, so one serves all pages.
 */
public final class RowReader {
    private final List<Column> columns;
    private final Node root = new Node();

    /** A step of the columns' pointers: a column ends here, or further steps follow. */
    private static final class Node {
        private final Map<String, Node> steps = new HashMap<>();
        private int column = -1;
    }

    private RowReader(List<Column> columns) {
        this.columns = columns;
    }

    /** Reads the columns that stand in the listed rows. */
    public static RowReader ofRows(List<Column> columns) {
        RowReader reader = new RowReader(columns);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Column.InRow(String pointer)) {
                reader.add(pointer, i);
            }
        }
        return reader;
    }

    /** Reads the columns that one further call fills. */
    public static RowReader ofCall(List<Column> columns, ApiRequest call) {
        RowReader reader = new RowReader(columns);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Column.ByCall(ApiRequest request, String pointer)
                    && request.equals(call)) {
                reader.add(pointer, i);
            }
        }
        return reader;
    }

    private void add(String pointer, int column) {
        Node node = root;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            node = node.steps.computeIfAbsent(step.replace("~1", "/").replace("~0", "~"), s -> new Node());
        }
        node.column = column;
    }

    /** Reads one row, of a parent's row where the table has a parent. */
    public Row read(JsonReader in, @Nullable Row parent) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            if (parent != null && columns.get(i).origin() instanceof Column.OfParent(String column)) {
                values[i] = parent.get(column);
            }
        }
        if (!in.atObject()) {
            throw new MusterException.Undecodable(null, "a row is not an object", null);
        }
        read(in, values);
        return Row.of(columns, values);
    }

    /** Reads the value that comes into the columns' places. */
    public void read(JsonReader in, @Nullable Object[] values) {
        if (root.column >= 0) {
            values[root.column] = value(in, columns.get(root.column));
        } else {
            read(in, root, values);
        }
    }

    private void read(JsonReader in, Node node, @Nullable Object[] values) {
        if (!in.atObject()) {
            // Where a cloud puts a text or nothing in place of an object, the columns below are absent.
            in.skip();
            return;
        }
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            Node step = node.steps.get(name);
            if (step == null) {
                in.skip();
            } else if (step.column >= 0) {
                values[step.column] = value(in, columns.get(step.column));
            } else {
                read(in, step, values);
            }
        }
    }

    private static @Nullable Object value(JsonReader in, Column column) {
        try {
            return column.type().read(in);
        } catch (MusterException.Undecodable e) {
            throw new MusterException.Undecodable(null, "column " + column.name() + ": " + e.getMessage(), e);
        }
    }
}
