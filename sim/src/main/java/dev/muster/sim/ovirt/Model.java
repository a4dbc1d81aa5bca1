package dev.muster.sim.ovirt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The official model of the API, as {@code ovirt-generator} wrote it down at build time; {@code Describe} there tells the
 * form. It is indexed when it is first asked, and each part of it is read when it is needed. Thread-safe.
 */
final class Model {
    private final String text;

    /** Where the lines of each {@code enum NAME}, {@code type NAME} and {@code service NAME} begin. */
    private final Map<String, Integer> starts = new HashMap<>();

    private final Map<String, Type> types = new ConcurrentHashMap<>();
    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final Map<String, List<String>> collections = new ConcurrentHashMap<>();
    private final Map<String, String> homes = new HashMap<>();

    /** What a value is: {@code name} is text, whole, fraction, flag, moment, =enum or @type; {@code each} tags list elements. */
    record Kind(String name, @Nullable String each) {
        static Kind parse(String text) {
            int colon = text.indexOf(':');
            return text.charAt(0) == '*'
                    ? new Kind(text.substring(colon + 1), text.substring(1, colon))
                    : new Kind(text, null);
        }

        /** The tag of the type that this is, or that its elements are of; null = simple values. */
        @Nullable
        String struct() {
            return name.charAt(0) == '@' ? name.substring(1) : null;
        }

        /** The enumeration that this is of; null = it is of none. */
        @Nullable
        String enumeration() {
            return name.charAt(0) == '=' ? name.substring(1) : null;
        }
    }

    /** A member of a type: its place in the schema's order, and whether it is a link to other entities. */
    record Member(String name, Kind kind, boolean link, int order) {}

    /** A type with everything it inherits, in the order of the schema. */
    record Type(String tag, String plural, Map<String, Member> members) {
        boolean identified() {
            return members.containsKey("id");
        }
    }

    /**
     * An operation of a service.
     *
     * @param gives the name of what it answers; "-" where it answers nothing
     * @param answer what it answers; null = nothing but that it went well
     * @param needs what must be given, as alternatives one of which must hold; empty = nothing must
     */
    record Operation(
            String name, String gives, @Nullable Kind answer, Map<String, Kind> parameters, List<List<String>> needs) {}

    /**
     * A service.
     *
     * @param below the services below it by their path segments
     * @param member the service of each of its members; null = it has none
     * @param operations by name; list, get, add, update and remove are what they are called
     * @param actions by path segment
     */
    record Service(
            String name,
            Map<String, String> below,
            @Nullable String member,
            Map<String, Operation> operations,
            Map<String, Operation> actions) {
        /** The tag of what it lists; null = it lists nothing. */
        @Nullable
        String lists() {
            Operation list = operations.get("list");
            Kind answer = list == null ? null : list.answer;
            return answer == null ? null : answer.each;
        }
    }

    private static final class Official {
        static final Model MODEL = load();

