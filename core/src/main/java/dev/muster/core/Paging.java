package dev.muster.core;

/** How a list operation hands out its rows. */
public sealed interface Paging {

    /** Everything in one answer. */
    static Paging single() {
        return new Single();
    }

    /** Everything in one answer. */
    record Single() implements Paging {}

    /**
     * By offset, with a total in every answer: pages can be asked for at once. Pages overlap by a row, so that whatever comes
     * or goes meanwhile is noticed, and read again. The list must have an order of its own, or be asked for in one.
     *
     * @param offset the parameter that says how many rows to pass over
     * @param limit the parameter that says how many rows to answer; where it is the same, that one holds both, as SoftLayer's
     *     {@code resultLimit=200,100}
     * @param size rows asked for in a page
     * @param total where the answer says how many rows there are: a top-level field, or a header after {@code header:}
     */
    record Offset(String offset, String limit, int size, String total) implements Paging {
        public Offset {
            positive(size);
        }
    }

    /**
     * By page number from 1, ending with a page that is not full. Rows that are removed while it is read shift others from a
     * page not read yet to one that was: nothing here can tell.
     *
     * @param page the parameter that holds the number
     * @param before what it holds before the number, as oVirt's {@code "page "}; empty for nothing
     * @param limit the parameter that says how many rows make a page
     * @param size rows asked for in a page
     */
    record PageNumber(String page, String before, String limit, int size) implements Paging {
        public PageNumber {
            positive(size);
        }
    }

    /**
     * By the key of the last row seen, ending with an empty page: a server may answer fewer rows than asked for.
     *
     * @param marker the parameter that holds the key
     * @param limit the parameter that says how many rows to answer
     * @param size rows asked for in a page
     */
    record Marker(String marker, String limit, int size) implements Paging {
        public Marker {
            positive(size);
        }
    }

    /**
     * By a link to the next page, ending where there is none. Only the link's query is used, never its host or path: clouds
     * behind proxies hand out links that lead nowhere, and a link is no reason to send a token elsewhere.
     *
     * @param link the top-level field with the link: a string, an object with {@code next}, or a list of
     *     {@code {"rel": "next", "href": …}}
     * @param limit the parameter that says how many rows to answer
     * @param size rows asked for in a page
     */
    record NextLink(String link, String limit, int size) implements Paging {
        public NextLink {
            positive(size);
        }
    }

    /**
     * By the key of the last row seen, rows coming in the order of their keys (by code point, numbers by size), as object
     * stores list: ranges of keys can then be walked at once. Ends with an empty page.
     *
     * @param after the parameter that holds the key
     * @param limit the parameter that says how many rows to answer
     * @param size rows asked for in a page
     */
    record KeyRange(String after, String limit, int size) implements Paging {
        public KeyRange {
            positive(size);
        }
    }

    private static void positive(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a page size must be 1 or more: " + size);
        }
    }
}
