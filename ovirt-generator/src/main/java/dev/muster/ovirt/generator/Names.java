package dev.muster.ovirt.generator;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Name;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.Type;

/** How the names of the model are written in Java, in JSON and in paths. The exceptions are those of oVirt's own tools. */
final class Names {
    /** What a record component must not be called, beside keywords. */
    private static final Set<String> TAKEN = Set.of(
            "clone",
            "finalize",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "toString",
            "wait",
            "unknown",
            "builder");

    /** Operations whose name is taken, by Java or by {@code Call.start}: they carry the noun of their service. */
    private static final Set<String> NEEDS_NOUN = Set.of("start", "clone", "finalize", "import");

    private static final Map<String, String> TAGS = Map.ofEntries(
            Map.entry("gluster_brick", "brick"),
            Map.entry("gluster_brick_memory_info", "brick_memoryinfo"),
            Map.entry("gluster_bricks", "bricks"),
            Map.entry("gluster_memory_pool", "memory_pool"),
            Map.entry("gluster_memory_pools", "memory_pools"),
            Map.entry("gluster_server_hook", "server_hook"),
            Map.entry("gluster_server_hooks", "server_hooks"),
            Map.entry("migration_options", "migration"),
            Map.entry("numa_node", "host_numa_node"),
            Map.entry("numa_nodes", "host_numa_nodes"),
            Map.entry("operating_system", "os"),
            Map.entry("operating_system_info", "operating_system"),
            Map.entry("operating_system_infos", "operation_systems"),
            Map.entry("operating_systems", "oss"),
            Map.entry("transparent_huge_pages", "transparent_hugepages"),
            Map.entry("virtual_numa_node", "vm_numa_node"),
            Map.entry("virtual_numa_nodes", "vm_numa_nodes"));

    private Names() {}

    /** {@code DiskAttachment}. */
    static String type(Name name) {
        return name.words()
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(joining());
    }

    /** {@code diskAttachment}, with an underscore behind it where Java has taken the word. */
    static String member(Name name) {
        String member = plain(name);
        return SourceVersion.isKeyword(member) || TAKEN.contains(member) ? member + '_' : member;
    }

    /** The method of an operation: {@code search}, {@code startVm}. */
    static String operation(Name name, Name service) {
        String plain = plain(name);
        return NEEDS_NOUN.contains(plain)
                ? plain + type(new Name(service.getWords().getLast()))
                : plain;
    }

    private static String plain(Name name) {
        String type = type(name);
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }

    /** {@code VmsService}. */
    static String service(Name name) {
        return type(name) + "Service";
    }

    /** {@code POWERING_UP}. */
    static String constant(Name name) {
        return snake(name).toUpperCase(Locale.ROOT);
    }

    /** {@code disk_attachment}. */
    static String snake(Name name) {
        return name.words().map(word -> word.toLowerCase(Locale.ROOT)).collect(joining("_"));
    }

    /** {@code diskattachment}, as in paths. */
    static String segment(Name name) {
        return name.words().map(word -> word.toLowerCase(Locale.ROOT)).collect(joining());
    }

    /** The field of a JSON object, which is also the element in XML. */
    static String tag(Name name) {
        String snake = snake(name);
        return TAGS.getOrDefault(
                snake, snake.startsWith("open_stack_") ? snake.replace("open_stack", "openstack") : snake);
    }

    /** The field inside a list's object: the elements' type for objects, the list's own name in singular for values. */
    static String innerTag(StructMember list) {
        Type element = ((ListType) list.getType()).getElementType();
        boolean value =
                element instanceof EnumType || element instanceof org.ovirt.api.metamodel.concepts.PrimitiveType;
        return value ? tag(singular(list.getName())) : tag(element.getName());
    }

    /** The name of many. */
    static Name plural(Name singular) {
        Name plural = new Name(singular);
        String last = singular.getWords().getLast();
        boolean vowel = last.equals("display") || last.equals("key");
        String many = last.equals("erratum")
                ? "errata"
                : last.endsWith("y") && !vowel ? last.substring(0, last.length() - 1) + "ies" : last + 's';
        plural.setWord(singular.getWords().size() - 1, many);
        return plural;
    }

    private static Name singular(Name plural) {
        Name singular = new Name(plural);
        String last = plural.getWords().getLast();
        String one = last.equals("errata")
                ? "erratum"
                : last.endsWith("ies")
                        ? last.substring(0, last.length() - 3) + 'y'
                        : last.endsWith("s") ? last.substring(0, last.length() - 1) : last;
        singular.setWord(plural.getWords().size() - 1, one);
        return singular;
    }
}
