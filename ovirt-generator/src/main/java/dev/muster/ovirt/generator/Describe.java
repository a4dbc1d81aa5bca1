package dev.muster.ovirt.generator;

import dev.muster.ovirt.generator.JavaTypes.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ovirt.api.metamodel.concepts.EnumType;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Locator;
import org.ovirt.api.metamodel.concepts.MemberInvolvementTree;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Name;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructMember;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/**
 * Writes the model down for whoever serves it: {@code Describe <model's source jar> <output file>}. Does nothing where the
 * file was written by this generator from this model.
 *
 * <p>The file is text, a thing a line, words parted by spaces; what a line begins with says what it is:
 *
 * <pre>
 * enum vm_status down up ...                 an enumeration and its values
 * type vm vms vm_base                        a type, its plural, what it extends, or -
 * a memory whole                             an attribute of it, in the order of the engine's schema
 * l nics *nic:@nic                           a link of it, in that order
 * service vms                                a service
 * / nics vm_nics                             a service below it, after this path segment
 * id vm                                      the service of each of its members, by identifier
 * do list vms=*vm:@vm search=text max=whole  an operation: what it answers, or -, and its parameters
 * act start - async=flag ...                 an action, likewise, by its path segment
 * must vm.name vm.cluster.id|vm.cluster.name what an operation needs to be given; of several such lines one must hold
 * </pre>
 *
 * Kinds are {@code text}, {@code whole}, {@code fraction}, {@code flag}, {@code moment}, {@code =enum}, {@code @type}, and
 * for lists {@code *element:kind}. All names are as they are on the wire.
 */
public final class Describe {
    private final StringBuilder out = new StringBuilder(1 << 17);
    private final JavaTypes types;

    private Describe(Model model) {
        this.types = new JavaTypes(model, false);
    }

    public static void main(String[] args) throws IOException {
        Input input = new Input(Path.of(args[0]));
        Path file = Path.of(args[1]);
        String first = "# " + input.digest();
        if (Files.exists(file)) {
            try (Stream<String> lines = Files.lines(file)) {
                if (lines.findFirst().orElse("").equals(first)) {
                    return;
                }
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, first + "\n" + of(input.model()));
    }

    /** The description of a model. */
    static String of(Model model) {
        Describe description = new Describe(model);
        model.types()
                .filter(EnumType.class::isInstance)
                .map(EnumType.class::cast)
                .forEach(description::enumeration);
        model.types()
                .filter(StructType.class::isInstance)
                .map(StructType.class::cast)
                .forEach(description::struct);
        Input.services(model).forEach(description::service);
        return description.out.toString();
    }

    private void line(String... words) {
        out.append(String.join(" ", words)).append('\n');
    }

    private void enumeration(EnumType type) {
        List<String> words = new ArrayList<>(List.of("enum", Names.tag(type.getName())));
        type.getValues().forEach(value -> words.add(Names.snake(value.getName())));
        line(words.toArray(String[]::new));
    }

    private void struct(StructType type) {
        line(
                "type",
                Names.tag(type.getName()),
                Names.tag(Names.plural(type.getName())),
                type.getBase() == null ? "-" : Names.tag(type.getBase().getName()));
        // Of each level the schema wants the attributes first, then the links, each by name.
        type.declaredAttributes().sorted().forEach(member -> member("a", member));
        type.declaredLinks().sorted().forEach(member -> member("l", member));
    }

    private void member(String what, StructMember member) {
        String kind = types.kind(member) == Kind.LIST
                ? "*" + Names.innerTag(member) + ":" + kind(((ListType) member.getType()).getElementType())
                : types.kind(member) == Kind.DECIMAL ? "fraction" : kind(member.getType());
        line(what, Names.tag(member.getName()), kind);
    }

    private String kind(Type type) {
        return switch (types.kind(type)) {
            case TEXT -> "text";
            case INTEGER -> "whole";
            case DECIMAL -> "fraction";
            case BOOLEAN -> "flag";
            case TIME -> "moment";
            case ENUM -> "=" + Names.tag(type.getName());
            case STRUCT -> "@" + Names.tag(type.getName());
            case LIST -> "*" + Names.tag(element(type)) + ":" + kind(((ListType) type).getElementType());
        };
    }

    private static Name element(Type list) {
        return ((ListType) list).getElementType().getName();
    }

    private void service(Service service) {
        line("service", Names.snake(service.getName()));
        for (Locator locator : service.getLocators()) {
            String below = Names.snake(locator.getService().getName());
            if (locator.getParameters().isEmpty()) {
                line("/", Names.segment(locator.getName()), below);
            } else {
                line("id", below);
            }
        }
        for (Method method : service.getMethods()) {
            if (method.getBase() == null) {
                operation(method);
                must(service, method);
            }
        }
    }

    private void operation(Method method) {
        List<String> words = new ArrayList<>();
        words.add(method.isAction() ? "act" : "do");
        words.add(method.isAction() ? Names.segment(method.getName()) : Names.snake(method.getName()));
        words.add(method.parameters()
                .filter(Parameter::isOut)
                .findFirst()
                .map(this::parameter)
                .orElse("-"));
        method.parameters().filter(Parameter::isIn).forEach(parameter -> words.add(parameter(parameter)));
        line(words.toArray(String[]::new));
    }

    private String parameter(Parameter parameter) {
        return Names.tag(parameter.getName()) + "=" + kind(parameter.getType());
    }

    /** A method may have several signatures, each with needs of its own. */
    private void must(Service service, Method method) {
        TreeSet<String> needs = new TreeSet<>();
        service.methods()
                .filter(each -> each.equals(method) || method.equals(each.getBase()))
                .forEach(signature -> {
                    List<String> paths = new ArrayList<>();
                    signature
                            .parameters()
                            .filter(Parameter::isIn)
                            .flatMap(parameter -> parameter.getMandatoryAttributes().stream())
                            .forEach(leaf -> paths.add(path(leaf)));
                    if (!paths.isEmpty()) {
                        needs.add(String.join(" ", paths));
                    }
                });
        needs.forEach(need -> line("must", need));
    }

    private static String path(MemberInvolvementTree leaf) {
        String path = Names.tag(leaf.getName());
        for (MemberInvolvementTree at = leaf.getParent(); at != null; at = at.getParent()) {
            path = Names.tag(at.getName()) + "." + path;
        }
        return leaf.hasAlternative() ? path + "|" + path(leaf.getAlternative()) : path;
    }
}
