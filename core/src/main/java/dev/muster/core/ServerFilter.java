package dev.muster.core;

import java.util.List;
import java.util.Set;

/**
 * How a server takes the condition that a column equals a value. It must answer at least the rows for which that is so;
 * every row is looked at again here, so that a server may compare loosely, or take no notice.
 */
public sealed interface ServerFilter {

    /**
     * A query parameter with the value.
     *
     * @param most how many values may be asked for at once, by repeating the parameter; 1 = no more than one
     */
    record Parameter(String parameter, int most) implements ServerFilter {
        public Parameter {
            if (most < 1) {
                throw new IllegalArgumentException("at least one value must fit: " + most);
            }
        }

        /** The same, so many values at once. */
        public Parameter upTo(int values) {
            return new Parameter(parameter, values);
        }
    }

    /**
     * A term of a search expression, terms being joined by {@code and}, as oVirt's {@code search=name=web and status=up}.
     *
     * @param parameter holds the expression
     * @param form the term, with {@code %s} for the value
     * @param only the values that may stand there, where the expression has other words for the others; empty: all may
     */
    record Term(String parameter, String form, Set<String> only) implements ServerFilter {
        public Term {
            only = Set.copyOf(only);
        }

        /** The same for these values only. */
        public Term only(String... values) {
            return new Term(parameter, form, Set.of(values));
        }
    }

    /** A query parameter with one value. */
    static Parameter parameter(String name) {
        return new Parameter(name, 1);
    }

    /** A term of a search expression. */
    static Term term(String parameter, String form) {
        return new Term(parameter, form, Set.of());
    }

    /** Whether all of these values can be asked for at once. */
    default boolean takes(List<String> values) {
        return values.size() <= room()
                && switch (this) {
                    case Parameter parameter -> true;
                    case Term term -> term.only.isEmpty() || term.only.containsAll(values);
                };
    }

    /** How many values may be asked for at once. */
    default int room() {
        return switch (this) {
            case Parameter(String name, int most) -> most;
            case Term term -> 1;
        };
    }
}
