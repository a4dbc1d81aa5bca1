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

    /** What an answer took: the engine asks itself for each link of each row. */
    static final class Work {
        int rows;
        int links;
    }

    /** The entity with everything that is to be followed. */
    Entity apply(Entity entity, ResourceTree tree, Work work) throws UnknownLink {
        Entity result = entity;
        for (Map.Entry<String, Follow> link : below.entrySet()) {
            work.links++;
            result = follow(result, link.getKey(), link.getValue(), tree, work);
        }
        return result;
    }

    private static Entity follow(Entity entity, String link, Follow further, ResourceTree tree, Work work)
            throws UnknownLink {
        ResourceTree.Members members = tree.collection(entity.path() + "/" + link.replace("_", ""));
        if (members != null) {
            List<Entity> inline = new ArrayList<>();
            for (Entity member : members.byId().values()) {
                inline.add(further.apply(member, tree, work));
            }
            work.rows += inline.size();
            return entity.with(link, new Value.Many(members.tag(), inline));
        }
        for (Value.Field field : entity.fields()) {
            if (field.name().equals(link) && field.value() instanceof Value.Ref(String path)) {
                Entity target = tree.entity(path);
                return target == null ? entity : entity.with(link, further.apply(target, tree, work));
            }
        }
        // A link that only some entities have, such as the host of a machine that is down, is no mistake.
        Model.Type type = Model.official().type(entity.tag());
        Model.Member member = type == null ? null : type.members().get(link);
        if (member != null && member.kind().struct() != null) {
            return entity;
        }
        throw new UnknownLink(link);
    }
}
