package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Goes through all that the model has, from the root, as deep as it goes. What is empty is filled on the way. */
class EveryServiceTest {
    private static final Model MODEL = Model.official();

    private static final Engine ENGINE = new Engine(SimOptions.defaults().vms(20));

    /** How many members of each collection are looked into: not all of them have the same below. */
    private static final int MEMBERS = 3;

    private final Map<String, Integer> visited = new HashMap<>();
    private final Set<String> empty = new HashSet<>();
    private final Set<String> reached = new HashSet<>();
    private final Set<String> listed = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private final Deque<String> paths = new ArrayDeque<>(List.of(""));

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    @Test
    void allServicesOfTheModelAreServedAndAllListsAreWellFormedInBothForms() throws Exception {
        while (!paths.isEmpty()) {
            String path = paths.remove();
            Model.Service service = MODEL.at(path);
            int visits = visited.merge(service.name(), 1, Integer::sum);
            if (reached.add(service.name()) || (visits <= MEMBERS && isIncomplete(service))) {
                below(path, service);
            }
        }
        empty.forEach(this::knock);
        assertThat(wrong).isEmpty();
        // All but the annotation and the mix-in that only look like services; eight are there to inherit from.
        assertThat(MODEL.services()).hasSize(290 - 2);
        assertThat(MODEL.services().stream().filter(name -> !reached.contains(name)))
                .containsExactlyInAnyOrder(
                        "copyable",
                        "external_provider",
                        "measurable",
                        "moveable",
                        "template_disk",
                        "template_disks",
                        "vm_disk",
                        "vm_disks");
        long lists = reached.stream()
                .filter(name -> MODEL.service(name).lists() != null)
                .count();
        long operations = MODEL.services().stream()
                .map(MODEL::service)
                .mapToLong(service ->
                        service.operations().size() + service.actions().size())
                .sum();
        assertThat(operations).isEqualTo(648);
        assertThat(listed).hasSize(Math.toIntExact(lists)).hasSizeGreaterThan(130);
    }

    /** Whether a collection below has not shown a member yet: another one of the same kind may. */
    private boolean isIncomplete(Model.Service service) {
        return service.below().values().stream()
                .map(name -> MODEL.service(name).member())
                .anyMatch(member -> member != null && !reached.contains(member));
    }

    /** Where nothing is and nothing can be added, members are served as not being there. */
    private void knock(String path) {
        Model.Service service = MODEL.at(path + "/none");
        if (service != null && reached.add(service.name())) {
            assertThat(ENGINE.send("GET", path + "/none", Engine.JSON, "").statusCode())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private void below(String path, Model.Service service) throws Exception {
        if (service.operations().containsKey("get")) {
            check(path);
        }
        for (String segment : service.below().keySet()) {
            String next = path.isEmpty() ? segment : path + "/" + segment;
            Model.Service collection = MODEL.at(next);
            paths.add(next);
            if (collection.lists() != null) {
                list(next, collection);
            } else if (segment.equals("options")) {
                paths.add("options/MaxNumOfVmCpus");
            }
        }
    }

    private void list(String path, Model.Service service) throws Exception {
        boolean fresh = listed.add(service.name());
        String member = member(path, service);
        if (member == null) {
            empty.add(path);
        }
        if (fresh && member == null && service.operations().containsKey("add")) {
            add(path, service);
        }
        check(path);
        if (service.member() == null) {
            return;
        }
        List<String> some = Engine.column(ENGINE.get(path), service.lists(), "id");
        some.stream().limit(MEMBERS).forEach(id -> paths.add(path + "/" + id));
    }

    /** Goes on where something is wrong, so that a failure tells all. */
    private void check(String path) throws Exception {
        try {
            document(path);
        } catch (AssertionError e) {
            wrong.add(e.getMessage());
        }
    }

    private static String member(String path, Model.Service service) {
        return ENGINE.get(path).get(service.lists() + ".0.id");
    }

    /** Adds something of which no more is known than what must be given. */
    private void add(String path, Model.Service service) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("name", "new", "description", "new"));
        List<List<String>> needs = service.operations().get("add").needs();
        for (String need : needs.isEmpty() ? List.<String>of() : needs.getFirst()) {
            give(body, need.replaceFirst("\\|.*", "").split("\\.", -1), 0, service.lists());
        }
        String json = new String(Json.bytes(body), StandardCharsets.UTF_8);
        HttpResponse<String> added = ENGINE.send("POST", path, Engine.JSON, json);
        if (added.statusCode() != 201 && added.statusCode() != 202) {
            wrong.add("POST " + path + " " + json + ": " + added.statusCode() + " " + added.body());
        }
    }

