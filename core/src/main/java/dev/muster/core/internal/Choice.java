package dev.muster.core.internal;

import dev.muster.core.FetchPlan.Way;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What is chosen where a table leaves a choice.
 *
 * @param rows where the rows come from
 * @param inline whether the list is asked to hold what else a call for each row would bring
 * @param parallel whether pages or ranges are asked for at once
 * @param size rows in a page; 0 for what the table says
 * @param joins how each relation is resolved
 * @param parts what the list shall hold for the sake of other tables, as parameter and value
 */
public record Choice(
        Rows rows,
        boolean inline,
        boolean parallel,
        int size,
        Map<String, Way> joins,
        List<Map.Entry<String, String>> parts) {

    /** Where rows come from. */
    public enum Rows {
        LIST,
        BRIEF,
        TWO_STAGE,
        LOOKUP
    }

    Choice with(Map<String, Way> otherJoins) {
        return new Choice(rows, inline, parallel, size, otherJoins, parts);
    }

    /** The choice in words, for measurements and people. */
    String way() {
        StringJoiner words = new StringJoiner(", ");
        words.add(
                switch (rows) {
                    case LIST -> "list";
                    case BRIEF -> "brief list";
                    case TWO_STAGE -> "brief list and details";
                    case LOOKUP -> "look up";
                });
        if (inline) {
            words.add("inline");
        }
        if (parallel || size > 0) {
            words.add((parallel ? "pages at once" : "pages") + (size == 0 ? "" : " of " + size));
        }
        new TreeMap<>(joins)
                .forEach((name, way) -> words.add(name + " "
                        + switch (way) {
                            case WHOLE -> "whole";
                            case BATCH -> "in batches";
                            case EACH -> "one by one";
                        }));
        parts.forEach(part -> words.add("with " + part.getValue()));
        return words.toString();
    }
}
