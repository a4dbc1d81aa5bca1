package dev.muster.core;

/**
 * How a server is asked to sort its list by a column: by two parameters, which are repeated for several columns.
 *
 * @param parameter holds the name of what it sorts by
 * @param name of the column, as the server has it
 * @param direction the parameter that holds {@code asc} or {@code desc}
 */
public record ServerOrder(String parameter, String name, String direction) {}
