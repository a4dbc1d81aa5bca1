package dev.muster.clouds.softlayer;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.Condition;
import dev.muster.core.ListRequest;
import dev.muster.core.Narrowing;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the service which properties rows show and which rows come. The order of pages is asked for as well, unless rows of
 * certain ids are: the service takes one operation for a property, and these fit on a page.
 *
 * @param shown the part of the mask that each column needs
 * @param filter what rows must meet anyway
 * @param order the property that tells the order of rows, as filters name it
 * @param filtered what filters call the columns that the service filters by; conditions on others are checked here alone
 */
record MaskAndFilter(
        Map<String, String> shown,
        Filter filter,
        String order,
        Map<String, String> filtered,
        Map<String, ColumnType> types)
        implements Narrowing {
    /** More would make the address too long for what is between, and not fit on a page. */
    private static final int VALUES = 50;

    @Override
    public boolean takes(Condition condition, List<Condition> taken) {
        String property = filtered.get(condition.column());
        boolean free = property != null
                && taken.stream().noneMatch(other -> property.equals(filtered.get(other.column())))
                && (!property.equals(order) || condition.fixes());
        return free && operation(condition) != null;
    }

    /** What the service is told; null where it has no word for it that is sure to pass all rows that meet the condition. */
    private @Nullable Operation operation(Condition condition) {
        List<String> values = condition.values();
        boolean number = types.get(condition.column()) == ColumnType.INTEGER;
        if (number && !values.stream().allMatch(value -> value.matches("-?\\d{1,18}"))) {
            return null;
        }
        if (!number && (types.get(condition.column()) != ColumnType.TEXT || values.contains(""))) {
            return null;
        }
        return switch (condition.op()) {
            case EQUAL -> number ? Operation.is(Long.parseLong(values.getFirst())) : Operation.is(values.getFirst());
            case IN ->
                values.size() > VALUES
                        ? null
                        : number
                                ? Operation.in(
                                        values.stream().map(Long::valueOf).toArray())
                                : Operation.in(values.toArray());
            case LESS -> number ? Operation.less(Long.parseLong(values.getFirst())) : null;
            case AT_MOST -> number ? Operation.atMost(Long.parseLong(values.getFirst())) : null;
            case MORE -> number ? Operation.greater(Long.parseLong(values.getFirst())) : null;
            case AT_LEAST -> number ? Operation.atLeast(Long.parseLong(values.getFirst())) : null;
            case LIKE -> like(values.getFirst());
            case NOT_NULL -> Operation.present();
            // Rows without the related object, or with an empty text, may not count as null there.
            case NULL, NOT_EQUAL -> null;
        };
    }

    private static @Nullable Operation like(String pattern) {
        boolean before = pattern.startsWith("%");
        boolean after = pattern.endsWith("%") && pattern.length() > 1;
        String text = pattern.substring(before ? 1 : 0, pattern.length() - (after ? 1 : 0));
        if (text.isEmpty() || text.indexOf('%') >= 0 || text.indexOf('_') >= 0 || !(before || after)) {
            return null;
        }
        return before && after
                ? Operation.contains(text)
                : before ? Operation.endsWith(text) : Operation.startsWith(text);
    }

    @Override
    public ListRequest narrowed(ListRequest list, List<Column> columns, List<Condition> taken) {
        SequencedSet<String> mask = new LinkedHashSet<>(List.of(order.substring(order.indexOf('.') + 1)));
        for (Column column : columns) {
            mask.add(Objects.requireNonNull(shown.get(column.name()), column.name()));
        }
        Filter all = filter;
        for (Condition condition : taken) {
            Operation operation = operation(condition);
            String property = filtered.get(condition.column());
            all = operation == null || property == null ? all : all.and(property, operation);
        }
        all = all.has(order) ? all : all.orderBy(order);
        return list.query("objectMask", Mask.parse(String.join(",", mask))).query("objectFilter", all);
    }
}
