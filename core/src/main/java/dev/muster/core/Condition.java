package dev.muster.core;

import dev.muster.core.internal.WhereParser;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the value of a column must be for a row to be wanted. As in SQL, a value that is absent meets no condition but
 * {@code is null}.
 *
 * @param column of the table
 * @param values as texts, read as the column's type; one, several for {@code in}, none for {@code is null}
 */
public record Condition(String column, Op op, List<String> values) {

    /** How a value is compared. */
    public enum Op {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">="),
        IN("in"),
        /** With {@code %} for any characters and {@code _} for one; texts only. */
        LIKE("like"),
        NULL("is null"),
        NOT_NULL("is not null");

        private final String sign;

        Op(String sign) {
            this.sign = sign;
        }
    }

    public Condition {
        values = List.copyOf(values);
    }

    /**
     * Reads conditions: {@code status = ACTIVE and memory >= 1024 and name like 'web%' and host is not null}. The operators
     * are {@code = != < <= > >= in (a, b) like}, {@code is null} and {@code is not null}; a value is a bare word, or any
     * text between single quotes, {@code ''} standing for one of them.
     *
     * @throws MusterException.Rejected if the text cannot be understood; says where
     */
    public static List<Condition> parse(String text) {
        return WhereParser.parse(text);
    }

    /** That a column equals one of these. */
    public static Condition in(String column, List<String> values) {
        return new Condition(column, values.size() == 1 ? Op.EQUAL : Op.IN, values);
    }

    /** Whether exactly these values are wanted, so that they could be asked for. */
    public boolean fixes() {
        return op == Op.EQUAL || op == Op.IN;
    }

    /**
     * Whether a value of the column meets this.
     *
     * @throws MusterException.Rejected if the operator does not go with the column's type, or a value cannot be read as it
     */
    public Predicate<@Nullable Object> on(Column of) {
        switch (op) {
            case NULL -> {
                return value -> value == null;
            }
            case NOT_NULL -> {
                return value -> value != null;
            }
            case LIKE -> {
                if (of.type() != ColumnType.TEXT) {
                    throw wrong(of, "like goes with texts only");
                }
                Pattern pattern = like(values.getFirst());
                return value ->
                        value != null && pattern.matcher(value.toString()).matches();
            }
            default -> {}
        }
        boolean ordered = of.type() != ColumnType.BOOLEAN && of.type() != ColumnType.JSON;
        boolean equality = fixes() || op == Op.NOT_EQUAL;
        if (of.type() == ColumnType.JSON || (!ordered && !equality)) {
            throw wrong(
                    of,
                    "'" + op.sign + "' does not go with a " + of.type().name().toLowerCase(Locale.ROOT));
        }
        List<Comparable<Object>> wanted =
                values.stream().map(value -> read(of, value)).toList();
        Comparable<Object> first = wanted.getFirst();
        return switch (op) {
            case EQUAL, IN -> value -> value != null && wanted.stream().anyMatch(want -> want.compareTo(value) == 0);
            case NOT_EQUAL -> value -> value != null && first.compareTo(value) != 0;
            case LESS -> value -> value != null && first.compareTo(value) > 0;
            case AT_MOST -> value -> value != null && first.compareTo(value) >= 0;
            case MORE -> value -> value != null && first.compareTo(value) < 0;
            case AT_LEAST -> value -> value != null && first.compareTo(value) <= 0;
            case LIKE, NULL, NOT_NULL -> throw new IllegalStateException(op.sign);
        };
    }

    @SuppressWarnings("unchecked") // the column's type says what its values are
    private Comparable<Object> read(Column of, String value) {
        try {
            Comparable<?> read = switch (of.type()) {
                case TEXT, JSON -> value;
                case INTEGER -> Long.valueOf(value);
                case DECIMAL -> Double.valueOf(value);
                case BOOLEAN -> bool(value);
                case TIME -> time(value);
            };
            return (Comparable<Object>) read;
        } catch (IllegalArgumentException | DateTimeException e) {
            throw wrong(of, "'" + value + "' is no " + of.type().name().toLowerCase(Locale.ROOT));
        }
    }

    private static Boolean bool(String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(value);
        }
        return Boolean.valueOf(value);
    }

    private static Instant time(String value) {
        return value.indexOf('T') < 0
                ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(value).toInstant();
    }

    private static Pattern like(String text) {
        return Pattern.compile(
                text.codePoints()
                        .mapToObj(c -> switch (c) {
                            case '%' -> ".*";
                            case '_' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        })
                        .collect(Collectors.joining()),
                Pattern.DOTALL);
    }

    private MusterException wrong(Column of, String why) {
        return new MusterException.Rejected(null, "condition '" + this + "': column " + of.name() + ": " + why);
    }

    /** As it would be typed. */
    @Override
    public String toString() {
        return switch (op) {
            case NULL, NOT_NULL -> column + ' ' + op.sign;
            case IN ->
                column + " in " + values.stream().map(Condition::quoted).collect(Collectors.joining(", ", "(", ")"));
            default -> column + ' ' + op.sign + ' ' + quoted(values.getFirst());
        };
    }

    private static String quoted(String value) {
        return WhereParser.isBare(value) ? value : '\'' + value.replace("'", "''") + '\'';
    }
}
