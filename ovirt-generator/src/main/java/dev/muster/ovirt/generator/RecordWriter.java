package dev.muster.ovirt.generator;

import dev.muster.ovirt.generator.JavaTypes.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ovirt.api.metamodel.concepts.Attribute;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Name;
import org.ovirt.api.metamodel.concepts.NameParser;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;

/** Writes the records: components, reader, writer, builder. What a type inherits stands in its own record. */
final class RecordWriter {
    private static final Name IDENTIFIED = NameParser.parseUsingCase("Identified");

    private final Model model;
    private final JavaTypes types;

    RecordWriter(Model model) {
        this.model = model;
        this.types = new JavaTypes(model, false);
    }

    Source write(StructType type) {
        return type.getName().equals(IDENTIFIED) ? identified(type) : record(type);
    }

    /** The one base that others are known by: what has an identifier, a name and an address. */
    private Source identified(StructType type) {
        Source out = new Source(JavaTypes.TYPES, "org.jspecify.annotations.Nullable");
        out.doc(Docs.of(type, "What has an identifier and an address."));
        out.line("public interface Identified {");
        for (StructMember member : members(type).values()) {
            out.line("");
            out.doc(Docs.of(member, "The " + Names.snake(member.getName()) + "; null where the answer has none."));
            out.line("@Nullable String " + Names.member(member.getName()) + "();");
        }
        return out.line("}");
    }

    private Source record(StructType type) {
        String name = Names.type(type.getName());
        Map<String, StructMember> members = members(type);
        Source out = new Source(
                JavaTypes.TYPES,
                "dev.muster.core.Json",
                "dev.muster.core.JsonReader",
                "dev.muster.ovirt.internal.Shown",
                "dev.muster.ovirt.internal.Fields",
                "java.time.Instant",
                "java.util.List",
                "java.util.Map",
                "org.jspecify.annotations.Nullable",
                "tools.jackson.core.JsonGenerator");
        List<String> doc = new ArrayList<>(Docs.of(type, "`" + Names.snake(type.getName()) + "` of the oVirt API."));
        doc.add("");
        members.forEach((member, of) -> doc.addAll(Docs.tag("@param " + member, of)));
        doc.add("@param unknown what the engine sent and this version does not know, by name; mostly empty");
        out.doc(doc);
        if (Docs.deprecated(type)) {
            out.line("@Deprecated");
        }
        out.line("@SuppressWarnings(\"deprecation\")");
        out.line("public record " + name + "(");
        members.forEach((member, of) -> out.line(
                (Docs.deprecated(of) ? "@Deprecated " : "") + "@Nullable " + types.component(of) + ' ' + member + ','));
        out.line("Map<String, Json> unknown)" + (isIdentified(type) ? " implements Identified {" : " {"));
        factories(out, name, isIdentified(type));
        reader(out, members, name);
        writer(out, members);
        out.line("");
        out.line("@Override");
        out.line("public String toString() {");
        out.line("return new Shown(\"" + name + "\")");
        members.forEach((member, of) -> out.line("    .add(\"" + member + "\", "
                + (isSecret(type, member) ? member + " == null ? null : \"***\"" : member) + ")"));
        out.line("    .add(\"unknown\", unknown).toString();");
        out.line("}");
        builder(out, members, name);
        return out.line("}");
    }

    private static void factories(Source out, String name, boolean identified) {
        out.line("");
        out.doc("A builder with nothing in it.");
        out.line("public static Builder builder() {")
                .line("return new Builder();")
                .line("}");
        if (identified) {
            out.line("");
            out.doc("A reference by identifier, to be put into something that is added or updated.");
            out.line("public static " + name + " ofId(String id) {");
            out.line("return builder().id(id).build();").line("}");
            out.line("");
            out.doc("A reference by name, to be put into something that is added or updated.");
            out.line("public static " + name + " ofName(String name) {");
            out.line("return builder().name(name).build();").line("}");
        }
    }

    private void reader(Source out, Map<String, StructMember> members, String name) {
        out.line("");
        out.doc("Reads one from JSON; it must not be null there.");
        out.line("public static " + name + " read(JsonReader in) {");
        out.line("Fields.begin(in);");
        out.line("Builder read = new Builder();");
        out.line("for (String field = in.nextName(); field != null; field = in.nextName()) {");
        out.line("switch (field) {");
        members.forEach((member, of) -> readMember(out, member, of));
        if (!members.containsKey("link")) {
            out.line("case \"link\", \"actions\" -> in.skip();");
        }
        out.line("default -> read.unknown = Fields.keep(read.unknown, field, in.json());");
        out.line("}").line("}");
        out.line("return read.build();").line("}");
    }

    private void readMember(Source out, String member, StructMember of) {
        String tag = Names.tag(of.getName());
        Kind kind = types.kind(of);
        if (kind == Kind.ENUM) {
            out.line("case \"" + tag + "\" -> {");
            out.line("String value = in.text();");
            out.line("read." + member + " = " + types.boxed(of.getType()) + ".of(value);");
            out.line("read.unknown = Fields.keep(read.unknown, field, read." + member + ", value);");
            out.line("}");
        } else if (isEnums(of)) {
            out.line("case \"" + tag + "\" -> {");
            out.line("Json value = in.json();");
            out.line("read." + member + " = Fields.values(value, "
                    + types.boxed(((ListType) of.getType()).getElementType()) + "::of);");
            out.line("read.unknown = Fields.keep(read.unknown, field, read." + member + ", value);");
            out.line("}");
        } else {
            out.line("case \"" + tag + "\" -> read." + member + " = " + types.read(kind, of.getType()) + ";");
        }
    }

