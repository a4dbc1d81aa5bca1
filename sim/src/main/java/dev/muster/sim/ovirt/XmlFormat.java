package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import dev.muster.sim.ovirt.Value.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * XML in the order that the engine's schema asks for: actions, name, description, comment, links, then level by level of what
 * a type inherits its attributes and its links.
 */
record XmlFormat() implements Format {
    private static final Set<String> BEFORE_LINKS = Set.of("name", "description", "comment");

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSxxx", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public String contentType() {
        return "application/xml";
    }

    @Override
    public byte[] document(String tag, Value value) {
        StringBuilder xml = start();
        write(xml, tag, value, tag);
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] collection(String tag, List<Entity> entities) {
        StringBuilder xml = start();
        Model.Type type = Model.official().type(tag);
        write(xml, type == null ? tag + "s" : type.plural(), new Value.Many(tag, entities), tag);
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder start() {
        return new StringBuilder(4096).append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    }

    /** @param type the tag of the type that structs have here; null = of none that the model knows */
    private static void write(StringBuilder xml, String tag, Value value, @Nullable String type) {
        switch (value) {
            case Value.Text(String text) -> leaf(xml, tag, text);
            case Value.Whole(long number) -> leaf(xml, tag, Long.toString(number));
            case Value.Flag(boolean on) -> leaf(xml, tag, Boolean.toString(on));
            case Value.Fraction(double number) -> leaf(xml, tag, Double.toString(number));
            case Value.Moment(long millis) -> leaf(xml, tag, DATE.format(Instant.ofEpochMilli(millis)));
            case Value.Ref ref -> open(xml, tag, ref.path(), ref.id(), "/>");
            case Value.Many(String each, List<? extends Value> values) -> {
                xml.append('<').append(tag).append('>');
                for (Value one : values) {
                    write(xml, each, one, type);
                }
                close(xml, tag);
            }
            case Value.Struct(List<Field> fields) -> {
                xml.append('<').append(tag).append('>');
                Model.Type of = Model.official().type(type);
                for (Field field : ordered(fields, of)) {
                    write(xml, of, field);
                }
                close(xml, tag);
            }
            case Entity entity -> writeEntity(xml, tag, entity);
        }
    }

    private static void write(StringBuilder xml, Model.@Nullable Type of, Field field) {
        Model.Member member = of == null ? null : of.members().get(field.name());
        write(
                xml,
                field.name(),
                field.value(),
                member == null ? null : member.kind().struct());
    }

    private static List<Field> ordered(List<Field> fields, Model.@Nullable Type type) {
        if (type == null) {
            return fields;
        }
        List<Field> ordered = new ArrayList<>(fields);
        ordered.sort(Comparator.comparingInt(field -> {
            Model.Member member = type.members().get(field.name());
            return member == null ? Integer.MAX_VALUE : member.order();
        }));
        return ordered;
    }

    private static void writeEntity(StringBuilder xml, String tag, Entity entity) {
        open(xml, tag, entity.path(), entity.id(), ">");
        List<Link> actions = Format.actions(entity);
        if (!actions.isEmpty()) {
            xml.append("<actions>");
            writeLinks(xml, actions);
            xml.append("</actions>");
        }
        boolean linked = false;
        Model.Type type = Model.official().type(entity.tag());
        for (Field field : ordered(entity.fields(), type)) {
            if (!linked && !BEFORE_LINKS.contains(field.name())) {
                writeLinks(xml, Format.links(entity));
                linked = true;
            }
            write(xml, type, field);
        }
        if (!linked) {
            writeLinks(xml, Format.links(entity));
        }
        close(xml, tag);
    }

    private static void writeLinks(StringBuilder xml, List<Link> links) {
        for (Link link : links) {
            xml.append("<link href=\"");
            escape(xml, link.href());
            xml.append("\" rel=\"").append(link.rel()).append("\"/>");
        }
    }

    private static void open(StringBuilder xml, String tag, String path, String id, String end) {
        xml.append('<').append(tag);
        if (!path.isEmpty()) {
            xml.append(" href=\"").append(ROOT).append('/');
            escape(xml, path);
            xml.append("\" id=\"");
            escape(xml, id);
            xml.append('"');
        }
        xml.append(end);
    }

    private static void leaf(StringBuilder xml, String tag, String text) {
        xml.append('<').append(tag).append('>');
        escape(xml, text);
        close(xml, tag);
    }

    private static void close(StringBuilder xml, String tag) {
        xml.append("</").append(tag).append('>');
    }

    private static void escape(StringBuilder xml, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                default -> {
                    // XML 1.0 has no way to say other control characters.
                    if (c >= ' ' || c == '\t' || c == '\n' || c == '\r') {
                        xml.append(c);
                    }
                }
            }
        }
    }
}
