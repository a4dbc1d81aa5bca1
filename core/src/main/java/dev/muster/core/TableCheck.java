package dev.muster.core;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether a declaration holds together. Every complaint names the table, and the column where there is one. */
final class TableCheck {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    private static final Pattern POINTER = Pattern.compile("(/[^/]+)+");

    private final Table table;
    private final Map<String, Column> columns = new HashMap<>();

    private TableCheck(Table table) {
        this.table = table;
    }

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if it does not hold together
     */
    static void of(Table table) {
        TableCheck check = new TableCheck(table);
        check.names();
        table.columns().forEach(check::origin);
        check.calls();
        check.paths();
        check.lists();
        check.get();
        check.filters();
        check.relations();
    }

    private void names() {
        require(NAME.matcher(table.name()).matches(), "a name is in lower case with underscores");
        require(!table.key().isEmpty(), "it has no key");
        for (Column column : table.columns()) {
            require(
                    NAME.matcher(column.name()).matches(),
                    "column '" + column.name() + "' is not in lower case with underscores");
            require(columns.put(column.name(), column) == null, "column '" + column.name() + "' is there twice");
        }
        require(table.perSecond() > 0, "a limit of requests a second is above 0");
    }

    private void origin(Column column) {
        switch (column.origin()) {
            case Column.InRow(String pointer) -> pointer(column, pointer, false);
            case Column.OfParent of -> {
                Table parent = table.parent();
                if (parent == null) {
                    throw bad("column '" + column.name() + "' is of a parent, and there is none");
                }
                parent.column(of.column());
            }
            case Column.ByCall(ApiRequest request, String pointer, Column.Inline inline) -> {
                pointer(column, pointer, true);
                if (inline != null) {
                    pointer(column, inline.pointer(), false);
                }
                for (String variable : request.variables()) {
                    require(
                            columns.containsKey(variable),
                            "column '" + column.name() + "' is got with {" + variable + "}, which is no column");
                }
            }
            case Column.OfRelated of ->
                throw bad("column '" + column.name() + "' is of a related table; declare the relation instead");
        }
    }

    private void pointer(Column column, String pointer, boolean mayBeEmpty) {
        require(
                (mayBeEmpty && pointer.isEmpty()) || POINTER.matcher(pointer).matches(),
                "column '" + column.name() + "' has no JSON pointer: '" + pointer + "'");
    }

    /** Calls may need what others bring, but not each other. */
    private void calls() {
        Set<String> got = new HashSet<>();
        Set<String> waiting = new HashSet<>();
        columns.forEach((name, column) -> (column.origin() instanceof Column.ByCall ? waiting : got).add(name));
        boolean further = true;
        while (further) {
            List<String> next = waiting.stream()
                    .filter(name -> got.containsAll(needs(name)))
                    .toList();
            next.forEach(waiting::remove);
            further = got.addAll(next);
        }
        if (!waiting.isEmpty()) {
            throw bad("columns " + String.join(", ", waiting.stream().sorted().toList())
                    + " need each other before they can be got");
        }
    }

    private Set<String> needs(String name) {
        return columns.get(name) instanceof Column(var n, var t, var d, Column.ByCall call)
                ? call.request().variables()
                : Set.of();
    }

    /** One reader passes over a row once, so no column may lie inside another. */
    private void paths() {
        for (Column one : table.columns()) {
            for (Column other : table.columns()) {
                if (!one.name().equals(other.name())
                        && one.origin() instanceof Column.InRow(String outer)
                        && other.origin() instanceof Column.InRow(String inner)
                        && (inner.equals(outer) || inner.startsWith(outer + '/'))) {
                    throw bad("column '" + other.name() + "' lies inside column '" + one.name() + "'");
                }
            }
        }
    }

    private void lists() {
        Set<String> given =
                table.parent() == null ? Set.of() : Set.of(table.key().getFirst());
        for (String variable : table.list().request().variables()) {
            require(given.contains(variable), "its list path has a variable {" + variable + "} that no parent gives");
        }
        if (table.inside() != null) {
            require(table.parent() != null, "its rows are inside those of a parent, and there is none");
            require(
                    POINTER.matcher(table.inside().pointer()).matches(),
                    "no JSON pointer to its rows: '" + table.inside().pointer() + "'");
        }
        Table.Brief brief = table.brief();
        if (brief == null) {
            return;
        }
        require(table.parent() == null, "a table that is listed for each row of another has no brief list");
        for (String held : brief.columns()) {
            require(
                    columns.get(held) instanceof Column(var n, var t, var d, Column.InRow row),
                    "column '" + held + "' of the brief list is no column of the row");
        }
        for (String key : table.key()) {
            require(brief.columns().contains(key), "the brief list lacks column '" + key + "' of the key");
        }
    }

    private void get() {
        Table.Get get = table.get();
        if (get == null) {
            return;
        }
        require(
                get.pointer().isEmpty() || POINTER.matcher(get.pointer()).matches(),
                "no JSON pointer to the row that is got: '" + get.pointer() + "'");
        require(
                Set.copyOf(table.key()).equals(get.request().variables()),
                "a row is got by its key, " + table.key() + ", not by "
                        + get.request().variables());
    }

    private void filters() {
        table.filters().forEach((name, filter) -> {
            Column column = columns.get(name);
            if (column == null) {
                throw bad("a filter is for column '" + name + "', which there is not");
            }
            require(
                    column.origin() instanceof Column.InRow,
                    "column '" + name + "' does not stand in the row, so a list cannot be filtered by it");
            if (filter instanceof ServerFilter.Term term) {
                require(term.form().contains("%s"), "the filter of column '" + name + "' has no %s for the value");
            }
        });
    }

    private void relations() {
        Set<String> names = new HashSet<>();
        for (Relation relation : table.relations()) {
            require(
                    NAME.matcher(relation.name()).matches(),
                    "relation '" + relation.name() + "' is not in lower case with underscores");
            require(names.add(relation.name()), "relation '" + relation.name() + "' is there twice");
            require(
                    columns.containsKey(relation.column()),
                    "relation '" + relation.name() + "' is by column '" + relation.column() + "', which there is not");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw bad(otherwise);
        }
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("table " + table.name() + ": " + what);
    }
}
