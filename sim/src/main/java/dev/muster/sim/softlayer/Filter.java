package dev.muster.sim.softlayer;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An object filter: properties from the listed type down to leaves with an operation and its options. What it does not
 * understand it passes over, as the service does.
 *
 * @param root property names, each with more of them or with a leaf
 * @param now what sysdate and currentDate mean
 */
record Filter(Map<?, ?> root, Instant now) {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M/d/yyyy H:m:s", Locale.ROOT);
    private static final Pattern LITERAL =
            Pattern.compile("(?s)(!=|<=|>=|<|>|!\\^=|\\^=|!\\$=|\\$=|!\\*=|\\*=|_=|!~|~)\\s*(.*)");
    private static final Pattern DAYS = Pattern.compile("(?i)(sysdate|currentDate)\\s*(?:([-+])\\s*(\\d+))?");

    private record Order(List<String> path, boolean descending, int rank) {}

    /** Whether it asks for an order. */
    boolean ordered() {
        return !orders().isEmpty();
    }

    /** The things that pass, in the order asked for. */
    List<Thing> apply(List<Thing> things) {
        Stream<Thing> passed = things.stream().filter(thing -> matches(thing, root));
        Comparator<Thing> order = null;
        for (Order next : orders()) {
            Comparator<Thing> by = Comparator.comparing(thing -> first(thing, next.path), Filter::compare);
            by = next.descending ? by.reversed() : by;
            order = order == null ? by : order.thenComparing(by);
        }
        return (order == null ? passed : passed.sorted(order)).toList();
    }

    private static boolean isLeaf(Map<?, ?> node) {
        return node.containsKey("operation") && !(node.get("operation") instanceof Map<?, ?>);
    }

