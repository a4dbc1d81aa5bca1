package dev.muster.clouds.softlayer;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.ListRequest;
import dev.muster.core.Paging;
import dev.muster.core.Table;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A table's declaration in the service's words: columns name properties, by dots where they are of related objects, and the
 * mask is made of them. Not thread-safe.
 */
final class Declared {
    /** As many rows as slcli asks for; where a mask is too heavy for it, the wire asks for less. */
    private static final int PAGE = 100;

    /** What the service publishes. */
    static final int REQUESTS_A_SECOND = 50;

    private final Table.Builder table;
    private final String path;
    private final String order;
    private final Map<String, String> shown = new LinkedHashMap<>();
    private final Map<String, String> filtered = new HashMap<>();
    private final Map<String, ColumnType> types = new HashMap<>();

    private Filter filter = Filter.all();

    private Declared(String name, String description, String path, String order) {
        this.table = Table.named("softlayer_" + name, description);
        this.path = path;
        this.order = order;
    }

    /**
     * One with a row for each object of a relation of the account.
     *
     * @param relation as {@code virtualGuests}
     */
    static Declared ofAccount(String name, String description, String relation) {
        return new Declared(name, description, "/SoftLayer_Account/" + getter(relation) + ".json", relation + ".id");
    }

    /**
     * One with a row for everything that a service lists itself.
     *
     * @param order the property that tells the order
     */
    static Declared ofService(String name, String description, String service, String method, String order) {
        return new Declared(name, description, '/' + service + '/' + method + ".json", order);
    }

    /** One with a row for each object of a relation of each row of another table. */
    static Declared ofEach(
            String name, String description, Table parent, String column, String service, String relation) {
        Declared declared = new Declared(
                name, description, '/' + service + "/{" + column + "}/" + getter(relation) + ".json", relation + ".id");
        declared.table.each(parent, column);
        return declared;
    }

    /** The method that gets related objects. */
    static String getter(String relation) {
        return "get" + Character.toUpperCase(relation.charAt(0)) + relation.substring(1);
    }

    /** Only the rows of which a property meets an operation. */
    Declared where(String property, Operation operation) {
        filter = filter.and(property, operation);
        return this;
    }

    /** The service filters by these columns, of those declared by now. */
    Declared filtered(String... columns) {
        String root = order.substring(0, order.indexOf('.') + 1);
        for (String column : columns) {
            filtered.put(column, root + shown.get(column));
        }
        return this;
    }

    Declared key(String column, ColumnType type, String text, String property) {
        table.key(column, type, text, Column.at(pointer(property)));
        shown.put(column, property);
        types.put(column, type);
        return this;
    }

    Declared column(String column, ColumnType type, String text, String property) {
        return column(column, type, text, property, property);
    }

    /** A column of a list of related objects, of which {@code shown} says what is shown. */
    Declared column(String column, ColumnType type, String text, String property, String mask) {
        shown.put(column, mask);
        types.put(column, type);
        return column(column, type, text, Column.at(pointer(property)));
    }

    Declared column(String column, ColumnType type, String text, Column.Origin origin) {
        table.column(column, type, text, origin);
        return this;
    }

    /**
     * A column of related objects, on request: a light call for each row, or a heavier list.
     *
     * @param kind whose part it is
     */
    Declared part(MachineKind kind, String column, String text, String relation) {
        Mask mask = Objects.requireNonNull(kind.parts().get(relation), relation);
        String asked = relation + mask.bracketed();
        table.onRequest(
                column,
                ColumnType.JSON,
                text,
                Column.byCall(kind.part(relation), "").orInline("objectMask", asked, pointer(relation)));
        shown.put(column, asked);
        return this;
    }

    Table build() {
        return table.list(ListRequest.get("", path)
                        .paging(new Paging.Offset("resultLimit", "resultLimit", PAGE, "header:SoftLayer-Total-Items")))
                .narrowing(new MaskAndFilter(shown, filter, order, filtered, types))
                .perSecond(REQUESTS_A_SECOND)
                .build();
    }

    private static String pointer(String property) {
        return '/' + property.replace('.', '/');
    }
}
