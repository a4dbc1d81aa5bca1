package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The collections of an engine by their paths, such as {@code vms} or {@code vms/123/nics}. Collections come from a source
 * when they are first asked for, so that large clouds start as quickly as small ones. Thread-safe.
 */
final class ResourceTree {
    private final Source source;
    private final Map<String, Members> collections = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /** Where collections come from: invented data now, whatever follows the same rules later. */
    @FunctionalInterface
    interface Source {
        /** The collection at a path; null = there is none. The same answer every time. */
        @Nullable
        Members load(String path);
    }

    /** The entities of a collection by id, in the order in which they are listed, and the tag of each. Never changed. */
    record Members(String tag, Map<String, Entity> byId) {
        static Members of(String tag, Collection<Entity> entities) {
            Map<String, Entity> byId = new LinkedHashMap<>();
            for (Entity entity : entities) {
                byId.put(entity.id(), entity);
            }
            return new Members(tag, byId);
        }

        List<Entity> list() {
            return List.copyOf(byId.values());
        }
    }

    ResourceTree(Source source) {
        this.source = source;
    }

    /** Changes whenever anything in the tree does. */
    long version() {
        return version.get();
    }

    /** The collection at a path; null = there is none. */
    @Nullable
    Members collection(String path) {
        Members members = collections.get(path);
        if (members != null) {
            return members;
        }
        // Wrong paths are not remembered: there is no end of them.
        Members loaded = source.load(path);
        if (loaded == null) {
            return null;
        }
        Members earlier = collections.putIfAbsent(path, loaded);
        return earlier == null ? loaded : earlier;
    }

    /** The entity at a path such as {@code vms/123}; null = there is none. */
    @Nullable
    Entity entity(String path) {
        int slash = path.lastIndexOf('/');
        Members members = slash < 0 ? null : collection(path.substring(0, slash));
        return members == null ? null : members.byId.get(path.substring(slash + 1));
    }

    /** Puts an entity into the collection its path says, in place of one with the same id or at the end. */
    void put(Entity entity) {
        change(parent(entity.path()), byId -> {
            byId.put(entity.id(), entity);
            return byId;
        });
    }

    /** Takes an entity out. */
    void remove(String path) {
        change(parent(path), byId -> {
            byId.remove(path.substring(path.lastIndexOf('/') + 1));
            return byId;
        });
    }

    /** Makes a collection that the source does not know. */
    void add(String path, Members members) {
        collections.put(path, members);
        version.incrementAndGet();
    }

    private void change(String path, UnaryOperator<Map<String, Entity>> change) {
        Members before = collection(path);
        if (before == null) {
            throw new IllegalArgumentException("there is no collection " + path);
        }
        collections.computeIfPresent(
                path, (key, members) -> new Members(members.tag, change.apply(new LinkedHashMap<>(members.byId))));
        version.incrementAndGet();
    }

    private static String parent(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }
}
