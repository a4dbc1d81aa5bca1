package dev.muster.ovirt;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What things are made of, by the names they have in XML: read at first use from what the official model was written down as
 * at build time. XML does not tell a list of one from a thing; this does.
 */
final class XmlTypes {
    /** A type: its members by name, and what it extends. */
    private record Type(String base, Map<String, Member> members) {}

    /**
     * A member of a type.
     *
     * @param struct the type that it, or each of its elements, is of; null = simple values
     * @param list whether it is a list
     * @param number whether it is a number in JSON too; whole ones are texts there
     */
    record Member(@Nullable String struct, boolean list, boolean number) {}

    private static final class Holder {
        private static final XmlTypes TYPES = new XmlTypes();
    }

    private final Map<String, Type> types = new HashMap<>();
    private final Map<String, String> plurals = new HashMap<>();

    private XmlTypes() {
        try (InputStream in = Objects.requireNonNull(XmlTypes.class.getResourceAsStream("model.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            Map<String, Member> members = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", -1);
                switch (words[0]) {
                    case "type" -> {
                        members = new HashMap<>();
                        types.put(words[1], new Type(words[3], members));
                        plurals.put(words[2], words[1]);
                    }
                    case "a", "l" -> members.put(words[1], member(words[2]));
                    default -> {
                        // Enumerations and services have no part in how an answer is laid out.
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the API cannot be read", e);
        }
    }

    /** The ones of the official model. */
    static XmlTypes get() {
        return Holder.TYPES;
    }

    private static Member member(String kind) {
        boolean list = kind.charAt(0) == '*';
        String each = list ? kind.substring(kind.indexOf(':') + 1) : kind;
        return new Member(each.charAt(0) == '@' ? each.substring(1) : null, list, each.equals("fraction"));
    }

    /** What a member of a type is; null where the model has none of this name. */
    @Nullable
    Member member(@Nullable String type, String name) {
        Type of = type == null ? null : types.get(type);
        if (of == null) {
            return null;
        }
        Member member = of.members.get(name);
        return member == null ? member(of.base, name) : member;
    }

    /** What a document is, by the tag at its root: a thing, or a list of things; null where the model does not know it. */
    @Nullable
    Member document(String root) {
        String each = plurals.get(root);
        if (types.containsKey(root)) {
            return new Member(root, false, false);
        }
        return each == null ? null : new Member(each, true, false);
    }
}
