package dev.muster.sim.ovirt;

import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The collections of an engine by their paths, such as {@code vms} or {@code vms/123/nics}: all that the model has.
 * They come from a source when they are first asked for, so that large clouds start as quickly as small ones; those that the
 * source does not know are empty, or show what belongs to their parent of the collection at the root, as
 * {@code datacenters/123/networks} does. Thread-safe.
 */
final class ResourceTree {
    /** Kinds that are assigned to others one by one: what is below those others is said there. */
    private static final Set<String> ASSIGNED = Set.of("affinity_label", "permission", "role", "tag");

    /** Kinds that are attached to these parents, though each names one. */
    private static final Set<String> ATTACHED = Set.of("network cluster", "storage_domain data_center");

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
        int slash = path.lastIndexOf('/');
        Entity parent = null;
        if (slash > 0) {
            String above = path.substring(0, slash);
            parent = entity(above);
            if (parent == null) {
                return null;
            }
            if (!parent.path().equals(above)) {
                return collection(parent.path() + path.substring(slash));
            }
        }
        // Wrong paths are not remembered: there is no end of them.
        String tag = Model.official().members(path);
        if (tag == null) {
            return null;
        }
        Members loaded = source.load(path);
        if (loaded == null) {
            String by = parent == null ? null : viewedBy(tag, parent);
            if (parent != null && by != null) {
                return view(tag, by, parent.id());
            }
            loaded = Members.of(tag, List.of());
        }
        Members earlier = collections.putIfAbsent(path, loaded);
        return earlier == null ? loaded : earlier;
    }

    /**
     * The member by which entities of a kind, all of which are in one collection at the root, say that they belong to this
     * parent; null = what is below the parent is a collection of its own.
     */
    static @Nullable String viewedBy(String tag, Entity parent) {
        Model model = Model.official();
        Model.Type type = model.type(tag);
        Model.Type of = model.type(parent.tag());
        if (model.home(tag) == null
                || ASSIGNED.contains(tag)
                || ATTACHED.contains(tag + " " + parent.tag())
                || type == null
                || of == null) {
            return null;
        }
        // Disks can be on several storage domains. Other lists of this sort are kept on both sides.
        if (tag.equals("disk") && parent.tag().equals("storage_domain")) {
            return of.plural();
        }
        Model.Member one = type.members().get(parent.tag());
        return one != null && parent.tag().equals(one.kind().struct()) ? one.name() : null;
    }

    private Members view(String tag, String by, String parent) {
        Members home = collection(String.valueOf(Model.official().home(tag)));
        List<Entity> found = new ArrayList<>();
        for (Entity entity : home == null ? List.<Entity>of() : home.list()) {
            boolean belongs = switch (entity.value(by)) {
                case Value.Ref ref -> ref.id().equals(parent);
                case Value.Many many ->
                    many.values().stream()
                            .anyMatch(each ->
                                    each instanceof Value.Ref ref && ref.id().equals(parent));
                case null, default -> false;
            };
            if (belongs) {
                found.add(entity);
            }
        }
        return Members.of(tag, found);
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

    /** Puts an entity before all others of its collection. */
    void putFirst(Entity entity) {
        change(parent(entity.path()), byId -> {
            byId.putFirst(entity.id(), entity);
            return byId;
        });
    }

    /** Takes out the last of a collection until it has no more than so many. */
    void keep(String path, int most) {
        Members members = collection(path);
        if (members != null && members.byId.size() > most) {
            members.list().subList(most, members.byId.size()).forEach(entity -> remove(entity.path()));
        }
    }

    /** Takes an entity out, and what is below it. */
    void remove(String path) {
        change(parent(path), byId -> {
            byId.remove(path.substring(path.lastIndexOf('/') + 1));
            return byId;
        });
        collections.keySet().removeIf(below -> below.startsWith(path + "/"));
    }

    /** Whether a collection has its own entities, rather than showing those of the collection at the root. */
    boolean owns(String path) {
        return collection(path) != null && collections.containsKey(path);
    }

    /** The path of a collection as it is known to its own entities: {@code clusters/2/networks}, wherever cluster 2 was seen. */
    String canonical(String path) {
        int slash = path.lastIndexOf('/');
        Entity parent = slash < 0 ? null : entity(path.substring(0, slash));
        return parent == null ? path : parent.path() + path.substring(slash);
    }

    /** Makes a collection that the source does not know. */
    void add(String path, Members members) {
        collections.put(path, members);
        version.incrementAndGet();
    }

    private void change(String path, UnaryOperator<SequencedMap<String, Entity>> change) {
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
