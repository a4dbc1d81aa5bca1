package dev.muster.core;

/**
 * What rows of another table belong to a row: its columns can be asked for as {@code name.column}.
 *
 * @param name as columns name it, in lower case with underscores
 * @param column of this table
 * @param table the other table's name, of the same cloud
 * @param other the column there that has the same value
 * @param many whether there may be several such rows: a column of theirs is then a JSON array
 */
public record Relation(String name, String column, String table, String other, boolean many) {
    @Override
    public String toString() {
        return name + " (" + table + '.' + other + " = " + column + ')';
    }
}
