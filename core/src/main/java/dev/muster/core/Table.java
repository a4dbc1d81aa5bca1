package dev.muster.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final String name;
    private final String description;
    private final ListRequest list;
    private final @Nullable Brief brief;
    private final @Nullable Get get;
    private final @Nullable Table parent;
    private final Column.@Nullable Inline inside;
    private final List<Column> columns;
    private final List<String> key;
    private final Map<String, ServerFilter> filters;
    private final Map<String, ServerOrder> orders;
    private final List<Relation> relations;
    private final double perSecond;
    private final @Nullable Narrowing narrowing;
    private final List<Column> usual;

    /**
     * A cheaper list of the same rows.
     *
     * @param columns those that its rows hold as well, at the same places
     */
    public record Brief(ListRequest list, List<String> columns) {}

    /**
     * How one row is got.
     *
     * @param request with columns of the key as path variables
     * @param pointer a JSON pointer below the answer; empty for the whole of it
     */
    public record Get(ApiRequest request, String pointer) {}

    private Table(Builder builder, ListRequest list) {
        this.name = builder.name;
        this.description = builder.description;
        this.list = list;
        this.brief = builder.brief;
        this.get = builder.get;
        this.parent = builder.parent;
        this.inside = builder.inside;
        this.columns = List.copyOf(builder.columns);
        this.key = List.copyOf(builder.key);
        this.filters = Collections.unmodifiableMap(new LinkedHashMap<>(builder.filters));
        this.orders = Map.copyOf(builder.orders);
        this.relations = List.copyOf(builder.relations);
        this.perSecond = builder.perSecond;
        this.narrowing = builder.narrowing;
        this.usual = columns.stream()
                .filter(column -> !builder.onRequest.contains(column.name()))
                .toList();
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

    /** A cheaper list that lacks columns; null where there is none. */
    public @Nullable Brief brief() {
        return brief;
    }

    /** How one row is got by its key; null where it cannot be. */
    public @Nullable Get get() {
        return get;
    }

    /** The table whose every row this one is listed for; null where it is listed as a whole. */
    public @Nullable Table parent() {
        return parent;
    }

    /** How the parent's list can be made to hold these rows as well; null where it cannot. */
    public Column.@Nullable Inline inside() {
        return inside;
    }

    /** How the server takes conditions on a column; those missing here are checked after the rows arrived. */
    public Map<String, ServerFilter> filters() {
        return filters;
    }

    /** How the server is asked to sort by a column; by those missing here rows are sorted after they arrived. */
    public Map<String, ServerOrder> orders() {
        return orders;
    }

    /** What rows of other tables belong to a row. */
    public List<Relation> relations() {
        return relations;
    }

    /** How many requests a second the service says it takes; {@link Double#POSITIVE_INFINITY} where it says nothing. */
    public double perSecond() {
        return perSecond;
    }

    /** How its list is told which columns and rows are wanted; null where it always shows all columns. */
    public @Nullable Narrowing narrowing() {
        return narrowing;
    }

    /** All columns, in the order of the declaration. */
    public List<Column> columns() {
        return columns;
    }

    /** Those that come where a query names none: the others are too heavy to come unasked. */
    public List<Column> usual() {
        return usual;
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
        private @Nullable Brief brief;
        private @Nullable Get get;
        private @Nullable Table parent;
        private Column.@Nullable Inline inside;
        private final Map<String, ServerFilter> filters = new LinkedHashMap<>();
        private final Map<String, ServerOrder> orders = new LinkedHashMap<>();
        private final List<Relation> relations = new ArrayList<>();
        private double perSecond = Double.POSITIVE_INFINITY;
        private @Nullable Narrowing narrowing;
        private final Set<String> onRequest = new HashSet<>();
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

        /** A cheaper list of the same rows, which holds only these columns. */
        public Builder brief(ListRequest request, String... held) {
            this.brief = new Brief(request, List.of(held));
            return this;
        }

        /**
         * How one row is got by its key.
         *
         * @param pointer a JSON pointer below the answer; empty for the whole of it
         */
        public Builder get(ApiRequest request, String pointer) {
            this.get = new Get(request, pointer);
            return this;
        }

        /** The server itself can pass over rows whose {@code column} has another value. */
        public Builder filter(String column, ServerFilter how) {
            if (filters.put(column, how) != null) {
                throw bad("column '" + column + "' has two filters");
            }
            return this;
        }

        /** Its list is told which columns and rows are wanted. */
        public Builder narrowing(Narrowing how) {
            this.narrowing = how;
            return this;
        }

        /** The server itself can sort the list by {@code column}. */
        public Builder sorts(String column, ServerOrder how) {
            orders.put(column, how);
            return this;
        }

        /** The row of {@code table}, of the same cloud, whose {@code other} has the value of {@code column} here. */
        public Builder one(String relation, String column, String table, String other) {
            relations.add(new Relation(relation, column, table, other, false));
            return this;
        }

        /** All rows of {@code table}, of the same cloud, whose {@code other} has the value of {@code column} here. */
        public Builder many(String relation, String column, String table, String other) {
            relations.add(new Relation(relation, column, table, other, true));
            return this;
        }

        /** How many requests a second the service says it takes. */
        public Builder perSecond(double requests) {
            this.perSecond = requests;
            return this;
        }

        /**
         * After {@link #each}: the parent's list can be asked to hold these rows as well. A row that holds none has an empty list at
         * the pointer, or at least what the pointer leads through; for one that has neither, they are asked for by a call.
         *
         * @param parameter the parameter that asks for it; values of several parts are joined by commas
         * @param pointer a JSON pointer below the parent's row, to a list of these rows
         */
        public Builder inside(String parameter, String value, String pointer) {
            this.inside = new Column.Inline(parameter, value, pointer);
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

        /** A column that is too heavy to come unasked: only queries that name it have it. */
        public Builder onRequest(String column, ColumnType type, String text, Column.Origin origin) {
            onRequest.add(column);
            return column(column, type, text, origin);
        }

        /**
         * Checks the declaration.
         *
         * @throws IllegalArgumentException if it does not hold together; names table and column
         */
        public Table build() {
            if (list == null) {
                throw bad("nothing says how it is listed");
            }
            Table table = new Table(this, list);
            TableCheck.of(table);
            return table;
        }

        private IllegalArgumentException bad(String what) {
            return new IllegalArgumentException("table " + name + ": " + what);
        }
    }
}
