package dev.muster.clouds.softlayer;

import dev.muster.core.Call;
import dev.muster.core.Pending;
import dev.muster.core.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one machine. Its parts are declared once; they are asked for one by one, all at the same time, or in one
 * call with a mask of all of them, for which the service takes seconds where it takes fractions of one for each part.
 * Immutable and thread-safe.
 */
public final class Detail implements Call<Item> {

    /** How the parts are asked for. */
    public enum Way {
        /** Part by part, unless the machine is one of so many that their parts would take longer than the whole: see {@link #of}. */
        AUTO,
        /** A light call for each part, all at once: one round trip. */
        PARTS,
        /** One call for everything: one request. */
        WHOLE
    }

    /**
     * A kind of machine: what its own object shows, and the related objects that need calls of their own.
     *
     * @param own the mask of the object itself
     * @param parts masks of related objects, by relational property
     */
    record Kind(String service, Mask own, Map<String, Mask> parts) {
        /** The mask of everything. */
        Mask whole() {
            Mask whole = own;
            for (Map.Entry<String, Mask> part : parts.entrySet()) {
                whole = whole.and(part.getKey(), part.getValue());
            }
            return whole;
        }
    }

    private static final Mask COMPONENTS = Mask.of(
                    "id", "status", "speed", "maxSpeed", "name", "port", "macAddress", "primaryIpAddress")
            .and("primarySubnet", Mask.of("id", "netmask", "broadcastAddress", "networkIdentifier", "gateway"));
    private static final Mask SYSTEM = Mask.of("id")
            .and("softwareLicense.softwareDescription", Mask.of("manufacturer", "name", "version", "referenceCode"));
    private static final Mask BILLING = Mask.of("id", "recurringFee", "nextInvoiceTotalRecurringAmount")
            .and("orderItem.order.userRecord", Mask.of("username"));
    private static final Mask VLANS = Mask.of("id", "vlanNumber", "networkSpace", "name");
    private static final Mask TAGS = Mask.of("id").and("tag", Mask.of("id", "name"));
    private static final Mask TRANSACTION = Mask.of("id").and("transactionStatus", Mask.of("name", "friendlyName"));

    static final Kind HARDWARE = new Kind(
            "SoftLayer_Hardware_Server",
            Mask.of(
                    "id",
                    "globalIdentifier",
                    "fullyQualifiedDomainName",
                    "hostname",
                    "domain",
                    "provisionDate",
                    "bareMetalInstanceFlag",
                    "notes",
                    "processorPhysicalCoreAmount",
                    "memoryCapacity",
                    "privateNetworkOnlyFlag",
                    "primaryBackendIpAddress",
                    "primaryIpAddress",
                    "networkManagementIpAddress",
                    "hardwareStatus.status",
                    "datacenter.name"),
            parts(
                    "networkComponents", COMPONENTS,
                    "activeComponents",
                            Mask.of("id")
                                    .and(
                                            "hardwareComponentModel",
                                            Mask.of("longDescription")
                                                    .and(
                                                            "hardwareGenericComponentModel.hardwareComponentType",
                                                            Mask.of("keyName"))),
                    "activeTransaction", TRANSACTION,
                    "operatingSystem", SYSTEM,
                    "billingItem", BILLING,
                    "tagReferences", TAGS,
                    "networkVlans", VLANS,
                    "remoteManagementAccounts", Mask.of("username"),
                    "hardwareChassis", Mask.of("id", "name")));

