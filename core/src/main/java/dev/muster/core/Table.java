package dev.muster.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table as facts: how its rows are listed and paged, what stands in its columns, which columns need further calls. How it
 * is fetched is the {@link Planner}'s affair. Checked when built; immutable and thread-safe.
 *
 * {@snippet :
 * static final Table SERVERS = Table.named("openstack_server", "A virtual machine run by Nova.")
 *         .list(ListRequest.get("compute", "/servers/detail").rows("servers").paging(...))
 *         .key("id", TEXT, "UUID.")
 *         .column("name", TEXT, "Display name.")
 *         .column("image_id", TEXT, "Image it was built from.", at("/image/id"))
 *         .build();
 * }
 */
public final class Table {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern POINTER = Pattern.compile("(/[^/]+)+");

    private final String name;
    private final String description;
    private final ListRequest list;
    private final @Nullable Table parent;
    private final List<Column> columns;
    private final List<String> key;

    private Table(Builder builder, ListRequest list) {
        this.name = builder.name;
        this.description = builder.description;
        this.list = list;
        this.parent = builder.parent;
        this.columns = List.copyOf(builder.columns);
        this.key = List.copyOf(builder.key);
    }

    /** Starts a declaration. A name is unique among all clouds, as {@code openstack_server}. */
    public static Builder named(String name, String description) {
        return new Builder(name, description);
    }

    public String name() {
        return name;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** How its rows are listed: all of them, or those of one row of the parent. */
    public ListRequest list() {
        return list;
    }

    /** The table whose every row this one is listed for; null where it is listed as a whole. */
    public @Nullable Table parent() {
        return parent;
    }

    /** All columns, in the order of the declaration. */
    public List<Column> columns() {
        return columns;
    }

    /** The names of the columns that together tell its rows apart. */
    public List<String> key() {
        return key;
    }

    /**
     * A column by name.
     *
     * @throws MusterException.Rejected if there is none; says which there are
     */
    public Column column(String column) {
        return columns.stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow(() -> new MusterException.Rejected(
                        null,
                        "table " + name + " has no column '" + column + "'; it has "
                                + String.join(
                                        ", ", columns.stream().map(Column::name).toList())));
    }

    @Override
    public String toString() {
        return name;
    }

    /** A declaration under way. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final String description;
        private @Nullable ListRequest list;
        private @Nullable Table parent;
        private final List<Column> columns = new ArrayList<>();
        private final List<String> key = new ArrayList<>();

        private Builder(String name, String description) {
            this.name = name;
            this.description = description;
        }

        /** How the rows are listed. */
        public Builder list(ListRequest request) {
            this.list = request;
            return this;
        }

        /**
         * Lists once for each row of {@code table}, and adds a key column with that row's key: the column's name is also the
         * path variable of the list request.
         */
        public Builder each(Table table, String column) {
            if (table.key().size() != 1) {
                throw bad("parent " + table + " has a key of several columns");
            }
            String parentKey = table.key().getFirst();
            this.parent = table;
            key.add(column);
            columns.add(new Column(
                    column,
                    table.column(parentKey).type(),
                    "The " + table.name() + " it belongs to.",
                    new Column.OfParent(parentKey)));
            return this;
        }

        /** A column of the key, standing in the row under its own name. */
        public Builder key(String column, ColumnType type, String text) {
            key.add(column);
            return column(column, type, text);
        }

        /** A column of the key with an origin of its own. */
        public Builder key(String column, ColumnType type, String text, Column.Origin origin) {
            key.add(column);
            return column(column, type, text, origin);
        }

        /** A column that stands in the row under its own name. */
        public Builder column(String column, ColumnType type, String text) {
            return column(column, type, text, Column.at('/' + column));
        }

        /** A column with an origin of its own. */
        public Builder column(String column, ColumnType type, String text, Column.Origin origin) {
            columns.add(new Column(column, type, text, origin));
            return this;
        }

        /**
         * Checks the declaration.
         *
         * @throws IllegalArgumentException if it does not hold together; names table and column
         */
        public Table build() {
            if (!NAME.matcher(name).matches()) {
                throw bad("a name is in lower case with underscores");
            }
            if (list == null) {
                throw bad("nothing says how it is listed");
            }
            if (key.isEmpty()) {
                throw bad("it has no key");
            }
            Set<String> seen = new HashSet<>();
            for (Column column : columns) {
                if (!NAME.matcher(column.name()).matches()) {
                    throw bad("column '" + column.name() + "' is not in lower case with underscores");
                }
                if (!seen.add(column.name())) {
                    throw bad("column '" + column.name() + "' is there twice");
                }
                checkOrigin(column);
            }
            checkPaths();
            Set<String> given = parent == null ? Set.of() : Set.of(key.getFirst());
            list.request().variables().forEach(v -> {
                if (!given.contains(v)) {
                    throw bad("its list path has a variable {" + v + "} that no parent gives");
                }
            });
            return new Table(this, list);
        }

        private void checkOrigin(Column column) {
            switch (column.origin()) {
                case Column.InRow(String pointer) -> {
                    if (!POINTER.matcher(pointer).matches()) {
                        throw bad("column '" + column.name() + "' has no JSON pointer: '" + pointer + "'");
                    }
                }
                case Column.OfParent of -> {
                    if (parent == null) {
                        throw bad("column '" + column.name() + "' is of a parent, and there is none");
                    }
                    parent.column(of.column());
                }
                case Column.ByCall(ApiRequest request, String pointer) -> {
                    if (!pointer.isEmpty() && !POINTER.matcher(pointer).matches()) {
                        throw bad("column '" + column.name() + "' has no JSON pointer: '" + pointer + "'");
                    }
                    for (String variable : request.variables()) {
                        if (columns.stream()
                                .noneMatch(c -> c.name().equals(variable) && !(c.origin() instanceof Column.ByCall))) {
                            throw bad("column '" + column.name() + "' is got with {" + variable
                                    + "}, which is no column of the listed row");
                        }
                    }
                }
            }
        }

        /** One reader passes over a row once, so no column may lie inside another. */
        private void checkPaths() {
            for (Column one : columns) {
                for (Column other : columns) {
                    if (!one.name().equals(other.name())
                            && one.origin() instanceof Column.InRow(String outer)
                            && other.origin() instanceof Column.InRow(String inner)
                            && (inner.equals(outer) || inner.startsWith(outer + '/'))) {
                        throw bad("column '" + other.name() + "' lies inside column '" + one.name() + "'");
                    }
                }
            }
        }

        private IllegalArgumentException bad(String what) {
            return new IllegalArgumentException("table " + name + ": " + what);
        }
    }
}
