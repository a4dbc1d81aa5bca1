package dev.muster.sim.ovirt;

import dev.muster.sim.Glob;
import dev.muster.sim.ovirt.ResourceTree.Members;
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
 * A part of the engine's query language: {@code Vms: name=web* and status=up or memory>4 sortby name desc page 2}.
 * <ul>
 *   <li>A condition is a property, one of {@code = != < > <= >=}, and a value, in quotes if it has blanks; {@code *} in it
 *       stands for any characters. Properties are the attributes of the entity, what it points to by name, and {@code tag}.
 *   <li>A word alone is looked for in the name.
 *   <li>Conditions are joined by {@code and}, which binds closer, and {@code or}. There are no parentheses.
 *   <li>What it begins with, such as {@code Vms:}, is passed over.
 * </ul>
 *
 * @param matches which entities
 * @param order how they are sorted
 * @param page which page, from 1
 */
record Search(Predicate<Entity> matches, Comparator<Entity> order, int page) {
    private static final Comparator<Entity> AS_IT_IS = (_, _) -> 0;

    private static final Pattern PREFIX = Pattern.compile("^\\s*\\w+\\s*:");

    private static final Pattern PAGE = Pattern.compile("(?:^|\\s)page\\s+(\\d{1,9})\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern SORT =
            Pattern.compile("(?:^|\\s)sortby\\s+(\\w+)(?:\\s+(asc|desc))?\\s*$", Pattern.CASE_INSENSITIVE);

    private static final Pattern CONDITION = Pattern.compile("([\\w.]+)\\s*(!=|<=|>=|=|<|>)\\s*(\"[^\"]*\"|\\S+)");

    /** What the query calls by another name than the entity does. */
    private static final Map<String, String> ALIASES = Map.of(
            "datacenter", "data_center",
            "storage", "storage_domains",
            "mem", "memory",
            "usrname", "user_name",
            "tag", "tags",
            "creationdate", "creation_time");

    /** The states of a machine in the words of the query, which has no underscores and knows of two kinds of migrating. */
    private static final Set<String> STATES = Set.of(
            "unassigned",
            "down",
            "up",
            "poweringup",
            "paused",
            "migratingfrom",
            "migratingto",
            "unknown",
            "notresponding",
            "waitforlaunch",
            "rebootinprogress",
            "savingstate",
            "restoringstate",
            "suspended",
            "imageillegal",
            "imagelocked",
            "poweringdown");

    /** A query that the engine would answer with 400. */
    static final class BadQuery extends Exception {
        private static final long serialVersionUID = 1;

        BadQuery(String message) {
            super(message);
        }
    }

    /** Reads what is common to all parts of a query. */
    private record Reader(boolean sensitive, Model.Type type, ResourceTree tree) {
        private Glob glob(String pattern) {
            return sensitive ? Glob.whole(pattern) : Glob.ignoringCase(pattern);
        }

        Predicate<Entity> condition(String text) throws BadQuery {
            if (text.matches("[\\w*.-]+")) {
                Glob glob = glob("*" + text + "*");
                return entity -> glob.matches(entity.text("name"));
            }
            Matcher matcher = CONDITION.matcher(text);
            if (!matcher.matches()) {
                throw new BadQuery("[The search string '" + text + "' is not valid.]");
            }
            String field = field(matcher.group(1));
            String value = matcher.group(3).replace("\"", "");
            if (state(field) && !STATES.contains(value.toLowerCase(Locale.ROOT))) {
                throw new BadQuery("[The search string is not valid: there is no status '" + value + "'.]");
            }
            Glob glob = glob(value);
            return switch (matcher.group(2)) {
                case "=" -> entity -> values(entity, field).stream().anyMatch(glob::matches);
                case "!=" -> entity -> values(entity, field).stream().noneMatch(glob::matches);
                case "<" -> entity -> compare(entity.text(field), value) < 0;
                case ">" -> entity -> compare(entity.text(field), value) > 0;
                case "<=" -> entity -> compare(entity.text(field), value) <= 0;
                default -> entity -> compare(entity.text(field), value) >= 0;
            };
        }

        String field(String name) throws BadQuery {
            String lower = name.toLowerCase(Locale.ROOT);
            String field = ALIASES.getOrDefault(lower, lower);
            if (!type.members().containsKey(field)) {
                throw new BadQuery("[The search string is not valid: there is no property '" + name + "'.]");
            }
            return field;
        }

        private boolean state(String field) {
            return field.equals("status") && type.tag().equals("vm");
        }

        /** A field as the query sees it: things that are pointed to go by their names, tags by all of theirs. */
        List<String> values(Entity entity, String field) {
            if (field.equals("id")) {
                return List.of(entity.id());
            }
            if (field.equals("tags")) {
                Members tags = tree.collection(entity.path() + "/tags");
                return tags == null
                        ? List.of()
                        : tags.list().stream().map(tag -> tag.text("name")).toList();
            }
            return switch (entity.value(field)) {
                case Value.Ref ref -> List.of(name(ref));
                case Value.Many many ->
                    many.values().stream()
                            .map(each -> each instanceof Value.Ref ref ? name(ref) : "")
                            .toList();
                case null, default -> List.of(state(field) ? state(entity) : entity.text(field));
            };
        }

        private static String state(Entity vm) {
            String state = vm.text("status").replace("_", "");
            return state.equals("migrating") ? "migratingfrom" : state;
        }

        private String name(Value.Ref ref) {
            Entity target = tree.entity(ref.path());
            return target == null ? "" : target.text("name");
        }

        String first(Entity entity, String field) {
            List<String> values = values(entity, field);
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    /** Reads a query about entities of a kind. */
    static Search parse(String query, boolean sensitive, String tag, ResourceTree tree) throws BadQuery {
        Model.Type type = Model.official().type(tag);
        if (type == null || query.isBlank()) {
            return new Search(entity -> true, AS_IT_IS, 1);
        }
        Reader reader = new Reader(sensitive, type, tree);
        String rest = PREFIX.matcher(query).replaceFirst("");
        int page = 1;
        Matcher paged = PAGE.matcher(rest);
        if (paged.find()) {
            page = Integer.parseInt(paged.group(1));
            rest = rest.substring(0, paged.start());
        }
        Comparator<Entity> order = AS_IT_IS;
        Matcher sorted = SORT.matcher(rest);
        if (sorted.find()) {
            String field = reader.field(sorted.group(1));
            order = (left, right) -> compare(reader.first(left, field), reader.first(right, field));
            order = "desc".equalsIgnoreCase(sorted.group(2)) ? order.reversed() : order;
            rest = rest.substring(0, sorted.start());
        }
        return new Search(any(rest, reader), order, Math.max(1, page));
    }

    private static Predicate<Entity> any(String text, Reader reader) throws BadQuery {
        List<Predicate<Entity>> choices = new ArrayList<>();
        for (String choice : text.strip().split("(?i)\\s+or\\s+", -1)) {
            Predicate<Entity> all = entity -> true;
            for (String part : choice.strip().split("(?i)\\s+and\\s+", -1)) {
                all = part.isBlank() ? all : all.and(reader.condition(part.strip()));
            }
            choices.add(all);
        }
        return entity -> choices.stream().anyMatch(choice -> choice.test(entity));
    }

    /** Numbers as numbers, all else as text. */
    private static int compare(String left, String right) {
        try {
            return Double.compare(Double.parseDouble(left), Double.parseDouble(right));
        } catch (NumberFormatException e) {
            return left.compareTo(right);
        }
    }
}
