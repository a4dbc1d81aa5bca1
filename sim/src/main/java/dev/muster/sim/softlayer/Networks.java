package dev.muster.sim.softlayer;

import dev.muster.sim.internal.Invented;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places, routers, VLANs and their subnets. Machines take their addresses from here. */
final class Networks {
    private static final String[][] PLACES = {
        {"dal05", "Dallas 5"},
        {"dal13", "Dallas 13"},
        {"wdc07", "Washington 7"},
        {"sng01", "Singapore 1"},
        {"fra02", "Frankfurt 2"},
        {"lon04", "London 4"}
    };

    final List<Thing> datacenters = new ArrayList<>();
    final List<Thing> pods = new ArrayList<>();
    final List<Thing> vlans = new ArrayList<>();
    final List<Thing> subnets = new ArrayList<>();
    final List<Thing> firewalls = new ArrayList<>();
    final List<Thing> gateways = new ArrayList<>();
    private final List<Thing> tags;
    private int addresses;

    /** Pairs of a public and a private VLAN, in all places by turns. */
    Networks(Invented invented, List<Thing> tags, int pairs) {
        this.tags = tags;
        List<Thing> front = new ArrayList<>();
        List<Thing> back = new ArrayList<>();
        for (int i = 0; i < PLACES.length; i++) {
            String name = PLACES[i][0];
            Thing place =
                    Thing.of("Location", "id", 138_000 + i * 17, "name", name, "longName", PLACES[i][1], "statusId", 2);
            datacenters.add(place);
            front.add(router(2 * i, "fcr01a." + name, place));
            back.add(router(2 * i + 1, "bcr01a." + name, place));
            pods.add(Thing.of(
                    "Network_Pod",
                    "name",
                    name + ".pod01",
                    "datacenterId",
                    place.id(),
                    "datacenterName",
                    name,
                    "datacenterLongName",
                    PLACES[i][1],
                    "frontendRouterId",
                    front.get(i).id(),
                    "frontendRouterName",
                    "fcr01a." + name,
                    "backendRouterId",
                    back.get(i).id(),
                    "backendRouterName",
                    "bcr01a." + name,
                    "capabilities",
                    List.of("SUPPORTS_DEPLOYMENT")));
        }
        for (int i = 0; i < pairs; i++) {
            int place = i % PLACES.length;
            vlan(invented, 2 * i, front.get(place), true);
            vlan(invented, 2 * i + 1, back.get(place), false);
        }
    }

    private static Thing router(int i, String name, Thing place) {
        return Thing.of(
                        "Hardware_Router",
                        "id",
                        70_000 + i,
                        "hostname",
                        name,
                        "domain",
                        "softlayer.com",
                        "fullyQualifiedDomainName",
                        name + ".softlayer.com")
                .with("datacenter", place);
    }

    private void vlan(Invented invented, int i, Thing router, boolean isPublic) {
        Thing place = router.one("datacenter");
        int number = 800 + i;
        boolean named = i % 3 == 0;
        Thing vlan = Thing.of(
                "Network_Vlan",
                "id",
                1_100_000 + i * 13,
                "accountId",
                Account.ID,
                "vlanNumber",
                number,
                "name",
                named ? "stage-" + i : null,
                "note",
                named ? "kept by the network team" : null,
                "primarySubnetId",
                2_000_000 + 2 * i,
                "modifyDate",
                Account.date(86_400L * (i + 1)),
                "fullyQualifiedName",
                place.text("name") + "." + router.text("hostname").substring(0, 6) + "." + number);
        vlan.with(
                "primaryRouter",
                router,
                "networkSpace",
                isPublic ? "PUBLIC" : "PRIVATE",
                "totalPrimaryIpAddressCount",
                64,
                "dedicatedFirewallFlag",
                i % 8 == 0 ? 1 : 0,
                "highAvailabilityFirewallFlag",
                i % 16 == 0,
                "subnets",
                new ArrayList<Thing>(),
                "hardware",
                new ArrayList<Thing>(),
                "virtualGuests",
                new ArrayList<Thing>(),
                "firewallNetworkComponents",
                new ArrayList<Thing>(),
                "firewallGuestNetworkComponents",
                new ArrayList<Thing>(),
                "firewallInterfaces",
                new ArrayList<Thing>(),
                "firewallRules",
                new ArrayList<Thing>(),
                "tagReferences",
                i % 4 == 0 ? List.of(tags.get(i / 4 % tags.size())) : List.of());
        if (i % 6 == 0) {
            vlan.with(
                    "billingItem",
                    Thing.of(
                            "Billing_Item",
                            "id",
                            5_000_000 + i,
                            "categoryCode",
                            "network_vlan",
                            "description",
                            "Premium VLAN",
                            "recurringFee",
                            5.0));
        }
        vlans.add(vlan);
        subnet(invented, 2 * i, vlan, place, isPublic, 26);
        subnet(invented, 2 * i + 1, vlan, place, isPublic, 28);
        if (i % 8 == 0) {
            firewall(i / 8, vlan, place);
        }
    }

