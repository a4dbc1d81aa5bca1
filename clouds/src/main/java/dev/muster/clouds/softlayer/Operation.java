package dev.muster.clouds.softlayer;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a property must be, in a {@link Filter}. Immutable. */
public final class Operation {
    static final String OPERATION = "operation";

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

    private final Map<String, Object> leaf;

    private Operation(Object operation) {
        this.leaf = Map.of(OPERATION, operation);
    }

    private Operation(String operation, Object... options) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (int i = 0; i < options.length; i += 2) {
            Map<String, Object> option = new LinkedHashMap<>();
            option.put("name", options[i]);
            option.put("value", options[i + 1]);
            list.add(option);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put(OPERATION, operation);
        whole.put("options", list);
        this.leaf = whole;
    }

    Map<String, Object> leaf() {
        return leaf;
    }

    static Operation order(boolean descending, int rank) {
        List<String> sort = List.of(descending ? "DESC" : "ASC");
        return rank == 0
                ? new Operation("orderBy", "sort", sort)
                : new Operation("orderBy", "sort", sort, "sortOrder", List.of(rank));
    }

    /** Is this number. */
    public static Operation is(long number) {
        return new Operation((Object) number);
    }

    /** Is this text, whatever its case. */
    public static Operation is(String text) {
        return new Operation((Object) ("_= " + text));
    }

    /** Is not this. */
    public static Operation not(Object value) {
        return new Operation((Object) ("!= " + value));
    }

    /** Begins so. */
    public static Operation startsWith(String text) {
        return new Operation((Object) ("^= " + text));
    }

    /** Ends so. */
    public static Operation endsWith(String text) {
        return new Operation((Object) ("$= " + text));
    }

    /** Holds this. */
    public static Operation contains(String text) {
        return new Operation((Object) ("*= " + text));
    }

    /** Does not hold this. */
    public static Operation containsNot(String text) {
        return new Operation((Object) ("!*= " + text));
    }

    /** Matches a regular expression of the service's database. */
    public static Operation matches(String regex) {
        return new Operation((Object) ("~ " + regex));
    }

    /** Is more than this. */
    public static Operation greater(long number) {
        return new Operation((Object) ("> " + number));
    }

    /** Is this or more. */
    public static Operation atLeast(long number) {
        return new Operation((Object) (">= " + number));
    }

    /** Is less than this. */
    public static Operation less(long number) {
        return new Operation((Object) ("< " + number));
    }

    /** Is this or less. */
    public static Operation atMost(long number) {
        return new Operation((Object) ("<= " + number));
    }

    /** Is one of these. */
    public static Operation in(Object... values) {
        return new Operation("in", "data", List.of(values));
    }

    /** Is none of these. */
    public static Operation notIn(Object... values) {
        return new Operation("not in", "data", List.of(values));
    }

    /** Has a value. */
    public static Operation present() {
        return new Operation((Object) "not null");
    }

    /** Has none. */
    public static Operation absent() {
        return new Operation((Object) "is null");
    }

    /** Is on this day. */
    public static Operation on(LocalDate day) {
        return new Operation("isDate", "date", List.of(DATE.format(day.atStartOfDay())));
    }

    /** Is before this moment, in the service's own time. */
    public static Operation before(LocalDateTime moment) {
        return new Operation("lessThanDate", "date", List.of(DATE.format(moment)));
    }

    /** Is after this moment, in the service's own time. */
    public static Operation after(LocalDateTime moment) {
        return new Operation("greaterThanDate", "date", List.of(DATE.format(moment)));
    }

    /** Is between these moments, in the service's own time. */
    public static Operation between(LocalDateTime start, LocalDateTime end) {
        return new Operation(
                "betweenDate", "startDate", List.of(DATE.format(start)), "endDate", List.of(DATE.format(end)));
    }

    /** Is within so many days before now. */
    public static Operation withinDays(int days) {
        return new Operation((Object) ("> sysdate - " + days));
    }

    /**
     * An operation as slcli's {@code --filter} takes it: {@code dal05}, {@code web*}, {@code *.com}, {@code *prod*}, {@code >
     * 4}, {@code !~ test}, or a number.
     */
    public static Operation parse(String text) {
        String value = text.strip();
        if (value.matches("-?\\d{1,18}")) {
            return is(Long.parseLong(value));
        }
        if (value.equalsIgnoreCase("not null") || value.equalsIgnoreCase("is null")) {
            return new Operation((Object) value.toLowerCase(Locale.ROOT));
        }
        String operator = FilterReader.operator(value);
        if (!operator.isEmpty()) {
            return new Operation((Object)
                    (operator + ' ' + value.substring(operator.length()).strip()));
        }
        String bare = value.replaceAll("^\\*+|\\*+$", "");
        boolean before = value.startsWith("*");
        boolean after = value.endsWith("*") && value.length() > 1;
        return before && after ? contains(bare) : before ? endsWith(bare) : after ? startsWith(bare) : is(value);
    }

    @Override
    public String toString() {
        return leaf.toString();
    }
}
