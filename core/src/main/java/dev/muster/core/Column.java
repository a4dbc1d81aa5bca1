package dev.muster.core;

/**
 * A column of a table.
 *
 * @param name unique in its table, in lower case with underscores
 * @param type what it holds; any value may also be absent
 * @param description one sentence for people
 * @param origin where its value comes from
 */
public record Column(String name, ColumnType type, String description, Origin origin) {

    /** Where a column's value comes from. */
    public sealed interface Origin {}

    /**
     * The listed row itself.
     *
     * @param pointer a JSON pointer (RFC 6901) below the row, as {@code /flavor/id}; objects only
     */
    public record InRow(String pointer) implements Origin {}

    /**
     * The parent's row that this row was asked for.
     *
     * @param column of the parent
     */
    public record OfParent(String column) implements Origin {}

    /**
     * A further call for each row; selecting no such column costs no such call.
     *
     * @param request with columns of the row as path variables
     * @param pointer a JSON pointer below the answer; empty for the whole of it
     */
    public record ByCall(ApiRequest request, String pointer) implements Origin {}

    /** The field {@code path} of the listed row, its steps separated by slashes. */
    public static Origin at(String pointer) {
        return new InRow(pointer);
    }

    /** What a further call answers for each row. */
    public static Origin byCall(ApiRequest request, String pointer) {
        return new ByCall(request, pointer);
    }
}