    private void subnet(Invented invented, int i, Thing vlan, Thing place, boolean isPublic, int cidr) {
        int bits = 32 - cidr;
        int base = (isPublic ? 0x32_17_00_00 : 0x0A_40_00_00) + i * 64;
        int size = 1 << bits;
        Thing subnet = Thing.of(
                "Network_Subnet",
                "id",
                2_000_000 + i,
                "networkIdentifier",
                ip(base),
                "cidr",
                cidr,
                "netmask",
                ip(-1 << bits),
                "gateway",
                ip(base + 1),
                "broadcastAddress",
                ip(base + size - 1),
                "networkVlanId",
                vlan.id(),
                "subnetType",
                i % 2 == 0 ? "PRIMARY" : "SECONDARY_ON_VLAN",
                "version",
                4,
                "totalIpAddresses",
                size,
                "usableIpAddressCount",
                size - 3,
                "isCustomerOwned",
                false,
                "isCustomerRoutable",
                false,
                "note",
                i % 5 == 0 ? "rack " + i / 5 : null,
                "modifyDate",
                Account.date(invented.random("subnet", i).nextLong(90) * 86_400));
        subnet.with(
                "addressSpace",
                isPublic ? "PUBLIC" : "PRIVATE",
                "networkVlan",
                vlan,
                "datacenter",
                place,
                "ipAddressCount",
                size,
                "ipAddresses",
                List.of(),
                "hardware",
                new ArrayList<Thing>(),
                "virtualGuests",
                new ArrayList<Thing>(),
                "tagReferences",
                i % 6 == 0 ? List.of(tags.get(i / 6 % tags.size())) : List.of());
        vlan.add("subnets", subnet);
        subnets.add(subnet);
    }

    private void firewall(int i, Thing vlan, Thing place) {
        Thing firewall = Thing.of(
                        "Network_Vlan_Firewall",
                        "id",
                        380_000 + i,
                        "primaryIpAddress",
                        ip(0x32_20_00_00 + i),
                        "customerManagedFlag",
                        false,
                        "administrativeBypassFlag",
                        "no")
                .with(
                        "accountId",
                        Account.ID,
                        "fullyQualifiedDomainName",
                        "fw" + i + "." + place.text("name"),
                        "firewallType",
                        i % 2 == 0 ? "fortigate-security-appliance" : "hardware-firewall-dedicated",
                        "networkVlan",
                        vlan,
                        "datacenter",
                        place,
                        "networkVlans",
                        List.of(vlan),
                        "rules",
                        List.of(),
                        "tagReferences",
                        List.of());
        vlan.with("networkVlanFirewall", firewall);
        firewalls.add(firewall);
        if (i % 4 == 0) {
            Thing gateway = Thing.of(
                            "Network_Gateway",
                            "id",
                            390_000 + i,
                            "name",
                            "gateway-" + i,
                            "networkSpace",
                            "BOTH",
                            "statusId",
                            1)
                    .with(
                            "networkFirewall",
                            firewall,
                            "status",
                            Thing.of("Network_Gateway_Status", "id", 1, "keyName", "ACTIVE", "name", "Active"),
                            "insideVlans",
                            List.of(),
                            "publicVlan",
                            vlan,
                            "publicIpAddress",
                            Thing.of(
                                    "Network_Subnet_IpAddress",
                                    "id",
                                    9_000_000 + i,
                                    "ipAddress",
                                    ip(0x32_21_00_00 + i)),
                            "privateIpAddress",
                            Thing.of(
                                    "Network_Subnet_IpAddress",
                                    "id",
                                    9_100_000 + i,
                                    "ipAddress",
                                    ip(0x0A_51_00_00 + i)));
            gateways.add(gateway);
        }
    }

    /** The public or the private VLAN of the i-th pair. */
    Thing vlan(int pair, boolean isPublic) {
        return vlans.get(2 * (pair % (vlans.size() / 2)) + (isPublic ? 0 : 1));
    }

    /** An address that nobody else has, in the part of the network that is public or private. */
    String address(boolean isPublic) {
        return ip((isPublic ? 0x32_30_00_00 : 0x0A_60_00_00) + addresses++);
    }

    static String ip(int bits) {
        return String.format(
                Locale.ROOT, "%d.%d.%d.%d", bits >> 24 & 0xFF, bits >> 16 & 0xFF, bits >> 8 & 0xFF, bits & 0xFF);
    }
}
