package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Column;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.util.ArrayList;
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
    private final int width;
    private final Node root = new Node();
    private final List<int[]> copies = new ArrayList<>();

    /** A step of the columns' pointers: a column ends here, or rows of another table, or further steps follow. */
    private static final class Node {
        private final Map<String, Node> steps = new HashMap<>();
        private int column = -1;
        private @Nullable RowReader inside;
        private int slot;
        /** The slots of rows further below: where this is there and they are not, there are none. */
        private final List<Integer> holds = new ArrayList<>();
    }

    /**
     * Rows of another table that stand inside a row.
     *
     * @param pointer to the list of them
     * @param reader of one of them
     */
    public record Inside(String pointer, RowReader reader) {}

    private RowReader(List<Column> columns, int width) {
        this.columns = columns;
        this.width = width;
    }

    /** Reads the columns that stand in the listed rows. */
    public static RowReader ofRows(List<Column> columns) {
        return ofRows(columns, List.of());
    }

    /**
     * Reads the columns that stand in the listed rows, and behind them, as lists, rows of other tables: null where the row does
     * not say whether there are any.
     */
    public static RowReader ofRows(List<Column> columns, List<Inside> insides) {
        RowReader reader = new RowReader(columns, columns.size() + insides.size());
        for (int i = 0; i < insides.size(); i++) {
            String pointer = insides.get(i).pointer();
            Node node = reader.node(pointer);
            node.inside = insides.get(i).reader();
            node.slot = columns.size() + i;
            for (int end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1)) {
                reader.node(pointer.substring(0, end)).holds.add(node.slot);
            }
        }
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Column.InRow(String pointer)) {
                reader.add(pointer, i);
            }
        }
        return reader;
    }

    /** Reads the columns that one further call fills. */
    public static RowReader ofCall(List<Column> columns, ApiRequest call) {
        RowReader reader = new RowReader(columns, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).origin() instanceof Column.ByCall(ApiRequest request, String pointer, var inline)
                    && request.equals(call)) {
                reader.add(pointer, i);
            }
        }
        return reader;
    }

    private void add(String pointer, int column) {
        Node node = node(pointer);
        // Several columns may be the same part: the first reads it, and the others copy it.
        if (node.column >= 0) {
            copies.add(new int[] {node.column, column});
        } else {
            node.column = column;
        }
    }

    private Node node(String pointer) {
        Node node = root;
        for (String step :
                pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
            node = node.steps.computeIfAbsent(step.replace("~1", "/").replace("~0", "~"), s -> new Node());
        }
        return node;
    }

    /** Reads one row into a new array: a value for each column, and behind them the lists of rows inside. */
    public @Nullable Object[] row(JsonReader in) {
        if (!in.atObject()) {
            throw new MusterException.Undecodable(null, "a row is not an object", null);
        }
        @Nullable Object[] values = new @Nullable Object[width];
        read(in, values);
        return values;
    }

    /** Reads the value that comes into the columns' places. */
    public void read(JsonReader in, @Nullable Object[] values) {
        if (root.column >= 0) {
            values[root.column] = value(in, columns.get(root.column));
        } else {
            read(in, root, values);
        }
        for (int[] copy : copies) {
            values[copy[1]] = values[copy[0]];
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
            } else if (step.inside != null) {
                values[step.slot] = rows(in, step.inside);
            } else if (step.column >= 0) {
                values[step.column] = value(in, columns.get(step.column));
            } else {
                step.holds.forEach(slot -> values[slot] = List.of());
                read(in, step, values);
            }
        }
    }

    private static List<@Nullable Object[]> rows(JsonReader in, RowReader reader) {
        if (!in.atArray()) {
            throw new MusterException.Undecodable(null, "rows inside a row are not a list", null);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            rows.add(reader.row(in));
        }
        return rows;
    }

    private static @Nullable Object value(JsonReader in, Column column) {
        try {
            return column.type().read(in);
        } catch (MusterException.Undecodable e) {
            throw new MusterException.Undecodable(null, "column " + column.name() + ": " + e.getMessage(), e);
        }
    }
}
