package dev.muster.clouds.softlayer;

import dev.muster.core.Json;
import dev.muster.core.MusterException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object filter: which rows of a list come, and in which order. Properties are named from the service's type down, as
 * {@code virtualGuests.datacenter.name} for {@code SoftLayer_Account::getVirtualGuests}. Immutable.
 *
 * {@snippet :
 * Filter.where("virtualGuests.hostname", Operation.startsWith("web"))
 *         .and("virtualGuests.datacenter.name", Operation.in("dal05", "sng01"))
 *         .orderBy("virtualGuests.id");
 * }
 *
 * <p>The service ignores what it cannot read in a filter, and answers with all rows: hence every filter is checked here first.
 *
 * @see <a href="https://sldn.softlayer.com/article/object-filters/">Object filters</a>
 */
public final class Filter {
    private final Map<String, Object> root;

    Filter(Map<String, Object> root) {
        this.root = root;
    }

    /** Every row. */
    public static Filter all() {
        return new Filter(Map.of());
    }

    /** Rows of which a property meets an operation. */
    public static Filter where(String property, Operation operation) {
        return all().and(property, operation);
    }

    /** All rows, in the order of a property. */
    public static Filter ordered(String property) {
        return all().orderBy(property);
    }

    /**
     * A filter as JSON.
     *
     * @throws MusterException.Rejected if it is no JSON, or holds what the service would ignore
     */
    public static Filter parse(String json) {
        return new Filter(FilterReader.read(json));
    }

    /**
     * The same with a further property that must meet an operation.
     *
     * @throws MusterException.Rejected if the property is used already: the service takes one operation for each
     */
    public Filter and(String property, Operation operation) {
        return new Filter(with(root, property, property.split("\\.", -1), operation.leaf()));
    }

    /** The same, in ascending order of a property that is not filtered. Several orders count in the order given. */
    public Filter orderBy(String property) {
        return and(property, Operation.order(false, orders(root)));
    }

    /** The same, in descending order of a property that is not filtered. */
    public Filter orderByDescending(String property) {
        return and(property, Operation.order(true, orders(root)));
    }

    /** Whether it lets every row pass, in any order. */
    boolean isEmpty() {
        return root.isEmpty();
    }

    /** Whether it asks for an order. */
    public boolean isOrdered() {
        return orders(root) > 0;
    }

    /** Whether all that it says is about properties of this one. */
    boolean isBelow(String property) {
        return root.keySet().stream().allMatch(property::equals)
                && root.values().stream()
                        .noneMatch(value -> value instanceof Map<?, ?> leaf
                                && leaf.get(Operation.OPERATION) != null
                                && !(leaf.get(Operation.OPERATION) instanceof Map));
    }

    /** Whether a property has an operation. */
    public boolean has(String property) {
        Object at = root;
        for (String step : property.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at != null;
    }

    private static int orders(Map<?, ?> node) {
        if ("orderBy".equals(node.get(Operation.OPERATION))) {
            return 1;
        }
        int count = 0;
        for (Object below : node.values()) {
            count += below instanceof Map<?, ?> map ? orders(map) : 0;
        }
        return count;
    }

    private static Map<String, Object> with(Map<?, ?> node, String whole, String[] path, Map<String, Object> leaf) {
        String step = path[0];
        if (!step.matches("[A-Za-z][A-Za-z0-9_]*")) {
            throw new MusterException.Rejected(null, "object filter: '" + whole + "' is no property");
        }
        Object below = node.get(step);
        boolean leafBelow = below instanceof Map<?, ?> map
                && map.get(Operation.OPERATION) != null
                && !(map.get(Operation.OPERATION) instanceof Map);
        if (below != null && (path.length == 1 || leafBelow)) {
            throw new MusterException.Rejected(
                    null,
                    "object filter: '" + whole + "' has an operation already; the service takes one for each property,"
                            + " filter or order");
        }
        Map<String, Object> copy = new LinkedHashMap<>();
        node.forEach((name, value) -> copy.put(String.valueOf(name), value));
        copy.put(
                step,
                path.length == 1
                        ? leaf
                        : with(
                                below instanceof Map<?, ?> map ? map : Map.of(),
                                whole,
                                Arrays.copyOfRange(path, 1, path.length),
                                leaf));
        return copy;
    }

    /** As it is sent: JSON. */
    @Override
    public String toString() {
        return new String(Json.bytes(out -> Json.write(out, root)), StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Filter filter && filter.root.equals(root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }
}