    private void writer(Source out, Map<String, StructMember> members) {
        out.line("");
        out.doc("Writes what is present as a JSON object.");
        out.line("public void write(JsonGenerator out) {");
        out.line("out.writeStartObject();");
        members.forEach((member, of) -> {
            String tag = '"' + Names.tag(of.getName()) + '"';
            out.line(
                    switch (types.kind(of)) {
                        case TEXT, INTEGER, BOOLEAN, DECIMAL, TIME -> "Fields.write(out, " + tag + ", " + member + ");";
                        case ENUM ->
                            "Fields.write(out, " + tag + ", unknown, " + member + " == null ? null : " + member
                                    + ".value());";
                        case STRUCT ->
                            "Fields.write(out, " + tag + ", " + member + ", " + types.writer(of.getType()) + ");";
                        case LIST ->
                            "Fields.write(out, " + tag + ", \"" + Names.innerTag(of) + "\", unknown, " + member + ", "
                                    + types.writer(((ListType) of.getType()).getElementType()) + ");";
                    });
        });
        out.line("Fields.write(out, unknown);");
        out.line("out.writeEndObject();").line("}");
    }

    private void builder(Source out, Map<String, StructMember> members, String name) {
        out.line("");
        out.doc("A builder with all that this one has.");
        out.line("public Builder toBuilder() {");
        out.line("Builder copy = new Builder();");
        members.keySet().forEach(member -> out.line("copy." + member + " = " + member + ";"));
        out.line("copy.unknown = unknown;");
        out.line("return copy;").line("}");
        out.line("");
        out.doc("Collects what is to be sent: what is not set, or set to null, is left as it is. Not thread-safe.");
        out.line("public static final class Builder {");
        members.forEach((member, of) -> out.line("private @Nullable " + types.component(of) + ' ' + member + ";"));
        out.line("private Map<String, Json> unknown = Map.of();");
        out.line("");
        out.line("private Builder() {").line("}");
        members.forEach((member, of) -> {
            out.line("");
            if (Docs.deprecated(of)) {
                out.line("@Deprecated");
            }
            boolean list = types.kind(of) == Kind.LIST;
            out.line("public Builder " + member + "(@Nullable " + types.component(of) + " value) {");
            out.line("this." + member + " = " + (list ? "value == null ? null : List.copyOf(value);" : "value;"));
            if (types.kind(of) == Kind.ENUM || isEnums(of)) {
                out.line("this.unknown = Fields.drop(unknown, \"" + Names.tag(of.getName()) + "\");");
            }
            out.line("return this;").line("}");
        });
        out.line("");
        out.doc("The record, with what has been set so far.");
        out.line("public " + name + " build() {");
        out.line("return new " + name + "(");
        members.keySet().forEach(member -> out.line("    " + member + ","));
        out.line("    unknown);").line("}").line("}");
    }

    /** The members of a type and of all it inherits from, what identifies first. */
    private Map<String, StructMember> members(StructType type) {
        Map<String, StructMember> members = new LinkedHashMap<>();
        List<StructType> line = new ArrayList<>();
        for (StructType each = type; each != null; each = (StructType) each.getBase()) {
            line.addFirst(each);
        }
        for (StructType each : line) {
            each.getDeclaredAttributes().forEach(member -> members.put(Names.member(member.getName()), member));
            if (each.getName().equals(IDENTIFIED)) {
                members.put("href", href(each));
            }
        }
        for (StructType each : line) {
            each.getDeclaredLinks().forEach(member -> members.put(Names.member(member.getName()), member));
        }
        return members;
    }

    private Attribute href(StructType identified) {
        Attribute href = new Attribute();
        href.setName(NameParser.parseUsingCase("Href"));
        href.setType(model.getStringType());
        href.setDeclaringType(identified);
        href.setDoc("Its path at the engine, as `/ovirt-engine/api/vms/123`.");
        return href;
    }

    private static boolean isEnums(StructMember member) {
        return member.getType() instanceof ListType list
                && list.getElementType() instanceof org.ovirt.api.metamodel.concepts.EnumType;
    }

    private static boolean isIdentified(StructType type) {
        return type.getName().equals(IDENTIFIED) || (type.getBase() instanceof StructType base && isIdentified(base));
    }

    /** What must not stand in a log. */
    private static boolean isSecret(StructType type, String member) {
        String of = Names.snake(type.getName());
        return switch (member) {
            // A console's file has its password in it, and whoever has the address of a transfer may read and write the
            // disk.
            case "remoteViewerConnectionFile", "transferUrl", "proxyUrl", "windowsLicenseKey" -> true;
            case "value" -> of.endsWith("ticket") || of.endsWith("authentication_key");
            default -> member.toLowerCase(java.util.Locale.ROOT).contains("password");
        };
    }
}
