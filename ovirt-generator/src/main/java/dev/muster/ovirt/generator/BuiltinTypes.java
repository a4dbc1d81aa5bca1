package dev.muster.ovirt.generator;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.ovirt.api.metamodel.concepts.Attribute;
import org.ovirt.api.metamodel.concepts.Method;
import org.ovirt.api.metamodel.concepts.Model;
import org.ovirt.api.metamodel.concepts.Name;
import org.ovirt.api.metamodel.concepts.NameParser;
import org.ovirt.api.metamodel.concepts.Parameter;
import org.ovirt.api.metamodel.concepts.Service;
import org.ovirt.api.metamodel.concepts.StructType;
import org.ovirt.api.metamodel.concepts.Type;

/** The three types that the engine speaks and the model leaves out: faults, grace periods and actions. */
final class BuiltinTypes {
    private final Model model;

    private BuiltinTypes(Model model) {
        this.model = model;
    }

    static void addTo(Model model) {
        BuiltinTypes types = new BuiltinTypes(model);
        StructType fault = types.type("Fault", "Why the engine refused or failed.");
        types.attribute(fault, "Reason", model.getStringType(), "What kind of failure it is.");
        types.attribute(fault, "Detail", model.getStringType(), "What is wrong, in the engine's words.");
        StructType grace = types.type("GracePeriod", "How long an action waits before it is forced.");
        types.attribute(grace, "Expiry", model.getIntegerType(), "Milliseconds.");
        types.action(fault, grace);
    }

    /** An action is what it is asked with and what it answers: the parameters of all actions together. */
    private void action(StructType fault, StructType grace) {
        StructType action = type("Action", "What an action was asked with, and what came of it.");
        action.setBase(model.getType(name("Identified")));
        attribute(
                action,
                "Status",
                model.getStringType(),
                "How far it is: `pending`, `in_progress`, `complete`, `failed`.");
        attribute(action, "Fault", fault, "Why it failed.");
        attribute(action, "GracePeriod", grace, "How long it waits before it is forced.");
        attribute(action, "Job", model.getType(name("Job")), "The job that carries it out.");
        TreeMap<Name, Parameter> parameters = new TreeMap<>();
        for (Service service : model.getServices()) {
            for (Method method : service.getMethods()) {
                if (method.isAction()) {
                    method.parameters().forEach(parameter -> parameters.putIfAbsent(parameter.getName(), parameter));
                }
            }
        }
        parameters.values().forEach(parameter -> add(action, parameter.getName(), parameter.getType(), null));
    }

    private StructType type(String name, String doc) {
        StructType type = new StructType();
        type.setName(name(name));
        type.setDoc(doc);
        type.setModule(model.getType(name("Identified")).getModule());
        model.addType(type);
        return type;
    }

    private void attribute(StructType type, String name, Type of, String doc) {
        add(type, name(name), of, doc);
    }

    private static void add(StructType type, Name name, Type of, @Nullable String doc) {
        Attribute attribute = new Attribute();
        attribute.setName(name);
        attribute.setType(of);
        attribute.setDoc(doc);
        attribute.setDeclaringType(type);
        type.addAttribute(attribute);
    }

    private static Name name(String text) {
        return NameParser.parseUsingCase(text);
    }
}
