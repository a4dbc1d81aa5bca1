package dev.muster.sim.softlayer;

import dev.muster.sim.internal.Invented;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One invented account with everything in it, consistent in itself. Never changed once built. */
final class Account {
    static final int ID = 278_444;

    /** The moment the account is seen at. */
    static final Instant NOW = Instant.ofEpochMilli(Invented.EPOCH_MILLIS);

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private final Thing root;
    /** Lists that a service gives without an id, by service and method. */
    private final Map<String, List<Thing>> lists = new HashMap<>();
    /** The relational properties of each type. */
    private final Map<String, Set<String>> relations = new HashMap<>();
    /** Everything that has an id, by the service that its type is. */
    private final Map<String, Map<Long, Thing>> services = new LinkedHashMap<>();

    Account(Invented invented, int size) {
        List<Thing> tags = new ArrayList<>();
        for (String name : List.of("production", "staging", "billing", "gpu")) {
            Thing tag = Thing.of("Tag", "id", 500 + tags.size(), "accountId", ID, "name", name);
            tags.add(Thing.of("Tag_Reference", "id", 5_000 + tags.size(), "tagId", tag.id())
                    .with("tag", tag));
        }
        List<Thing> users = new ArrayList<>();
        for (int i = 0; i < Math.max(3, size / 25); i++) {
            users.add(user(i));
        }
        Networks networks = new Networks(invented, tags, Math.max(4, size / 10));
        Machines machines = new Machines(invented, networks, tags, users, size);
        Storages storages = new Storages(invented, networks, machines, size);
        Papers papers = new Papers(invented, networks, machines, users, size);
        users.forEach(user -> user.with("hardware", machines.hardware, "virtualGuests", machines.guests));
        networks.gateways.forEach(gateway -> gateway.with(
                "members",
                List.of(Thing.of("Network_Gateway_Member", "id", gateway.id() + 1)
                        .with("hardware", machines.hardware.getFirst()))));
        List<Thing> images = new ArrayList<>(storages.privateImages);
        images.addAll(storages.publicImages);
        root = Thing.of(
                        "Account",
                        "id",
                        ID,
                        "companyName",
                        "Example Ltd",
                        "email",
                        "ops@example.com",
                        "firstName",
                        "Ada",
                        "lastName",
                        "Example",
                        "accountStatusId",
                        1001,
                        "brandId",
                        2,
                        "createDate",
                        date(400L * 86_400))
                .with(
                        "virtualGuests",
                        machines.guests,
                        "hardware",
                        machines.hardware,
                        "networkVlans",
                        networks.vlans,
                        "subnets",
                        networks.subnets,
                        "iscsiNetworkStorage",
                        storages.block,
                        "nasNetworkStorage",
                        storages.file,
                        "blockDeviceTemplateGroups",
                        images,
                        "privateBlockDeviceTemplateGroups",
                        storages.privateImages,
                        "bandwidthAllotments",
                        papers.pools,
                        "securityGroups",
                        papers.securityGroups,
                        "globalIpRecords",
                        papers.globalIps,
                        "domains",
                        papers.domains,
                        "sshKeys",
                        papers.sshKeys,
                        "users",
                        users,
                        "tickets",
                        papers.tickets,
                        "openTickets",
                        status(papers.tickets, "Open"),
                        "closedTickets",
                        status(papers.tickets, "Closed"),
                        "invoices",
                        papers.invoices,
                        "datacentersWithSubnetAllocations",
                        networks.datacenters,
                        "networkGateways",
                        networks.gateways,
                        "applicationDeliveryControllers",
                        List.of(),
                        "adcLoadBalancers",
                        List.of());
        services.put(root.type, new LinkedHashMap<>(Map.of((long) ID, root)));
        for (List<Thing> things : List.of(
                machines.guests,
                machines.hardware,
                networks.vlans,
                networks.subnets,
                networks.datacenters,
                networks.firewalls,
                networks.gateways,
                storages.block,
                storages.file,
                images,
                papers.pools,
                papers.securityGroups,
                papers.globalIps,
                papers.domains,
                papers.sshKeys,
                papers.loadBalancers,
                papers.tickets,
                papers.invoices,
                users)) {
            things.forEach(this::register);
        }
        papers.domains.forEach(domain -> domain.list("resourceRecords").forEach(this::register));
        alias("SoftLayer_Hardware", "SoftLayer_Hardware_Server");
        alias("SoftLayer_Location_Datacenter", "SoftLayer_Location");
        list("SoftLayer_Location_Datacenter", "getDatacenters", networks.datacenters);
        list("SoftLayer_Network_Pod", "getAllObjects", networks.pods);
        list("SoftLayer_Network_SecurityGroup", "getAllObjects", papers.securityGroups);
        list("SoftLayer_Network_LBaaS_LoadBalancer", "getAllObjects", papers.loadBalancers);
        list("SoftLayer_Event_Log", "getAllObjects", papers.events);
        list("SoftLayer_Virtual_Guest_Block_Device_Template_Group", "getPublicImages", storages.publicImages);
    }

