package dev.muster.sim.ovirt;

import dev.muster.sim.Glob;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of the engine's query language: {@code name=web* and status=up sortby name desc page 2}. A word alone is looked for
 * in the name; letters match in either case.
 *
 * @param matches which entities
 * @param order how they are sorted
 * @param page which page, from 1
 */
record Search(Predicate<Entity> matches, Comparator<Entity> order, int page) {
    private static final Comparator<Entity> AS_IT_IS = (_, _) -> 0;

    private static final Pattern PAGE = Pattern.compile("(?:^|\\s)page\\s+(\\d+)\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern SORT =
            Pattern.compile("(?:^|\\s)sortby\\s+(\\w+)(?:\\s+(asc|desc))?\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONDITION = Pattern.compile("([\\w.]+)\\s*(!=|=)\\s*(\"[^\"]*\"|\\S+)");

    /** What the query calls by another name than the entity does. */
    private static final Map<String, String> ALIASES =
            Map.of("datacenter", "data_center", "storage", "storage_domain", "mem", "memory", "usrname", "user_name");

    private static final Set<String> REFERENCES = Set.of("cluster", "host", "data_center", "template");

    /** A query that the engine would answer with 400. */
    static final class BadQuery extends Exception {
        private static final long serialVersionUID = 1;

        BadQuery(String message) {
            super(message);
        }
    }

    /** Reads a query, given what entities it will be asked of and a tree to look references up in. */
    static Search parse(String query, ResourceTree.Members members, ResourceTree tree) throws BadQuery {
        String rest = query;
        int page = 1;
        Matcher paged = PAGE.matcher(rest);
        if (paged.find()) {
            page = Integer.parseInt(paged.group(1));
            rest = rest.substring(0, paged.start());
        }
        Comparator<Entity> order = AS_IT_IS;
        Matcher sorted = SORT.matcher(rest);
        if (sorted.find()) {
            String field = field(sorted.group(1), members);
            order = Comparator.comparing(entity -> value(entity, field, tree));
            if ("desc".equalsIgnoreCase(sorted.group(2))) {
                order = order.reversed();
            }
            rest = rest.substring(0, sorted.start());
        }
        List<Predicate<Entity>> conditions = new ArrayList<>();
        for (String part : rest.strip().split("(?i)\\s+and\\s+", -1)) {
            if (!part.isBlank()) {
                conditions.add(condition(part.strip(), members, tree));
            }
        }
        return new Search(
                entity -> conditions.stream().allMatch(condition -> condition.test(entity)), order, Math.max(1, page));
    }

    private static Predicate<Entity> condition(String text, ResourceTree.Members members, ResourceTree tree)
            throws BadQuery {
        if (text.matches("[\\w*.-]+")) {
            Glob glob = Glob.ignoringCase("*" + text + "*");
            return entity -> glob.matches(entity.text("name"));
        }
        Matcher matcher = CONDITION.matcher(text);
        if (!matcher.matches()) {
            throw new BadQuery("[The search string '" + text + "' is not valid.]");
        }
        String field = field(matcher.group(1), members);
        Glob glob = Glob.ignoringCase(matcher.group(3).replace("\"", ""));
        boolean equal = matcher.group(2).equals("=");
        return entity -> glob.matches(value(entity, field, tree)) == equal;
    }

    private static String field(String name, ResourceTree.Members members) throws BadQuery {
        String lower = name.toLowerCase(Locale.ROOT);
        String field = ALIASES.getOrDefault(lower, lower);
        boolean known = members.byId().isEmpty()
                || field.equals("id")
                || field.equals("name")
                || field.equals("status")
                || members.byId().values().stream()
                        .anyMatch(entity -> !entity.text(field).isEmpty());
        if (!known) {
            throw new BadQuery("[The search string is not valid: there is no property '" + name + "'.]");
        }
        return field;
    }

    /** A field as the query sees it: things that are pointed to go by their names. */
    private static String value(Entity entity, String field, ResourceTree tree) {
        if (field.equals("id")) {
            return entity.id();
        }
        if (REFERENCES.contains(field)) {
            for (Value.Field candidate : entity.fields()) {
                if (candidate.name().equals(field) && candidate.value() instanceof Value.Ref(String path)) {
                    Entity target = tree.entity(path);
                    return target == null ? "" : target.text("name");
                }
            }
        }
        return entity.text(field);
    }
}
