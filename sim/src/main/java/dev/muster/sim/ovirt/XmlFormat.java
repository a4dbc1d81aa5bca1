package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import dev.muster.sim.ovirt.Value.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** XML in the order that the engine's schema asks for: actions, name, description, comment, links, then the rest. */
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
        write(xml, tag, value);
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] collection(String tag, List<Entity> entities) {
        StringBuilder xml = start();
        write(xml, Format.plural(tag), new Value.Many(tag, entities));
        return xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder start() {
        return new StringBuilder(4096).append("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    }

    private static void write(StringBuilder xml, String tag, Value value) {
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
                    write(xml, each, one);
                }
                close(xml, tag);
            }
            case Value.Struct(List<Field> fields) -> {
                xml.append('<').append(tag).append('>');
                for (Field field : fields) {
                    write(xml, field.name(), field.value());
                }
                close(xml, tag);
            }
            case Entity entity -> writeEntity(xml, tag, entity);
        }
    }

    private static void writeEntity(StringBuilder xml, String tag, Entity entity) {
        open(xml, tag, entity.path(), entity.id(), ">");
        if (!entity.actions().isEmpty()) {
            xml.append("<actions>");
            writeLinks(xml, entity.path(), entity.actions());
            xml.append("</actions>");
        }
        boolean linked = false;
        for (Field field : entity.fields()) {
            if (!linked && !BEFORE_LINKS.contains(field.name())) {
                writeLinks(xml, entity.path(), entity.links());
                linked = true;
            }
            write(xml, field.name(), field.value());
        }
        if (!linked) {
            writeLinks(xml, entity.path(), entity.links());
        }
        close(xml, tag);
    }

    private static void writeLinks(StringBuilder xml, String path, List<String> rels) {
        for (String rel : rels) {
            xml.append("<link href=\"").append(ROOT).append('/').append(path);
            xml.append(path.isEmpty() ? "" : "/").append(rel);
            xml.append("\" rel=\"").append(rel).append("\"/>");
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
                default -> xml.append(c);
            }
        }
    }
}
