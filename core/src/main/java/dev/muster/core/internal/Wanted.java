package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.Condition;
import dev.muster.core.MusterException;
import dev.muster.core.Order;
import dev.muster.core.Query;
import dev.muster.core.Relation;
import dev.muster.core.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A query held against the tables it names: the columns it asks for, and those that are needed for it.
 *
 * @param output in the order that was asked for
 * @param read the output, and behind it what keys, conditions, calls and relations need
 * @param relations those that some column is of
 */
public record Wanted(Query query, Table table, List<Column> output, List<Column> read, List<Relation> relations) {

    /**
     * Resolves it.
     *
     * @throws MusterException.Rejected if a table, column, relation or condition is not there or does not fit; says what is
     */
    public static Wanted of(Query query, Map<String, Table> tables) {
        Table table = table(query.table(), tables);
        List<Column> output = new ArrayList<>();
        if (query.columns().isEmpty()) {
            output.addAll(table.usual());
        }
        for (String name : query.columns()) {
            for (Column column : columns(name, table, tables)) {
                if (!output.contains(column)) {
                    output.add(column);
                }
            }
        }
        Map<String, Column> read = new LinkedHashMap<>();
        output.forEach(column -> read.put(column.name(), column));
        output.forEach(column -> needed(column, table, read));
        for (Condition condition : query.where()) {
            for (Column column : columns(condition.column(), table, tables)) {
                var _ = condition.on(column);
                need(column, table, read);
            }
        }
        for (Order order : query.order()) {
            for (Column column : columns(order.column(), table, tables)) {
                if (column.type() == ColumnType.JSON) {
                    throw new MusterException.Rejected(
                            null, "rows cannot be sorted by " + column.name() + ", which has no order of its own");
                }
                need(column, table, read);
            }
        }
        table.key().forEach(key -> need(table.column(key), table, read));
        List<Relation> relations = read.values().stream()
                .map(Column::origin)
                .filter(Column.OfRelated.class::isInstance)
                .map(origin -> ((Column.OfRelated) origin).relation())
                .distinct()
                .toList();
        return new Wanted(query, table, output, List.copyOf(read.values()), relations);
    }

    static Table table(String name, Map<String, Table> tables) {
        Table table = tables.get(name);
        if (table == null) {
            throw new MusterException.Rejected(
                    null,
                    "no table '" + name + "'; there are "
                            + String.join(
                                    ", ", tables.keySet().stream().sorted().toList()));
        }
        return table;
    }

    private static void need(Column column, Table table, Map<String, Column> read) {
        if (read.putIfAbsent(column.name(), column) == null) {
            needed(column, table, read);
        }
    }

    private static void needed(Column column, Table table, Map<String, Column> read) {
        switch (column.origin()) {
            case Column.ByCall call -> call.request().variables().forEach(v -> need(table.column(v), table, read));
            case Column.OfRelated of -> need(table.column(of.relation().column()), table, read);
            case Column.InRow row -> {}
            case Column.OfParent parent -> {}
        }
    }

    private static Collection<Column> columns(String name, Table table, Map<String, Table> tables) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return List.of(table.column(name));
        }
        String relationName = name.substring(0, dot);
        Relation relation = table.relations().stream()
                .filter(r -> r.name().equals(relationName))
                .findFirst()
                .orElseThrow(() -> new MusterException.Rejected(
                        null,
                        "table " + table + " has no relation '" + relationName + "'"
                                + (table.relations().isEmpty()
                                        ? ""
                                        : "; it has "
                                                + String.join(
                                                        ", ",
                                                        table.relations().stream()
                                                                .map(Relation::name)
                                                                .toList()))));
        Table other = table(relation.table(), tables);
        other.column(relation.other());
        String column = name.substring(dot + 1);
        List<Column> of = column.equals("*") ? other.usual() : List.of(other.column(column));
        return of.stream()
                .map(c -> new Column(
                        relationName + '.' + c.name(),
                        relation.many() ? ColumnType.JSON : c.type(),
                        c.description(),
                        new Column.OfRelated(relation, c)))
                .toList();
    }

    /** Those conditions that are on columns of the table itself, or those on related ones. */
    List<Condition> conditions(boolean ofRelated) {
        return query.where().stream()
                .filter(c -> (c.column().indexOf('.') >= 0) == ofRelated)
                .toList();
    }

    /** The values that the conditions fix for a column, each once; null where they do not. */
    @Nullable
    List<String> fixed(String column) {
        return query.where().stream()
                .filter(c -> c.column().equals(column) && c.fixes())
                .findFirst()
                .map(condition -> condition.values().stream().distinct().toList())
                .orElse(null);
    }

    /** The other table's columns that a relation is needed for, the one that is compared first. */
    List<String> related(Relation relation) {
        List<String> names = new ArrayList<>(List.of(relation.other()));
        for (Column column : read) {
            if (column.origin() instanceof Column.OfRelated(Relation r, Column there)
                    && r.equals(relation)
                    && !names.contains(there.name())) {
                names.add(there.name());
            }
        }
        return names;
    }
}
