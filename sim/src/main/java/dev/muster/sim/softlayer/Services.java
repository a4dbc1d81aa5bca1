package dev.muster.sim.softlayer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Carries out calls on an account, whichever protocol they came by. */
final class Services {
    /** What some methods show where no mask asks for anything: slcli relies on it. */
    private static final Map<String, String> UNASKED = Map.of(
            "getHardDrives",
            "id,serialNumber,hardwareComponentModel.hardwareGenericComponentModel.capacity,"
                    + "hardwareComponentModel.hardwareGenericComponentModel.units,hardwareComponentModel.manufacturer,"
                    + "hardwareComponentModel.name");

    private final Account account;
    private final Quirks quirks;
    private final Indexes indexes = new Indexes();
    private final AtomicInteger calls = new AtomicInteger();

    /**
     * A call.
     *
     * @param steps after the service: ids and methods by turns, as {@code 365112, getNetworkComponents, 22222}
     * @param limit 0 = everything
     */
    record Question(
            String service,
            List<String> steps,
            List<?> parameters,
            @Nullable String mask,
            @Nullable Map<?, ?> filter,
            int offset,
            int limit,
            boolean types) {}

    /**
     * What it gave.
     *
     * @param total of a list, however little of it was asked for; -1 = it is no list
     * @param links how many related things were looked up for it
     */
    record Answer(@Nullable Object value, int total, int links) {
        int rows() {
            return value instanceof List<?> rows ? rows.size() : 0;
        }
    }

    Services(Account account, Quirks quirks) {
        this.account = account;
        this.quirks = quirks;
    }

    /**
     * Answers.
     *
     * @throws Fault as the service fails
     */
    Answer answer(Question question) {
        String service = question.service.startsWith("SoftLayer_") ? question.service : "SoftLayer_" + question.service;
        if (!account.hasService(service)) {
            throw new Fault(404, "SoftLayer_Exception_NotFound", "Service \"" + question.service + "\" does not exist");
        }
        Mask mask;
        try {
            String unasked = question.steps.isEmpty() ? null : UNASKED.get(question.steps.getLast());
            mask = Mask.parse(question.mask == null ? unasked : question.mask);
        } catch (IllegalArgumentException e) {
            throw new Fault(500, "SoftLayer_Exception_Public", "The object mask cannot be parsed: " + e.getMessage());
        }
        Object found = null;
        String relation = null;
        boolean root = true;
        for (String step : question.steps.isEmpty() ? List.of("getObject") : question.steps) {
            if (step.matches("\\d+")) {
                found = root ? object(service, Long.parseLong(step)) : element(found, Long.parseLong(step));
                relation = null;
            } else {
                relation = step.startsWith("get") ? step.substring(3) : step;
                found = method(service, found, "get" + upper(relation), question.parameters, root);
            }
            root = false;
        }
        if (question.steps.size() == 1 && relation == null) {
            found = method(service, found, "getObject", question.parameters, false);
        }
        return found instanceof List<?> list ? list(question, mask, list, relation) : one(question, mask, found);
    }

    private static String upper(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    private static String lower(String name) {
        return name.isEmpty() ? name : Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private Thing object(String service, long id) {
        Thing thing = account.find(service, id);
        if (thing == null) {
            throw noSuch(id);
        }
        return thing;
    }

    private static Fault noSuch(long id) {
        return new Fault(404, "SoftLayer_Exception_ObjectNotFound", "Unable to find object with id of '" + id + "'.");
    }

    private static Thing element(@Nullable Object among, long id) {
        if (among instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Thing thing && thing.id() == id) {
                    return thing;
                }
            }
        }
        throw noSuch(id);
    }

    private @Nullable Object method(
            String service, @Nullable Object target, String method, List<?> parameters, boolean root) {
        List<Thing> list = root ? account.list(service, method) : null;
        if (list != null) {
            return list;
        }
        if (root && service.equals("SoftLayer_Dns_Domain") && method.equals("getByDomainName")) {
            return account.root().list("domains").stream()
                    .filter(domain -> parameters.contains(domain.text("name")))
                    .toList();
        }
        Object on = root && service.equals(account.root().type) ? account.root() : target;
        if (!(on instanceof Thing thing)) {
            if (method.equals("getObject")) {
                throw new Fault(
                        500,
                        "SoftLayer_Exception_Public",
                        "Object does not exist to execute method on. (" + service + "::getObject)");
            }
            throw noMethod(method);
        }
        String property = lower(method.substring(3));
        if (method.equals("getObject")) {
            return thing;
        }
        Object value = thing.related.get(property);
        if (value == null && !account.knows(thing.type, property)) {
            throw noMethod(method);
        }
        return value;
    }

    private static Fault noMethod(String method) {
        return new Fault(
                500,
                "SoftLayer_Exception_Public",
                "Function (\"" + method + "\") is not a valid method for this service");
    }

    private Answer one(Question question, Mask mask, @Nullable Object found) {
        return new Answer(mask.of(found, question.types), -1, weighed(mask, found));
    }

    @SuppressWarnings("unchecked") // lists of an account hold things
    private Answer list(Question question, Mask mask, List<?> list, @Nullable String relation) {
        List<Thing> things = (List<Thing>) list;
        boolean ordered = false;
        if (question.filter != null) {
            // A relation's rows are filtered below its name; those of a service's own list at the root.
            boolean own = account.isOwnList(list);
            Object below = own ? question.filter : question.filter.get(lower(String.valueOf(relation)));
            if (below instanceof Map<?, ?> root) {
                Indexes.Found found = indexes.find(things, root);
                things = found.things();
                ordered = found.ordered();
            }
        }
        int total = things.size();
        if (quirks.unordered() && !ordered && things.size() > 1) {
            things = new ArrayList<>(things);
            Collections.rotate(things, calls.incrementAndGet() * 7);
        }
        int from = Math.min(Math.max(0, question.offset), total);
        int to = question.limit <= 0 ? total : (int) Math.min(total, (long) from + question.limit);
        List<Thing> page = things.subList(from, to);
        int links = weighed(mask, page);
        boolean bare = quirks.bareObjects() && question.limit == 1 && page.size() == 1;
        return new Answer(mask.of(bare ? page.getFirst() : page, question.types), total, links);
    }

    private int weighed(Mask mask, @Nullable Object value) {
        int links = value == null ? 0 : mask.relations(value);
        if (links > quirks.heaviest()) {
            throw quirks.errorsWith200()
                    ? new Fault(
                            200,
                            Fault.internal().code,
                            String.valueOf(Fault.internal().getMessage()))
                    : Fault.internal();
        }
        return links;
    }
}