    static final Kind VIRTUAL_GUEST = new Kind(
            "SoftLayer_Virtual_Guest",
            Mask.of(
                    "id",
                    "globalIdentifier",
                    "fullyQualifiedDomainName",
                    "hostname",
                    "domain",
                    "createDate",
                    "modifyDate",
                    "provisionDate",
                    "notes",
                    "dedicatedAccountHostOnlyFlag",
                    "privateNetworkOnlyFlag",
                    "primaryBackendIpAddress",
                    "primaryIpAddress",
                    "maxCpu",
                    "maxMemory",
                    "hourlyBillingFlag",
                    "status.name",
                    "powerState.name",
                    "datacenter.name"),
            parts(
                    "networkComponents", COMPONENTS,
                    "blockDevices", Mask.of("id", "device", "mountType"),
                    "activeTransaction", TRANSACTION,
                    "operatingSystem", SYSTEM,
                    "billingItem", BILLING,
                    "tagReferences", TAGS,
                    "networkVlans", VLANS));

    /** What the service allows in a second: more parts than this at once would wait for each other. */
    private static final int REQUESTS_A_SECOND = 50;

    private final SoftLayer cloud;
    private final Kind kind;
    private final long id;
    private final Way way;

    Detail(SoftLayer cloud, Kind kind, long id, Way way) {
        this.cloud = cloud;
        this.kind = kind;
        this.id = id;
        this.way = way;
    }

    private static Map<String, Mask> parts(Object... namesAndMasks) {
        Map<String, Mask> parts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndMasks.length; i += 2) {
            parts.put((String) namesAndMasks[i], (Mask) namesAndMasks[i + 1]);
        }
        return parts;
    }

    /** The same, asked for in this way. */
    public Detail by(Way other) {
        return new Detail(cloud, kind, id, other);
    }

    /** The same as one of so many machines that are asked for together. */
    public Detail of(int machines) {
        boolean many = (long) machines * (1 + kind.parts.size()) > REQUESTS_A_SECOND;
        return way == Way.AUTO ? by(many ? Way.WHOLE : Way.PARTS) : this;
    }

    @Override
    public Pending<Item> start() {
        return way == Way.WHOLE
                ? object(kind.whole()).start()
                : Call.composed(this::together).start();
    }

    private Call<Item> object(Mask mask) {
        return cloud.call(kind.service, "getObject").id(id).mask(mask).item().map(item -> {
            Map<String, @Nullable Object> properties = new LinkedHashMap<>();
            item.properties().forEach((name, value) -> properties.put(name, inOrder(value)));
            return new Item(properties);
        });
    }

    /** The service gives related objects in any order: here they are in that of their ids. */
    private static @Nullable Object inOrder(@Nullable Object value) {
        if (!(value instanceof List<?> list)
                || !list.stream().allMatch(one -> one instanceof Map<?, ?> map && map.get("id") instanceof Long)) {
            return value;
        }
        return list.stream()
                .sorted(Comparator.comparing(one -> (Long) ((Map<?, ?>) one).get("id")))
                .toList();
    }

    private Item together() {
        try (Scope scope = Scope.failFast()) {
            Pending<Item> own = scope.start(object(kind.own));
            Map<String, Pending<@Nullable Object>> parts = new LinkedHashMap<>();
            kind.parts.forEach((name, mask) -> parts.put(name, scope.start(part(name, mask))));
            scope.join();
            Map<String, @Nullable Object> whole = new LinkedHashMap<>(own.join().properties());
            parts.forEach((name, part) -> {
                Object value = part.join();
                if (value != null) {
                    whole.put(name, value);
                }
            });
            return new Item(whole);
        }
    }

    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    private Call<@Nullable Object> part(String name, Mask mask) {
        return cloud.call(kind.service, "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1))
                .id(id)
                .mask(mask)
                .value()
                .map(Detail::inOrder);
    }

    /** Details of many machines of one kind, in their order, in the way that takes least time within the service's limit. */
    public static Call<List<Item>> all(List<Detail> details) {
        return Call.composed(() -> {
            try (Scope scope = Scope.failFast()) {
                List<Pending<Item>> coming = new ArrayList<>();
                details.forEach(detail -> coming.add(scope.start(detail.of(details.size()))));
                scope.join();
                return coming.stream().map(Pending::join).toList();
            }
        });
    }

    @Override
    public String toString() {
        return kind.service + " " + id;
    }
}