        private static Model load() {
            try (InputStream in = Model.class.getResourceAsStream("model.txt")) {
                if (in == null) {
                    throw new IllegalStateException("the build left out the description of the oVirt model");
                }
                return new Model(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Model(String text) {
        this.text = text;
        for (int at = 0; at >= 0 && at < text.length(); at = text.indexOf('\n', at) + 1) {
            if (text.startsWith("type ", at) || text.startsWith("service ", at) || text.startsWith("enum ", at)) {
                int name = text.indexOf(' ', at) + 1;
                int end = name;
                while (text.charAt(end) > ' ') {
                    end++;
                }
                starts.put(text.substring(at, end), at);
            }
        }
        service("system").below.forEach((segment, name) -> {
            String tag = service(name).lists();
            if (tag != null) {
                homes.putIfAbsent(tag, segment);
            }
        });
    }

    /** The model that oVirt published. */
    static Model official() {
        return Official.MODEL;
    }

    /** The names of all services. */
    List<String> services() {
        return starts.keySet().stream()
                .filter(name -> name.startsWith("service "))
                .map(name -> name.substring("service ".length()))
                .sorted()
                .toList();
    }

    /** The type with this tag; null = the model has none. */
    @Nullable
    Type type(@Nullable String tag) {
        if (tag == null || !starts.containsKey("type " + tag)) {
            return null;
        }
        Type type = types.get(tag);
        if (type == null) {
            type = readType(tag);
            types.put(tag, type);
        }
        return type;
    }

    /** The values of an enumeration. */
    Set<String> values(String enumeration) {
        List<String[]> lines = lines("enum " + enumeration);
        return lines.isEmpty()
                ? Set.of()
                : Set.copyOf(Arrays.asList(lines.getFirst()).subList(2, lines.getFirst().length));
    }

    /** The service with this name, which must be one of the model. */
    Service service(String name) {
        Service service = services.get(name);
        if (service == null) {
            service = readService(name);
            services.put(name, service);
        }
        return service;
    }

    /** The service at a path below the API's root, whether there is such an entity or not; null = the model has none. */
    @Nullable
    Service at(String path) {
        Service service = service("system");
        for (int from = 0; from < path.length(); ) {
            int slash = path.indexOf('/', from);
            String segment = path.substring(from, slash < 0 ? path.length() : slash);
            String next = service.below.getOrDefault(segment, service.member);
            if (next == null || segment.isEmpty()) {
                return null;
            }
            service = service(next);
            from = slash < 0 ? path.length() : slash + 1;
        }
        return service;
    }

    /** The tag of what there is one by one below a path, listed or only to be asked for by id; null = no such place. */
    @Nullable
    String members(String path) {
        Service service = at(path);
        String tag = service == null ? null : service.lists();
        if (service == null || tag != null || service.member == null) {
            return tag;
        }
        Operation get = service(service.member).operations.get("get");
        Kind kind = get == null ? null : get.answer;
        return kind == null ? null : kind.struct();
    }

    /** The path segments of the collections below a service's path. */
    List<String> collections(Service service) {
        return collections.computeIfAbsent(
                service.name,
                name -> service.below.entrySet().stream()
                        .filter(below -> service(below.getValue()).lists() != null)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Whether the collection at the root with this segment can be searched. */
    boolean searchable(String segment) {
        Service service = at(segment);
        Operation list = service == null ? null : service.operations.get("list");
        return list != null && list.parameters.containsKey("search");
    }

    /** The path of the collection at the root that entities of a kind are in; null = they are always part of others. */
    @Nullable
    String home(String tag) {
        return homes.get(tag);
    }

    private List<String[]> lines(String head) {
        List<String[]> lines = new ArrayList<>();
        int at = starts.getOrDefault(head, -1);
        while (at >= 0 && at < text.length()) {
            int end = text.indexOf('\n', at);
            String[] words = text.substring(at, end).split(" ", -1);
            if (!lines.isEmpty() && Set.of("enum", "type", "service").contains(words[0])) {
                break;
            }
            lines.add(words);
            at = end + 1;
        }
        return lines;
    }

    private Type readType(String tag) {
        List<String[]> lines = lines("type " + tag);
        String[] head = lines.getFirst();
        Map<String, Member> members = new LinkedHashMap<>();
        Type base = type(head[3]);
        if (base != null) {
            members.putAll(base.members);
        }
        if (tag.equals("identified")) {
            // The schema's own order, as this level is not made from the model.
            for (String name : List.of("id", "name", "description", "comment")) {
                members.put(name, new Member(name, new Kind("text", null), false, members.size()));
            }
        }
        for (String[] words : lines.subList(1, lines.size())) {
            members.putIfAbsent(
                    words[1], new Member(words[1], Kind.parse(words[2]), words[0].equals("l"), members.size()));
        }
        return new Type(tag, head[2], members);
    }

    private Service readService(String name) {
        List<String[]> lines = lines("service " + name);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("the model has no service " + name);
        }
        Map<String, String> below = new LinkedHashMap<>();
        String member = null;
        Map<String, Operation> operations = new LinkedHashMap<>();
        Map<String, Operation> actions = new LinkedHashMap<>();
        List<List<String>> needs = new ArrayList<>();
        for (String[] words : lines.subList(1, lines.size())) {
            switch (words[0]) {
                case "/" -> below.put(words[1], words[2]);
                case "id" -> member = words[1];
                case "must" -> needs.add(List.of(words).subList(1, words.length));
                default -> {
                    needs = new ArrayList<>();
                    (words[0].equals("act") ? actions : operations).put(words[1], operation(words, needs));
                }
            }
        }
        return new Service(name, below, member, operations, actions);
    }

    private static Operation operation(String[] words, List<List<String>> needs) {
        Map<String, Kind> parameters = new LinkedHashMap<>();
        for (String word : List.of(words).subList(3, words.length)) {
            int equals = word.indexOf('=');
            parameters.put(word.substring(0, equals), Kind.parse(word.substring(equals + 1)));
        }
        String gives = words[2].substring(0, Math.max(1, words[2].indexOf('=')));
        Kind answer = gives.equals("-") ? null : Kind.parse(words[2].substring(gives.length() + 1));
        return new Operation(words[1], gives, answer, parameters, needs);
    }
}
