package dev.muster.ovirt.generator;

import java.util.Map;
import java.util.Set;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/** Which Java type stands for which of the model. */
final class JavaTypes {
    static final String TYPES = "dev.muster.ovirt.types";
    static final String SERVICES = "dev.muster.ovirt.services";

    /** Whole numbers in the model that the engine sends with decimals. */
    private static final Map<String, Set<String>> DECIMALS = Map.of(
            "quota_cluster_limit", Set.of("memory_limit", "memory_usage"), "quota_storage_limit", Set.of("usage"));

    private final Model model;
    private final String types;
    private final String time;
    private final String list;

    /** @param qualified whether names are written in full, for where nested classes hide the short ones */
    JavaTypes(Model model, boolean qualified) {
        this.model = model;
        this.types = qualified ? TYPES + '.' : "";
        this.time = qualified ? "java.time.Instant" : "Instant";
        this.list = qualified ? "java.util.List" : "List";
    }

    /** The kinds that are read and written in ways of their own. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        BOOLEAN,
        TIME,
        ENUM,
        STRUCT,
        LIST
    }

    Kind kind(Type type) {
        if (type instanceof StructType) {
            return Kind.STRUCT;
        }
        if (type instanceof EnumType) {
            return Kind.ENUM;
        }
        if (type instanceof ListType) {
            return Kind.LIST;
        }
        if (type.equals(model.getStringType())) {
            return Kind.TEXT;
        }
        if (type.equals(model.getIntegerType())) {
            return Kind.INTEGER;
        }
        if (type.equals(model.getDecimalType())) {
            return Kind.DECIMAL;
        }
        if (type.equals(model.getBooleanType())) {
            return Kind.BOOLEAN;
        }
        if (type.equals(model.getDateType())) {
            return Kind.TIME;
        }
        throw new IllegalStateException("a type of no known kind: " + type);
    }

    Kind kind(StructMember member) {
        boolean decimal = DECIMALS.getOrDefault(
                        Names.snake(member.getDeclaringType().getName()), Set.of())
                .contains(Names.snake(member.getName()));
        return decimal ? Kind.DECIMAL : kind(member.getType());
    }

    /** The Java type of a record's component. */
    String component(StructMember member) {
        return kind(member) == Kind.DECIMAL ? "Double" : boxed(member.getType());
    }

    /** The Java type, in the form that may be null. */
    String boxed(Type type) {
        return switch (kind(type)) {
            case TEXT -> "String";
            case INTEGER -> "Long";
            case DECIMAL -> "Double";
            case BOOLEAN -> "Boolean";
            case TIME -> time;
            case STRUCT, ENUM -> types + Names.type(type.getName());
            case LIST -> list + '<' + boxed(((ListType) type).getElementType()) + '>';
        };
    }

    /** The Java type of a parameter, which must be given. */
    String parameter(Type type) {
        return switch (kind(type)) {
            case INTEGER -> "long";
            case DECIMAL -> "double";
            case BOOLEAN -> "boolean";
            case TEXT, TIME, ENUM, STRUCT, LIST -> boxed(type);
        };
    }

    /** An expression that reads one value from {@code in}. */
    String read(Kind kind, Type type) {
        return switch (kind) {
            case TEXT -> "in.text()";
            case INTEGER -> "in.integer()";
            case DECIMAL -> "in.decimal()";
            case BOOLEAN -> "in.bool()";
            case TIME -> "in.time()";
            case ENUM -> boxed(type) + ".of(in.text())";
            case STRUCT -> "Fields.object(in, " + boxed(type) + "::read)";
            case LIST -> "Fields.list(in, " + reader(((ListType) type).getElementType()) + ")";
        };
    }

    /** A {@code JsonReader.Element} for values of a type. */
    String reader(Type type) {
        return switch (kind(type)) {
            case TEXT -> "JsonReader::text";
            case INTEGER -> "JsonReader::integer";
            case DECIMAL -> "JsonReader::decimal";
            case BOOLEAN -> "JsonReader::bool";
            case TIME -> "JsonReader::time";
            case ENUM -> "value -> " + boxed(type) + ".of(value.text())";
            case STRUCT -> boxed(type) + "::read";
            case LIST -> throw new IllegalStateException("a list of lists");
        };
    }

    /** A function that writes one value: takes it and a generator. */
    String writer(Type type) {
        return switch (kind(type)) {
            case STRUCT -> boxed(type) + "::write";
            case ENUM -> "(value, to) -> to.writeString(value.value())";
            case TEXT -> "(value, to) -> to.writeString(value)";
            case INTEGER, BOOLEAN -> "(value, to) -> to.writeString(value.toString())";
            case DECIMAL -> "(value, to) -> to.writeNumber(value)";
            case TIME -> "(value, to) -> to.writeNumber(value.toEpochMilli())";
            case LIST -> throw new IllegalStateException("a list of lists");
        };
    }
}
