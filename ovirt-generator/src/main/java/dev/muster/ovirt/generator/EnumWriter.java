package dev.muster.ovirt.generator;

import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.EnumValue;

/** Writes the enums, each with a constant for values that a newer engine may send. */
final class EnumWriter {
    private EnumWriter() {}

    static Source write(EnumType type) {
        String name = Names.type(type.getName());
        Source out = new Source(JavaTypes.TYPES, "org.jspecify.annotations.Nullable");
        out.doc(Docs.of(type, "`" + Names.snake(type.getName()) + "` of the oVirt API."));
        if (Docs.deprecated(type)) {
            out.line("@Deprecated");
        }
        out.line("@SuppressWarnings(\"deprecation\")");
        out.line("public enum " + name + " {");
        for (EnumValue value : type.getValues()) {
            String word = Names.snake(value.getName());
            out.doc(Docs.of(value, '`' + word + "`."));
            if (Docs.deprecated(value)) {
                out.line("@Deprecated");
            }
            out.line(Names.constant(value.getName()) + "(\"" + word + "\"),");
        }
        out.doc("A value that this version does not know. It stands in `unknown()` of the record that it came with.");
        out.line("UNRECOGNIZED(\"unrecognized\");");
        out.line("");
        out.line("private final String value;");
        out.line("");
        out.line(name + "(String value) {").line("this.value = value;").line("}");
        out.line("");
        out.doc("The value as the engine writes it.");
        out.line("public String value() {").line("return value;").line("}");
        out.line("");
        out.doc("The constant for what the engine wrote; null for null.");
        out.line("public static @Nullable " + name + " of(@Nullable String value) {");
        out.line("return switch (value) {");
        out.line("case null -> null;");
        for (EnumValue value : type.getValues()) {
            out.line("case \"" + Names.snake(value.getName()) + "\" -> " + Names.constant(value.getName()) + ";");
        }
        out.line("default -> UNRECOGNIZED;");
        out.line("};");
        return out.line("}").line("}");
    }
}
