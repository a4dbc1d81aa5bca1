package dev.muster.sim.ovirt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an element of the API can hold, apart from how XML and JSON spell it. Immutable. */
sealed interface Value {
    /** Text, enumerations included. */
    record Text(String text) implements Value {}

    /** An integer. */
    record Whole(long number) implements Value {}

    /** A decimal. */
    record Fraction(double number) implements Value {}

    /** A boolean. */
    record Flag(boolean on) implements Value {}

    /** A date, in milliseconds since 1970. */
    record Moment(long epochMillis) implements Value {}

    /** An entity that is named only: its path below the API's root, such as {@code clusters/123}. */
    record Ref(String path) implements Value {
        String id() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /** Elements under one name, each with this tag. */
    record Many(String tag, List<? extends Value> values) implements Value {}

    /** Named parts, in any order. */
    record Struct(List<Field> fields) implements Value {}

    /** A part of a struct or of an entity. */
    record Field(String name, Value value) {}

    /**
     * A thing with an identity.
     *
     * @param tag such as vm
     * @param path below the API's root, such as {@code vms/123}; its last part is the id
     * @param fields in any order; what can be done to it and what is below it follows from its path
     */
    record Entity(String tag, String path, List<Field> fields) implements Value {
        public Entity {
            fields = List.copyOf(fields);
        }

        String id() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** The text of a field as a user sees it; empty = the entity has no such field, or it is not a simple one. */
        String text(String name) {
            return switch (value(name)) {
                case null -> "";
                case Text(String text) -> text;
                case Whole(long number) -> Long.toString(number);
                case Flag(boolean on) -> Boolean.toString(on);
                case Fraction(double number) -> Double.toString(number);
                case Moment(long millis) -> Long.toString(millis);
                case Ref ref -> ref.id();
                case Many many -> "";
                case Struct struct -> "";
                case Entity entity -> entity.id();
            };
        }

        /** A copy in which a field has this value; a new field goes last. */
        Entity with(String name, Value value) {
            List<Field> changed = new ArrayList<>();
            boolean found = false;
            for (Field field : fields) {
                found |= field.name.equals(name);
                changed.add(field.name.equals(name) ? new Field(name, value) : field);
            }
            if (!found) {
                changed.add(new Field(name, value));
            }
            return new Entity(tag, path, changed);
        }

        /** A copy without a field. */
        Entity without(String name) {
            return new Entity(
                    tag,
                    path,
                    fields.stream().filter(field -> !field.name.equals(name)).toList());
        }

        /** A copy at another path. */
        Entity at(String path) {
            return new Entity(tag, path, fields);
        }

        /** The value of a field; null = it has no such field. */
        @Nullable
        Value value(String name) {
            for (Field field : fields) {
                if (field.name.equals(name)) {
                    return field.value;
                }
            }
            return null;
        }
    }
}
