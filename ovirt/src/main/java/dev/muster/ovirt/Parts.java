package dev.muster.ovirt;

import dev.muster.core.Table;

/** Tables of what hangs on the rows of another table, each in a collection below it. */
final class Parts {
    private Parts() {}

    /**
     * Lists it for each row of its parent, or has it inside the parent's list.
     *
     * @param parent whose list is at the path below which its rows are
     * @param id the column that holds the parent's key
     * @param link the collection, as {@code follow} and the parent's rows have it; its path is the same words in one
     * @param row what one of it is called
     */
    static Table.Builder of(Table.Builder table, Table parent, String id, String link, String row) {
        String above = parent.list().request().path();
        return table.list(VmTables.list(above + "/{" + id + "}/" + link.replace("_", ""), row))
                .each(parent, id)
                .inside("follow", link, "/" + link + "/" + row);
    }
}