    private static void give(Map<String, Object> body, String[] path, int at, String tag) {
        Model.Kind kind = MODEL.type(tag).members().get(path[at]).kind();
        String home = MODEL.home(tag);
        if (path[at].equals("id") || (at > 0 && home != null && path[at].equals("name"))) {
            String there = home == null ? null : member(home, MODEL.at(home));
            body.put("id", there == null ? "new" : there);
        } else if (kind.struct() != null) {
            Map<String, Object> part = new LinkedHashMap<>();
            if (at + 1 < path.length) {
                give(part, path, at + 1, kind.struct());
            } else {
                String of = MODEL.home(kind.struct());
                part.put(kind.struct(), Map.of("id", of == null ? "new" : member(of, MODEL.at(of))));
            }
            body.put(path[at], part);
        } else if (kind.enumeration() != null) {
            body.put(path[at], MODEL.values(kind.enumeration()).iterator().next());
        } else {
            body.put(path[at], kind.name().equals("flag") ? "true" : "1");
        }
    }

    private static void document(String path) throws Exception {
        HttpResponse<String> json = ENGINE.send("GET", path, Engine.JSON, "");
        assertThat(json.statusCode()).as(path).isEqualTo(200);
        Map<String, String> texts = Json.texts(json.body().getBytes(StandardCharsets.UTF_8));
        HttpResponse<String> xml = ENGINE.send("GET", path, Engine.XML, "");
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml.body())));
        Element root = document.getDocumentElement();
        String tag = MODEL.members(path);
        String type = tag == null ? root.getTagName() : tag;
        if (tag == null) {
            checkOrder(path, root, type);
            texts.forEach((name, text) -> checkName(path, name, name.split("\\.", -1), 0, type, text));
        } else {
            assertThat(root.getTagName()).isEqualTo(MODEL.type(tag).plural());
            for (Node node = root.getFirstChild(); node != null; node = node.getNextSibling()) {
                checkOrder(path, (Element) node, tag);
            }
            texts.forEach((name, text) -> checkName(path, name, name.split("\\.", -1), 2, tag, text));
        }
    }

    /** Everything that is said is in the model, and enumerations have the values they may have. */
    private static void checkName(String path, String name, String[] parts, int at, String tag, String text) {
        Set<String> everywhere = Set.of("id", "href", "link", "actions");
        if (at >= parts.length || everywhere.contains(parts[at])) {
            return;
        }
        Model.Member member = MODEL.type(tag).members().get(parts[at]);
        assertThat(member)
                .as(path + " says " + name + ", which the model does not have")
                .isNotNull();
        int next = at + 1;
        if (member.kind().each() != null) {
            assertThat(parts[next])
                    .as(path + " " + name)
                    .isEqualTo(member.kind().each());
            next += 2;
        }
        if (member.kind().struct() != null) {
            checkName(path, name, parts, next, member.kind().struct(), text);
        } else if (member.kind().enumeration() != null) {
            assertThat(MODEL.values(member.kind().enumeration()))
                    .as(path + " " + name)
                    .contains(text);
        }
    }

    /** The schema is strict about the order of elements. */
    private static void checkOrder(String path, Element element, String tag) {
        Model.Type type = MODEL.type(tag);
        int last = -1;
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (!(node instanceof Element child)
                    || child.getTagName().equals("link")
                    || child.getTagName().equals("actions")) {
                continue;
            }
            Model.Member member = type.members().get(child.getTagName());
            assertThat(member)
                    .as(path + ": " + child.getTagName() + " in " + tag)
                    .isNotNull();
            assertThat(member.order()).as(path + ": " + child.getTagName()).isGreaterThan(last);
            last = member.order();
            if (member.kind().struct() != null && member.kind().each() == null) {
                checkOrder(path, child, member.kind().struct());
            }
        }
    }
}
