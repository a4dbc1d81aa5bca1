package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The links that an answer has in full rather than as links: {@code follow=nics,disk_attachments.disk}.
 *
 * @param below what to follow of an entity, and of what that leads to
 */
record Follow(Map<String, Follow> below) {
    /** A link that the entities do not have; the engine answers it with an HTML page of status 500. */
    static final class UnknownLink extends Exception {
        private static final long serialVersionUID = 1;

        UnknownLink(String link) {
            super(link);
        }
    }

    static Follow parse(String text) {
        Follow root = new Follow(new LinkedHashMap<>());
        for (String chain : text.split(",", -1)) {
            Follow at = root;
            for (String link : chain.strip().split("\\.", -1)) {
                if (!link.isEmpty()) {
                    at = at.below.computeIfAbsent(link, missing -> new Follow(new LinkedHashMap<>()));
                }
            }
        }
        return root;
    }

    /** The entity with everything that is to be followed. */
    Entity apply(Entity entity, ResourceTree tree) throws UnknownLink {
        Entity result = entity;
        for (Map.Entry<String, Follow> link : below.entrySet()) {
            result = follow(result, link.getKey(), link.getValue(), tree);
        }
        return result;
    }

    private static Entity follow(Entity entity, String link, Follow further, ResourceTree tree) throws UnknownLink {
        String rel = link.replace("_", "");
        ResourceTree.Members members = tree.collection(entity.path() + "/" + rel);
        if (members != null) {
            List<Entity> inline = new ArrayList<>();
            for (Entity member : members.byId().values()) {
                inline.add(further.apply(member, tree));
            }
            return entity.with(link, new Value.Many(members.tag(), inline));
        }
        for (Value.Field field : entity.fields()) {
            if (field.name().equals(link) && field.value() instanceof Value.Ref(String path)) {
                Entity target = tree.entity(path);
                return target == null ? entity : entity.with(link, further.apply(target, tree));
            }
        }
        // A link that only some entities have, such as the host of a machine that is down, is no mistake.
        if (Inventory.OPTIONAL_LINKS.contains(entity.tag() + "." + link)) {
            return entity;
        }
        throw new UnknownLink(link);
    }
}
