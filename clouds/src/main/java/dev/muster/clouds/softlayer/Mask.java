package dev.muster.clouds.softlayer;

import dev.muster.core.MusterException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.regex.Pattern;

/**
 * An object mask: which properties an answer shows. Naming an own property of an object restricts it to those that are named;
 * a relational property, as {@code datacenter}, comes only where it is named. Immutable.
 *
 * {@snippet :
 * Mask.of("id", "hostname", "datacenter.name").and("networkComponents", Mask.of("name", "primaryIpAddress"))
 * // mask[id,hostname,datacenter.name,networkComponents[name,primaryIpAddress]]
 * }
 *
 * @see <a href="https://sldn.softlayer.com/article/object-masks/">Object masks</a>
 */
public final class Mask {
    private static final Pattern PATH = Pattern.compile("[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*");

    private final String head;
    private final SequencedSet<String> items;

    private Mask(String head, SequencedSet<String> items) {
        this.head = head;
        this.items = items;
    }

    /**
     * The properties of these names; of related objects by dots, as {@code datacenter.name}.
     *
     * @throws MusterException.Rejected if one is no name
     */
    public static Mask of(String... properties) {
        SequencedSet<String> items = new LinkedHashSet<>();
        for (String property : properties) {
            items.add(checked(property));
        }
        return new Mask("mask", items);
    }

    /**
     * A mask as the service's documents write it; a bare list of properties is one as well.
     *
     * @throws MusterException.Rejected if it does not follow the grammar: the service would fail, or ignore it
     */
    public static Mask parse(String text) {
        MaskReader reader = new MaskReader(text);
        List<String> items = reader.read();
        return new Mask(reader.bare() ? "mask" : "", new LinkedHashSet<>(items));
    }

    /** The same with a related object, of which these properties are shown. */
    public Mask and(String relation, Mask inside) {
        SequencedSet<String> more = new LinkedHashSet<>(items);
        more.add(checked(relation) + inside.bracketed());
        return new Mask(head, more);
    }

    /** The same for objects that are of this type, as {@code SoftLayer_Hardware_Server} among hardware. */
    public Mask as(String type) {
        return new Mask("mask(" + checked(type) + ")", items);
    }

    /** The same, with the call's filter applied to related objects as well. */
    public Mask filtered() {
        return new Mask("filteredMask", items);
    }

    private static String checked(String property) {
        if (!PATH.matcher(property).matches()) {
            throw new MusterException.Rejected(null, "object mask: '" + property + "' is no property");
        }
        return property;
    }

    /** How many related objects it reaches into, at all levels: those that it names inside, and behind dots. */
    int relations() {
        return (int) String.join(",", items)
                .chars()
                .filter(c -> c == '[' || c == '.')
                .count();
    }

    /** As it stands behind a related object. */
    String bracketed() {
        String text = toString();
        return text.startsWith("mask[") ? text.substring("mask".length()) : '[' + text + ']';
    }

    /** As it is sent. */
    @Override
    public String toString() {
        String list = String.join(",", items);
        return head.isEmpty() ? list : head + '[' + list + ']';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && mask.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /** Several masks as one, each keeping its own type. */
    static Mask all(List<Mask> masks) {
        List<String> texts = new ArrayList<>();
        masks.forEach(mask -> texts.add(mask.toString()));
        return new Mask("", new LinkedHashSet<>(List.of('[' + String.join(",", texts) + ']')));
    }
}
