package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;

/** A way of writing values down. Implementations are stateless. */
sealed interface Format permits JsonFormat, XmlFormat {
    /** Where all paths of the API begin. */
    String ROOT = "/ovirt-engine/api";

    String contentType();

    /** A document of one value, such as an entity or a fault. */
    byte[] document(String tag, Value value);

    /** A document of many entities of one kind. */
    byte[] collection(String tag, List<Entity> entities);

    /** A way from an entity to another path. */
    record Link(String rel, String href) {}

    /** What can be done to an entity. */
    static List<Link> actions(Entity entity) {
        Model.Service service = Model.official().at(entity.path());
        return service == null
                ? List.of()
                : links(entity.path(), service.actions().keySet());
    }

    /** What is below an entity; the root also tells how to search. */
    static List<Link> links(Entity entity) {
        Model model = Model.official();
        Model.Service service = model.at(entity.path());
        if (service == null) {
            return List.of();
        }
        List<Link> links = links(entity.path(), model.collections(service));
        if (entity.path().isEmpty()) {
            for (Link link : List.copyOf(links)) {
                if (model.searchable(link.rel)) {
                    links.add(new Link(link.rel + "/search", link.href + "?search={query}"));
                }
            }
        }
        return links;
    }

    private static List<Link> links(String path, Iterable<String> segments) {
        String parent = path.isEmpty() ? ROOT : ROOT + "/" + path;
        List<Link> links = new ArrayList<>();
        for (String segment : segments) {
            links.add(new Link(segment, parent + "/" + segment));
        }
        return links;
    }
}
