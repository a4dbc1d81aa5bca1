package dev.muster.clouds.openstack;

import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Small shapes that recur in the answers of OpenStack's services. */
final class Fields {
    private Fields() {}

    /** A field without which the record would be of no use. */
    static String needed(@Nullable String value, String what) {
        if (value == null || value.isEmpty()) {
            throw new MusterException.Undecodable(null, what + " is missing", null);
        }
        return value;
    }

    /** A text that is {@code otherwise} where the cloud has null. */
    static String text(JsonReader in, String otherwise) {
        String text = in.text();
        return text == null ? otherwise : text;
    }

    /** A boolean that is false where the cloud does not say. */
    static boolean flag(@Nullable Boolean value) {
        return value != null && value;
    }

    /** The {@code id} of an object; null where there is none, also where a text stands instead, as Nova's image "". */
    static @Nullable String id(JsonReader in) {
        return inside(in, "id");
    }

    /** The {@code name} of an object; null where there is none. */
    static @Nullable String named(JsonReader in) {
        return inside(in, "name");
    }

    /** One field of an object, the others passed over. */
    static @Nullable String inside(JsonReader in, String field) {
        if (!in.atObject()) {
            in.skip();
            return null;
        }
        String value = null;
        String name;
        in.beginObject();
        while ((name = in.nextName()) != null) {
            if (name.equals(field)) {
                value = in.text();
            } else {
                in.skip();
            }
        }
        return value;
    }

    /** An array of texts, nulls left out. */
    static List<String> texts(JsonReader in) {
        List<String> texts = new ArrayList<>();
        if (in.beginArray()) {
            while (in.nextElement()) {
                String text = in.text();
                if (text != null) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }

    /** One field of each object of an array. */
    static List<String> each(JsonReader in, String field) {
        List<String> values = new ArrayList<>();
        if (in.beginArray()) {
            while (in.nextElement()) {
                String value = inside(in, field);
                if (value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /** An object of texts, in its order. */
    static Map<String, String> map(JsonReader in) {
        Map<String, String> map = new LinkedHashMap<>();
        String name;
        if (in.beginObject()) {
            while ((name = in.nextName()) != null) {
                String value = in.text();
                if (value != null) {
                    map.put(name, value);
                }
            }
        }
        return map;
    }

    /** The only field of an answer, as {@code {"server": …}}, read by {@code element}. */
    static <T> JsonReader.Element<T> only(String field, JsonReader.Element<T> element) {
        return in -> {
            T value = null;
            String name;
            in.beginObject();
            while ((name = in.nextName()) != null) {
                if (name.equals(field)) {
                    value = element.read(in);
                } else {
                    in.skip();
                }
            }
            if (value == null) {
                throw new MusterException.Undecodable(null, "the answer has no '" + field + "'", null);
            }
            return value;
        };
    }
}
