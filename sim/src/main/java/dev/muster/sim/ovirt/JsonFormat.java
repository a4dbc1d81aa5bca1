package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import dev.muster.sim.ovirt.Value.Field;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON as the engine makes it, which is XML in disguise: integers and booleans are strings, dates are numbers, a list sits
 * under the tag of its elements, and a list without elements is an empty object.
 */
record JsonFormat() implements Format {
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] document(String tag, Value value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    @Override
    public byte[] collection(String tag, List<Entity> entities) {
        return document(tag, new Value.Many(tag, entities));
    }

    private static void write(JsonGenerator json, Value value) {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Whole(long number) -> json.writeString(Long.toString(number));
            case Value.Flag(boolean on) -> json.writeString(on ? "true" : "false");
            case Value.Fraction(double number) -> json.writeNumber(number);
            case Value.Moment(long millis) -> json.writeNumber(millis);
            case Value.Ref ref -> {
                json.writeStartObject();
                identity(json, ref.path(), ref.id());
                json.writeEndObject();
            }
            case Value.Many(String tag, List<? extends Value> values) -> {
                json.writeStartObject();
                if (!values.isEmpty()) {
                    json.writeName(tag);
                    json.writeStartArray();
                    for (Value one : values) {
                        write(json, one);
                    }
                    json.writeEndArray();
                }
                json.writeEndObject();
            }
            case Value.Struct(List<Field> fields) -> {
                json.writeStartObject();
                writeFields(json, fields);
                json.writeEndObject();
            }
            case Entity entity -> writeEntity(json, entity);
        }
    }

    private static void writeEntity(JsonGenerator json, Entity entity) {
        json.writeStartObject();
        List<Link> actions = Format.actions(entity);
        if (!actions.isEmpty()) {
            json.writeName("actions");
            json.writeStartObject();
            writeLinks(json, actions);
            json.writeEndObject();
        }
        writeFields(json, entity.fields());
        List<Link> links = Format.links(entity);
        if (!links.isEmpty()) {
            writeLinks(json, links);
        }
        identity(json, entity.path(), entity.id());
        json.writeEndObject();
    }

    private static void writeFields(JsonGenerator json, List<Field> fields) {
        for (Field field : fields) {
            json.writeName(field.name());
            write(json, field.value());
        }
    }

    private static void writeLinks(JsonGenerator json, List<Link> links) {
        json.writeName("link");
        json.writeStartArray();
        for (Link link : links) {
            json.writeStartObject();
            json.writeStringProperty("href", link.href());
            json.writeStringProperty("rel", link.rel());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void identity(JsonGenerator json, String path, String id) {
        if (!path.isEmpty()) {
            json.writeStringProperty("href", ROOT + "/" + path);
            json.writeStringProperty("id", id);
        }
    }
}
