package dev.muster.sim.ovirt;

import java.util.ArrayList;
import java.util.List;

/** Puts structs and entities together, field by field. */
final class Fields {
    private final List<Value.Field> fields = new ArrayList<>();

    static Fields of() {
        return new Fields();
    }

    /** Begins an entity or struct that has a name. */
    static Fields named(String name) {
        return new Fields().put("name", name);
    }

    Fields put(String name, String text) {
        return put(name, new Value.Text(text));
    }

    Fields put(String name, long number) {
        return put(name, new Value.Whole(number));
    }

    Fields put(String name, boolean on) {
        return put(name, new Value.Flag(on));
    }

    Fields put(String name, Fields struct) {
        return put(name, struct.struct());
    }

    Fields put(String name, Value value) {
        fields.add(new Value.Field(name, value));
        return this;
    }

    Fields moment(String name, long epochMillis) {
        return put(name, new Value.Moment(epochMillis));
    }

    /** A reference to the entity at this path below the API's root. */
    Fields ref(String name, String path) {
        return put(name, new Value.Ref(path));
    }

    /** Texts under one name, such as the devices to boot from. */
    Fields texts(String name, String tag, String... texts) {
        List<Value> values = new ArrayList<>();
        for (String text : texts) {
            values.add(new Value.Text(text));
        }
        return put(name, new Value.Many(tag, values));
    }

    Value.Struct struct() {
        return new Value.Struct(List.copyOf(fields));
    }

    Value.Entity entity(String tag, String path) {
        return new Value.Entity(tag, path, fields);
    }
}
