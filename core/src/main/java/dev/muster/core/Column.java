package dev.muster.core;

import org.jspecify.annotations.Nullable;

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
     * @param request with columns of the row as path variables, also such as come by another call
     * @param pointer a JSON pointer below the answer; empty for the whole of it
     * @param inline how the list can be made to hold it instead; null where it cannot
     */
    public record ByCall(
            ApiRequest request, String pointer, @Nullable Inline inline) implements Origin {

        /**
         * The same, where the list also can be asked to hold it: by a parameter, whose values are joined by commas, as oVirt's
         * {@code follow=nics}.
         *
         * @param at a JSON pointer below the row, where it then stands
         */
        public ByCall orInline(String parameter, String value, String at) {
            return new ByCall(request, pointer, new Inline(parameter, value, at));
        }
    }

    /**
     * A part that a list holds where a parameter asks for it.
     *
     * @param parameter the parameter; values of several parts are joined by commas
     * @param value what asks for this part
     * @param pointer a JSON pointer below the row
     */
    public record Inline(String parameter, String value, String pointer) {}

    /**
     * A column of related rows: made by the planner for {@code relation.column}.
     *
     * @param column there
     */
    public record OfRelated(Relation relation, Column column) implements Origin {}

    /** The field {@code path} of the listed row, its steps separated by slashes. */
    public static Origin at(String pointer) {
        return new InRow(pointer);
    }

    /** What a further call answers for each row. */
    public static ByCall byCall(ApiRequest request, String pointer) {
        return new ByCall(request, pointer, null);
    }
}