    private static Thing user(int i) {
        return Thing.of(
                        "User_Customer",
                        "id",
                        140_000 + i,
                        "accountId",
                        ID,
                        "username",
                        "SL" + ID + (i == 0 ? "" : "-" + i),
                        "firstName",
                        "Person",
                        "lastName",
                        "No" + (i + 1),
                        "displayName",
                        "person" + (i + 1),
                        "email",
                        "person" + (i + 1) + "@example.com",
                        "createDate",
                        date(86_400L * (i + 30)),
                        "statusDate",
                        date(86_400L * (i + 1)),
                        "userStatusId",
                        1001,
                        "timezoneId",
                        113,
                        "isMasterUserFlag",
                        i == 0)
                .with(
                        "userStatus",
                        Thing.of("User_Customer_Status", "id", 1001, "keyName", "ACTIVE", "name", "Active"),
                        "roles",
                        List.of(),
                        "externalBindings",
                        i % 2 == 0 ? List.of(Thing.of("User_External_Binding", "id", 900 + i)) : List.of(),
                        "apiAuthenticationKeys",
                        i % 3 == 0 ? List.of(Thing.of("User_Customer_ApiAuthentication", "id", 950 + i)) : List.of());
    }

    private static List<Thing> status(List<Thing> tickets, String status) {
        return tickets.stream()
                .filter(ticket -> ticket.one("status").text("name").equals(status))
                .toList();
    }

    /** A date so many seconds before the present, as the service writes it. */
    static String date(long secondsAgo) {
        return DATE.format(OffsetDateTime.ofInstant(NOW.minusSeconds(secondsAgo), ZoneOffset.ofHours(-6)));
    }

    private void register(Thing thing) {
        services.computeIfAbsent(thing.type, type -> new LinkedHashMap<>()).put(thing.id(), thing);
        relations.computeIfAbsent(thing.type, type -> new HashSet<>()).addAll(thing.related.keySet());
    }

    private void alias(String name, String type) {
        services.put(name, services.getOrDefault(type, Map.of()));
    }

    private void list(String service, String method, List<Thing> things) {
        services.computeIfAbsent(service, type -> new LinkedHashMap<>());
        lists.put(service + "::" + method, things);
    }

    Thing root() {
        return root;
    }

    boolean hasService(String service) {
        return services.containsKey(service);
    }

    /** Every service there is, with its things. */
    Map<String, Map<Long, Thing>> services() {
        return services;
    }

    @Nullable
    Thing find(String service, long id) {
        return services.getOrDefault(service, Map.of()).get(id);
    }

    /** Whether some thing of this type has this relational property. */
    boolean knows(String type, String property) {
        return relations.getOrDefault(type, Set.of()).contains(property);
    }

    /** Whether this is one of the lists that services give without an id. */
    @SuppressWarnings("ReferenceEquality") // the very list: another may hold the same
    boolean isOwnList(List<?> list) {
        return lists.values().stream().anyMatch(one -> one == list);
    }

    @Nullable
    List<Thing> list(String service, String method) {
        return lists.get(service + "::" + method);
    }
}
