package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of what requests bring, as the model has them. What the model does not know is passed over, as the engine does.
 *
 * @param tree where things that are named are looked up
 */
record Typing(ResourceTree tree) {
    /** Something that the engine refuses, with the status and the words it does that with. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        final int status;
        final String reason;

        Refused(int status, String reason, String detail) {
            super(detail);
            this.status = status;
            this.reason = reason;
        }

        /** A request that would be right at another time. */
        static Refused conflict(String detail) {
            return new Refused(409, "Operation Failed", "[" + detail + "]");
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    /** The fields of a type that a body gives, apart from what identifies. */
    List<Value.Field> fields(Model.Type type, Body body) throws Refused {
        List<Value.Field> fields = new ArrayList<>();
        for (String name : body.names()) {
            Model.Member member = type.members().get(name);
            if (member != null && !name.equals("id")) {
                Value value = value(member, body.all(name).getFirst());
                if (!within(member, value)) {
                    fields.add(new Value.Field(name, value));
                }
            }
        }
        return fields;
    }

    /** Whether these are things that have a collection of their own below the entity, where they are to be added. */
    private static boolean within(Model.Member member, Value value) {
        return member.link()
                && value instanceof Value.Many many
                && many.values().stream().anyMatch(each -> !(each instanceof Value.Ref));
    }

    private Value value(Model.Member member, Body body) throws Refused {
        String each = member.kind().each();
        if (each == null) {
            return one(member.name(), member.kind(), body);
        }
        List<Value> values = new ArrayList<>();
        for (Body element : body.all(each)) {
            values.add(one(member.name(), member.kind(), element));
        }
        return new Value.Many(each, values);
    }

    private Value one(String name, Model.Kind kind, Body body) throws Refused {
        Model.Type type = Model.official().type(kind.struct());
        if (type == null) {
            return simple(name, kind, body.text());
        }
        String home = Model.official().home(type.tag());
        boolean named = body.text("id") != null || (body.text("name") != null && body.isOnly("name"));
        if (home != null && type.identified() && named) {
            Entity entity = find(home, body);
            if (entity == null) {
                throw Refused.conflict("The " + type.tag().replace('_', ' ') + " does not exist.");
            }
            return new Value.Ref(entity.path());
        }
        List<Value.Field> fields = new ArrayList<>(fields(type, body));
        String id = body.text("id");
        if (id != null) {
            fields.addFirst(new Value.Field("id", new Value.Text(id)));
        }
        return new Value.Struct(fields);
    }

    /** What a body names by id, or else by name; null = it names nothing that is there. */
    @Nullable
    Entity find(String collection, Body body) {
        String id = body.text("id");
        if (id != null) {
            return tree.entity(collection + "/" + id);
        }
        String name = body.text("name");
        Members members = name == null ? null : tree.collection(collection);
        return members == null
                ? null
                : members.byId().values().stream()
                        .filter(entity -> entity.text("name").equals(name))
                        .findFirst()
                        .orElse(null);
    }

    private static Value simple(String name, Model.Kind kind, String text) throws Refused {
        String enumeration = kind.enumeration();
        if (enumeration != null) {
            if (!Model.official().values(enumeration).contains(text)) {
                throw invalid(name, text);
            }
            return new Value.Text(text);
        }
        try {
            return switch (kind.name()) {
                case "whole" -> new Value.Whole(Long.parseLong(text));
                case "fraction" -> new Value.Fraction(Double.parseDouble(text));
                case "flag" -> new Value.Flag(flag(name, text));
                case "moment" ->
                    new Value.Moment(
                            text.matches("-?\\d+")
                                    ? Long.parseLong(text)
                                    : OffsetDateTime.parse(text).toInstant().toEpochMilli());
                default -> new Value.Text(text);
            };
        } catch (NumberFormatException | DateTimeException e) {
            throw invalid(name, text);
        }
    }

    private static boolean flag(String name, String text) throws Refused {
        return switch (text) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw invalid(name, text);
        };
    }

    private static Refused invalid(String name, String text) {
        return new Refused(400, "Operation Failed", "[Invalid value '" + text + "' of " + name + ".]");
    }
}
