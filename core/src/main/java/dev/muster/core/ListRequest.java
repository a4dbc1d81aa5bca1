package dev.muster.core;

import java.util.Map;

/**
 * A list operation, as facts: what is asked, where the rows are in the answer, how they are paged.
 *
 * @param request the first page's request, without paging parameters; may hold path variables
 * @param rows the top-level field that holds the rows; empty where the answer is the list itself
 * @param absentIsEmpty whether an answer without that field means no rows, as oVirt's {@code {}}; elsewhere such an answer
 *     is refused, as an error must never look like an empty list
 * @param paging how the rows are handed out
 */
public record ListRequest(ApiRequest request, String rows, boolean absentIsEmpty, Paging paging) {

    /** A list that is read with one GET, its answer being the list itself; go on with {@link #rows} and {@link #paging}. */
    public static ListRequest get(String service, String path) {
        return new ListRequest(
                ApiRequest.get(service, path).header("Accept", "application/json"), "", false, Paging.single());
    }

    /** The same, its rows in a field of the answer that must be there. */
    public ListRequest rows(String field) {
        return new ListRequest(request, field, false, paging);
    }

    /** The same, its rows in a field of the answer that is left out where there are none. */
    public ListRequest rowsOrNone(String field) {
        return new ListRequest(request, field, true, paging);
    }

    /** The same with another way of paging. */
    public ListRequest paging(Paging way) {
        return new ListRequest(request, rows, absentIsEmpty, way);
    }

    /** The same with a query parameter. */
    public ListRequest query(String name, Object value) {
        return new ListRequest(request.query(name, value), rows, absentIsEmpty, paging);
    }

    /** The same with the variables of its path replaced. */
    public ListRequest expand(Map<String, String> variables) {
        return new ListRequest(request.expand(variables), rows, absentIsEmpty, paging);
    }

    @Override
    public String toString() {
        return request.toString();
    }
}
