package dev.muster.ovirt.generator;

import dev.muster.ovirt.generator.JavaTypes.Kind;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.ovirt.api.metamodel.concepts.ListType;
import org.ovirt.api.metamodel.concepts.Locator;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.PrimitiveType;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.Type;

/** Writes the services: a class each, with a method for each service below it and a nested class for each operation. */
final class ServiceWriter {
    private static final Set<String> OF_EVERY_OPERATION = Set.of("filter", "allContent", "correlationId");

    private final Model model;
    private final JavaTypes types;

    ServiceWriter(Model model) {
        this.model = model;
        this.types = new JavaTypes(model, true);
    }

    Source write(Service service) {
        String name = Names.service(service.getName());
        String base = service.getBase() == null
                ? "Service"
                : Names.service(service.getBase().getName());
        boolean root = service.equals(model.getRoot());
        boolean extended = root || model.services().anyMatch(other -> service.equals(other.getBase()));
        Source out = new Source(
                JavaTypes.SERVICES,
                "dev.muster.core.Endpoint",
                "dev.muster.core.JsonReader",
                "dev.muster.core.ResponseReader",
                "dev.muster.ovirt.internal.Fields",
                "org.jspecify.annotations.Nullable");
        out.doc(Docs.of(service, "The service `" + Names.snake(service.getName()) + "` of the oVirt API."));
        if (Docs.deprecated(service)) {
            out.line("@Deprecated");
        }
        out.line("@SuppressWarnings(\"deprecation\")");
        out.line("public " + (extended ? "" : "final ") + "class " + name + " extends " + base + " {");
        out.line("");
        if (root) {
            out.doc("The root of the API at an endpoint.");
            out.line("protected " + name + "(Endpoint endpoint) {")
                    .line("super(endpoint, \"\");")
                    .line("}");
        } else {
            out.line(name + "(Endpoint endpoint, String path) {")
                    .line("super(endpoint, path);")
                    .line("}");
        }
        service.getDeclaredLocators().forEach(locator -> locator(out, locator));
        service.getDeclaredMethods().stream()
                .filter(method -> method.getBase() == null)
                .forEach(method -> operation(out, service, method));
        return out.line("}");
    }

    private static void locator(Source out, Locator locator) {
        String method = Names.member(locator.getName());
        String service = Names.service(locator.getService().getName());
        out.line("");
        out.doc(Docs.of(
                locator,
                locator.getParameters().isEmpty()
                        ? "The service `" + Names.snake(locator.getName()) + "` below this one."
                        : "The one with this identifier; asks nobody whether there is one."));
        if (Docs.deprecated(locator)) {
            out.line("@Deprecated");
        }
        if (locator.getParameters().isEmpty()) {
            out.line("public " + service + ' ' + method + "() {");
            out.line("return new " + service + "(endpoint(), below(\"" + Names.segment(locator.getName()) + "\"));");
        } else {
            String id = Names.member(locator.getParameters().getFirst().getName());
            out.line("public " + service + ' ' + method + "(String " + id + ") {");
            out.line("return new " + service + "(endpoint(), below(" + id + "));");
        }
        out.line("}");
    }

    private void operation(Source out, Service service, Method method) {
        String name = Names.operation(method.getName(), service.getName());
        String nested = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        Parameter body = method.isAction() ? null : body(method);
        List<Parameter> mandatory = method.parameters()
                .filter(parameter -> parameter.isIn() && (parameter.equals(body) || parameter.isMandatory()))
                .toList();
        String arguments = String.join(
                ", ",
                mandatory.stream()
                        .map(parameter ->
                                types.parameter(parameter.getType()) + ' ' + Names.member(parameter.getName()))
                        .toList());
        out.line("");
        out.doc(Docs.of(method, "The operation `" + Names.snake(method.getName()) + "`."));
        if (Docs.deprecated(method)) {
            out.line("@Deprecated");
        }
        out.line("public " + nested + ' ' + name + "(" + arguments + ") {");
        out.line("return new " + nested + '(' + ask(method, mandatory, body) + ");")
                .line("}");
        out.line("");
        out.doc("The operation [#" + name + "] with its parameters; immutable.");
        Shape shape = shape(method, nested);
        out.line("public static final class " + nested + " extends " + shape.base + " {");
        out.line("");
        out.line(nested + "(Ask ask) {").line("super(" + shape.arguments + ");").line("}");
        out.line("");
        out.line("@Override");
        out.line(nested + " with(Ask ask) {")
                .line("return new " + nested + "(ask);")
                .line("}");
        method.parameters()
                .filter(parameter -> parameter.isIn() && !mandatory.contains(parameter))
                .forEach(parameter -> parameter(out, nested, method, parameter));
        if (shape.base.startsWith("ListOperation") && takes(method, "search") && takes(method, "max")) {
            out.line("");
            out.doc(
                    "Asks in pages of so many rows, one after another; ask for an order with `sortby` in the search so");
            out.doc("that rows do not move between pages. Takes the place of [#max(long)].");
            out.line("public " + nested + " pageSize(int rows) {");
            out.line("return with(ask().pageSize(rows));").line("}");
        }
        out.line("}");
    }

