package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;

/** What a statistic has, of whatever it is. */
final class StatisticColumns {
    private StatisticColumns() {}

    static Table.Builder of(Table.Builder table) {
        return table.key("id", TEXT, "UUID.")
                .column("name", TEXT, "What is measured, as memory.used.")
                .column("description", TEXT, "What that means.")
                .column("kind", TEXT, "gauge or counter.")
                .column("type", TEXT, "integer, decimal or string.")
                .column("unit", TEXT, "bytes, percent, seconds, none, …")
                .column("values", JSON, "The newest value, or several.", at("/values/value"));
    }
}
