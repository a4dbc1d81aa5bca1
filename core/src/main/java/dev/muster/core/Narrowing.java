package dev.muster.core;

import java.util.List;

/**
 * How a list is told what is wanted of it, by a cloud whose API has a language for that: which columns its rows shall show, and
 * which rows shall come, as SoftLayer's object masks and object filters. For conditions on single columns that are parameters of
 * their own, {@link ServerFilter} is enough. Pure and thread-safe.
 */
public interface Narrowing {
    /**
     * Whether the server takes a condition. It must then answer at least the rows that meet it; every row is looked at again here.
     *
     * @param taken those that it is told already
     */
    boolean takes(Condition condition, List<Condition> taken);

    /**
     * The list told what is wanted.
     *
     * @param columns those that are to stand in its rows; columns of a parent and of further calls are not among them
     * @param taken conditions that rows must meet, all of them such as it {@linkplain #takes takes}
     */
    ListRequest narrowed(ListRequest list, List<Column> columns, List<Condition> taken);
}
