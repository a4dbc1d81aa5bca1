package dev.muster.cli;

import dev.muster.core.OnFailure;
import dev.muster.core.Planner;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what stands behind options. What is wrong is said in the words of the help, where picocli's are those of Java. */
final class Converters {
    private Converters() {}

    /** Has a command, and those below it, read by these. */
    static void register(CommandLine line) {
        line.registerConverter(Format.class, oneOf(Format.values()))
                .registerConverter(OnFailure.class, oneOf(OnFailure.values()))
                .registerConverter(Planner.Wish.class, oneOf(Planner.Wish.values()))
                .registerConverter(SimCommand.Kind.class, oneOf(SimCommand.Kind.values()))
                .registerConverter(CompletionCommand.Shell.class, oneOf(CompletionCommand.Shell.values()));
        ITypeConverter<Integer> whole = number("a whole number", Integer::valueOf);
        ITypeConverter<Long> large = number("a whole number", Long::valueOf);
        line.registerConverter(int.class, whole)
                .registerConverter(Integer.class, whole)
                .registerConverter(long.class, large)
                .registerConverter(Long.class, large)
                .registerConverter(double.class, number("a number", Double::valueOf));
    }

    /** In any case, as the values' own text has them. */
    private static <E extends Enum<E>> ITypeConverter<E> oneOf(E[] values) {
        return typed -> Arrays.stream(values)
                .filter(value -> value.toString().equalsIgnoreCase(typed))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + typed + "' is none of "
                        + Arrays.stream(values)
                                .map(value -> value.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static <N extends Number> ITypeConverter<N> number(String what, Function<String, N> reader) {
        return typed -> {
            try {
                return reader.apply(typed);
            } catch (NumberFormatException e) {
                throw new TypeConversionException("'" + typed + "' is not " + what);
            }
        };
    }
}