    /** How an operation is asked: the method, the path, what must be given. */
    private String ask(Method method, List<Parameter> mandatory, @Nullable Parameter body) {
        StringBuilder ask = new StringBuilder(
                switch (Names.snake(method.getName())) {
                    case "get", "list" -> "ask(\"GET\")";
                    case "add" -> "ask(\"POST\")";
                    case "update" -> "ask(\"PUT\")";
                    case "remove" -> "ask(\"DELETE\")";
                    default -> "act(\"" + Names.segment(method.getName()) + "\")";
                });
        for (Parameter parameter : mandatory) {
            ask.append(parameter.equals(body) ? ".body(" + bodyWriter(parameter) + ')' : set(method, parameter));
        }
        return ask.toString();
    }

    private String bodyWriter(Parameter body) {
        String name = Names.member(body.getName());
        if (body.getType() instanceof ListType list) {
            return "Fields.rows(\"" + Names.tag(list.getElementType().getName()) + "\", " + name + ", "
                    + types.writer(list.getElementType()) + ')';
        }
        return name + "::write";
    }

    /** What is sent whole: the first parameter that is not a plain value. */
    private static @Nullable Parameter body(Method method) {
        return method.parameters()
                .filter(parameter -> parameter.isIn() && !(parameter.getType() instanceof PrimitiveType))
                .findFirst()
                .orElse(null);
    }

    private void parameter(Source out, String nested, Method method, Parameter parameter) {
        String name = Names.member(parameter.getName());
        out.line("");
        out.doc(Docs.of(parameter, "Sets `" + Names.snake(parameter.getName()) + "`."));
        if (Docs.deprecated(parameter)) {
            out.line("@Deprecated");
        }
        if (OF_EVERY_OPERATION.contains(name)) {
            out.line("@Override");
        }
        if (name.equals("follow")) {
            out.line("public " + nested + " follow(String... links) {");
            out.line("return with(ask().query(\"follow\", String.join(\",\", links)));");
        } else {
            out.line("public " + nested + ' ' + name + '(' + types.parameter(parameter.getType()) + ' ' + name + ") {");
            out.line("return with(ask()" + set(method, parameter) + ");");
        }
        out.line("}");
    }

    /** Parameters of actions stand in their body, all others in the query. */
    private String set(Method method, Parameter parameter) {
        String name = Names.member(parameter.getName());
        String tag = Names.tag(parameter.getName());
        Type type = parameter.getType();
        Kind kind = types.kind(type);
        if (!method.isAction()) {
            return ".query(\"" + tag + "\", " + name + (kind == Kind.ENUM ? ".value())" : ")");
        }
        String writer = types.kind(type) == Kind.LIST
                ? "Fields.rows(\""
                        + Names.tag(((ListType) type).getElementType().getName()) + "\", " + name + ", "
                        + types.writer(((ListType) type).getElementType()) + ')'
                : switch (kind) {
                    case STRUCT -> name + "::write";
                    case ENUM -> "to -> to.writeString(" + name + ".value())";
                    case DECIMAL -> "to -> to.writeNumber(" + name + ')';
                    case TIME -> "to -> to.writeNumber(" + name + ".toEpochMilli())";
                    default -> "to -> to.writeString(String.valueOf(" + name + "))";
                };
        return ".field(\"" + tag + "\", " + writer + ')';
    }

    /** What an operation extends, and with which arguments. */
    private record Shape(String base, String arguments) {}

    private Shape shape(Method method, String nested) {
        if (method.isAction()) {
            return new Shape("ActionOperation<" + nested + '>', "ask");
        }
        Type result = method.parameters()
                .filter(Parameter::isOut)
                .map(Parameter::getType)
                .findFirst()
                .orElse(null);
        if (result == null) {
            return new Shape("Operation<@Nullable Void, " + nested + '>', "ask, ResponseReader.nothing()");
        }
        if (result instanceof ListType list) {
            String element = types.boxed(list.getElementType());
            String tag = '"' + Names.tag(list.getElementType().getName()) + '"';
            return Names.snake(method.getName()).equals("list")
                    ? new Shape(
                            "ListOperation<" + element + ", " + nested + '>', "ask, " + tag + ", " + element + "::read")
                    : new Shape(
                            "Operation<" + types.boxed(result) + ", " + nested + '>',
                            "ask, Fields.all(" + element + "::read)");
        }
        String one = types.boxed(result);
        return new Shape("Operation<" + one + ", " + nested + '>', "ask, Fields.one(" + one + "::read)");
    }

    private static boolean takes(Method method, String parameter) {
        return method.parameters()
                .anyMatch(each -> each.isIn() && Names.snake(each.getName()).equals(parameter));
    }
}