    private List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        orders(root, List.of(), orders);
        orders.sort(Comparator.comparingInt(Order::rank));
        return orders;
    }

    private static void orders(Map<?, ?> node, List<String> path, List<Order> found) {
        if (isLeaf(node)) {
            if ("orderBy".equals(node.get("operation"))) {
                String sort = option(node, "sort");
                String rank = option(node, "sortOrder");
                found.add(new Order(
                        path,
                        "DESC".equalsIgnoreCase(sort),
                        rank != null && rank.matches("\\d+") ? Integer.parseInt(rank) : found.size()));
            }
            return;
        }
        node.forEach((name, below) -> {
            if (below instanceof Map<?, ?> map) {
                List<String> longer = new ArrayList<>(path);
                longer.add(String.valueOf(name));
                orders(map, longer, found);
            }
        });
    }

    private static @Nullable String option(Map<?, ?> leaf, String name) {
        List<?> values = options(leaf, name);
        return values.isEmpty() ? null : String.valueOf(values.getFirst());
    }

    private static List<?> options(Map<?, ?> leaf, String name) {
        if (leaf.get("options") instanceof List<?> options) {
            for (Object option : options) {
                if (option instanceof Map<?, ?> map && name.equals(map.get("name"))) {
                    return map.get("value") instanceof List<?> values
                            ? values
                            : map.get("value") == null ? List.of() : List.of(map.get("value"));
                }
            }
        }
        return List.of();
    }

    private boolean matches(@Nullable Object value, Map<?, ?> node) {
        if (value instanceof List<?> list && !isNullTest(node)) {
            return list.stream().anyMatch(one -> matches(one, node));
        }
        if (isLeaf(node)) {
            return leaf(value, node);
        }
        for (Map.Entry<?, ?> entry : node.entrySet()) {
            if (entry.getValue() instanceof Map<?, ?> below) {
                Object property = value instanceof Thing thing ? thing.value(String.valueOf(entry.getKey())) : null;
                if (!matches(property, below)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isNullTest(Map<?, ?> node) {
        return node.get("operation") instanceof String text && text.endsWith("null");
    }

    private boolean leaf(@Nullable Object value, Map<?, ?> leaf) {
        String operation = String.valueOf(leaf.get("operation"));
        return switch (operation) {
            case "orderBy" -> true;
            case "is null" -> value == null || (value instanceof List<?> list && list.isEmpty());
            case "not null" -> value != null && !(value instanceof List<?> list && list.isEmpty());
            case "in" -> options(leaf, "data").isEmpty() || among(value, options(leaf, "data"));
            case "not in" -> options(leaf, "data").isEmpty() || !among(value, options(leaf, "data"));
            case "or" ->
                options(leaf, "data").isEmpty()
                        || options(leaf, "data").stream().anyMatch(one -> literal(value, String.valueOf(one)));
            case "and" -> options(leaf, "data").stream().allMatch(one -> literal(value, String.valueOf(one)));
            case "isDate" ->
                dated(
                        value,
                        leaf,
                        "date",
                        (one, other) -> one.truncatedTo(ChronoUnit.DAYS).equals(other.truncatedTo(ChronoUnit.DAYS)));
            case "lessThanDate" -> dated(value, leaf, "date", Instant::isBefore);
            case "greaterThanDate" -> dated(value, leaf, "date", Instant::isAfter);
            case "betweenDate" ->
                dated(value, leaf, "startDate", (one, start) -> !one.isBefore(start))
                        && dated(value, leaf, "endDate", (one, end) -> !one.isAfter(end));
            default -> literal(value, operation);
        };
    }

    private interface DateTest {
        boolean holds(Instant value, Instant bound);
    }

    private boolean dated(@Nullable Object value, Map<?, ?> leaf, String option, DateTest test) {
        String told = option(leaf, option);
        Instant bound = told == null ? null : date(told);
        Instant found = value == null ? null : date(value.toString());
        return bound == null || (found != null && test.holds(found, bound));
    }

    private static boolean among(@Nullable Object value, List<?> values) {
        return value != null && values.stream().anyMatch(one -> compare(value, one) == 0);
    }

    private boolean literal(@Nullable Object value, String operation) {
        Matcher literal = LITERAL.matcher(operation);
        if (!literal.matches()) {
            return value != null && compare(value, operation) == 0;
        }
        String operand = literal.group(2).strip();
        String text = value == null ? "" : value.toString().toLowerCase(Locale.ROOT);
        String wanted = operand.toLowerCase(Locale.ROOT);
        return switch (literal.group(1)) {
            case "!=" -> value == null || compare(value, operand) != 0;
            case "_=" -> value != null && compare(value, operand) == 0;
            case "<" -> value != null && compare(value, moment(operand)) < 0;
            case "<=" -> value != null && compare(value, moment(operand)) <= 0;
            case ">" -> value != null && compare(value, moment(operand)) > 0;
            case ">=" -> value != null && compare(value, moment(operand)) >= 0;
            case "^=" -> text.startsWith(wanted);
            case "!^=" -> !text.startsWith(wanted);
            case "$=" -> text.endsWith(wanted);
            case "!$=" -> !text.endsWith(wanted);
            case "*=" -> text.contains(wanted);
            case "!*=" -> !text.contains(wanted);
            case "~" -> found(operand, text);
            default -> !found(operand, text);
        };
    }

    private static boolean found(String regex, String text) {
        try {
            return Pattern.compile(regex, Pattern.CASE_INSENSITIVE)
                    .matcher(text)
                    .find();
        } catch (PatternSyntaxException e) {
            return true;
        }
    }

    /** {@code sysdate - 30} as the moment it means; anything else as it is. */
    private Object moment(String operand) {
        Matcher days = DAYS.matcher(operand);
        if (!days.matches()) {
            return operand;
        }
        long count = days.group(3) == null ? 0 : Long.parseLong(days.group(3));
        return now.plus("-".equals(days.group(2)) ? -count : count, ChronoUnit.DAYS)
                .toString();
    }

    private static @Nullable Instant date(String text) {
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text.contains(":") ? text : text + " 00:00:00", DATE)
                            .toInstant(ZoneOffset.UTC);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** As the database compares: numbers as numbers, dates as dates, texts without regard to case; null is least. */
    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null ? other == null ? 0 : -1 : 1;
        }
        if (one instanceof Number left && other instanceof Number right) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        String left = flag(one);
        String right = flag(other);
        if (left.matches("-?\\d+(\\.\\d+)?") && right.matches("-?\\d+(\\.\\d+)?")) {
            return Double.compare(Double.parseDouble(left), Double.parseDouble(right));
        }
        Instant early = left.contains("T") ? date(left) : null;
        Instant late = early == null ? null : date(right);
        return early == null || late == null ? left.compareToIgnoreCase(right) : early.compareTo(late);
    }

    private static String flag(Object value) {
        String text = value.toString();
        return text.equalsIgnoreCase("true") ? "1" : text.equalsIgnoreCase("false") ? "0" : text;
    }

    private static @Nullable Object first(Thing thing, List<String> path) {
        Object at = thing;
        for (String step : path) {
            at = at instanceof List<?> list && !list.isEmpty() ? list.getFirst() : at;
            at = at instanceof Thing one ? one.value(step) : null;
        }
        return at;
    }
}
