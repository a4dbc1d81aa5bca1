package dev.muster.sim.softlayer;

import dev.muster.sim.internal.Invented;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an account has beside its machines: keys, tickets, invoices, the event log, domains, shared network services. */
final class Papers {
    final List<Thing> sshKeys = new ArrayList<>();
    final List<Thing> tickets = new ArrayList<>();
    final List<Thing> invoices = new ArrayList<>();
    final List<Thing> events = new ArrayList<>();
    final List<Thing> domains = new ArrayList<>();
    final List<Thing> securityGroups = new ArrayList<>();
    final List<Thing> globalIps = new ArrayList<>();
    final List<Thing> loadBalancers = new ArrayList<>();
    final List<Thing> pools = new ArrayList<>();

    Papers(Invented invented, Networks networks, Machines machines, List<Thing> users, int size) {
        int few = Math.max(2, size / 50);
        for (int i = 0; i < few; i++) {
            sshKeys.add(Thing.of(
                    "Security_Ssh_Key",
                    "id",
                    600_000 + i,
                    "label",
                    "key-" + (i + 1),
                    "fingerprint",
                    fingerprint(invented, i),
                    "key",
                    "ssh-ed25519 AAAA" + invented.id("key", i).replace("-", ""),
                    "notes",
                    i % 2 == 0 ? "rotated yearly" : null,
                    "createDate",
                    Account.date(86_400L * (i + 9))));
            securityGroups.add(Thing.of(
                            "Network_SecurityGroup",
                            "id",
                            650_000 + i,
                            "name",
                            "group-" + (i + 1),
                            "description",
                            i % 2 == 0 ? "allows what group " + i + " needs" : null,
                            "createDate",
                            Account.date(86_400L * (i + 5)),
                            "modifyDate",
                            Account.date(86_400L * (i + 2)))
                    .with(
                            "rules",
                            List.of(Thing.of(
                                    "Network_SecurityGroup_Rule",
                                    "id",
                                    651_000 + i,
                                    "direction",
                                    "ingress",
                                    "ethertype",
                                    "IPv4",
                                    "protocol",
                                    "tcp",
                                    "portRangeMin",
                                    443,
                                    "portRangeMax",
                                    443)),
                            "networkComponentBindings",
                            List.of()));
            globalIp(i, networks, machines);
            loadBalancer(invented, i, networks);
        }
        for (int i = 0; i < Math.max(3, size / 20); i++) {
            tickets.add(ticket(i, users));
        }
        for (int i = 0; i < 24; i++) {
            invoices.add(Thing.of(
                            "Billing_Invoice",
                            "id",
                            52_000_000 + i * 31,
                            "accountId",
                            Account.ID,
                            "createDate",
                            Account.date(30L * 86_400 * (i + 1)),
                            "closedDate",
                            Account.date(30L * 86_400 * (i + 1) - 9),
                            "typeCode",
                            "RECURRING",
                            "statusCode",
                            i < 2 ? "OPEN" : "CLOSED",
                            "startingBalance",
                            1_000.5 + i,
                            "endingBalance",
                            900.25 + i)
                    .with(
                            "invoiceTotalAmount",
                            1_900.75 + i,
                            "itemCount",
                            40 + i,
                            "invoiceTotalRecurringAmount",
                            1_800.5 + i));
        }
        for (int i = 0; i < Math.max(10, size); i++) {
            events.add(event(invented, i, machines, users));
        }
        for (int i = 0; i < Math.max(2, size / 25); i++) {
            domains.add(domain(i));
        }
        for (int i = 0; i < Math.max(2, size / 5); i++) {
            pools.add(pool(i, machines));
        }
    }

    private static String fingerprint(Invented invented, int i) {
        return String.join(":", invented.id("fingerprint", i).replace("-", "").split("(?<=\\G..)"));
    }

    private void globalIp(int i, Networks networks, Machines machines) {
        boolean routed = i % 2 == 0 && !machines.guests.isEmpty();
        Thing target = routed
                ? Thing.of(
                                "Network_Subnet_IpAddress",
                                "id",
                                9_300_000 + i,
                                "ipAddress",
                                machines.guests.get(i % machines.guests.size()).text("primaryIpAddress"))
                        .with("virtualGuest", machines.guests.get(i % machines.guests.size()))
                : null;
        Thing subnet = networks.subnets.get(i % networks.subnets.size());
        globalIps.add(Thing.of(
                        "Network_Subnet_IpAddress_Global",
                        "id",
                        200_000 + i,
                        "ipAddressId",
                        9_200_000 + i,
                        "destinationIpAddressId",
                        target == null ? null : target.id(),
                        "typeId",
                        2)
                .with(
                        "ipAddress",
                        Thing.of(
                                        "Network_Subnet_IpAddress",
                                        "id",
                                        9_200_000 + i,
                                        "ipAddress",
                                        Networks.ip(0x32_40_00_00 + i))
                                .with("subnet", subnet),
                        "destinationIpAddress",
                        target));
    }

    private void loadBalancer(Invented invented, int i, Networks networks) {
        loadBalancers.add(Thing.of(
                        "Network_LBaaS_LoadBalancer",
                        "id",
                        80_000 + i,
                        "accountId",
                        Account.ID,
                        "name",
                        "lb-" + (i + 1),
                        "description",
                        "spreads group " + (i + 1),
                        "address",
                        "lb-" + (i + 1) + "-" + Account.ID + "-dal05.clb.appdomain.cloud",
                        "isPublic",
                        1 - i % 2,
                        "type",
                        1 - i % 2,
                        "createDate",
                        Account.date(86_400L * (i + 3)),
                        "modifyDate",
                        Account.date(86_400L * (i + 1)),
                        "operatingStatus",
                        "ONLINE",
                        "provisioningStatus",
                        "ACTIVE",
                        "uuid",
                        invented.id("lb", i),
                        "locationId",
                        networks.datacenters
                                .get(i % networks.datacenters.size())
                                .id())
                .with(
                        "datacenter",
                        networks.datacenters.get(i % networks.datacenters.size()),
                        "listeners",
                        List.of(Thing.of(
                                "Network_LBaaS_Listener", "id", 81_000 + i, "protocol", "HTTPS", "protocolPort", 443)),
                        "members",
                        List.of(
                                Thing.of("Network_LBaaS_Member", "id", 82_000 + i, "address", "10.96.0." + i % 250),
                                Thing.of("Network_LBaaS_Member", "id", 83_000 + i, "address", "10.97.0." + i % 250))));
    }

    private static Thing ticket(int i, List<Thing> users) {
        boolean open = i % 3 != 2;
        Thing ticket = Thing.of(
                "Ticket",
                "id",
                90_000_000 + i * 11,
                "accountId",
                Account.ID,
                "title",
                "Disk replacement in rack " + i,
                "createDate",
                Account.date(86_400L * (i + 1)),
                "lastEditDate",
                Account.date(43_200L * (i + 1)),
                "priority",
                1 + i % 4,
                "statusId",
                open ? 1001 : 1002,
                "serviceProviderResourceId",
                "CS" + (2_000_000 + i),
                "assignedUserId",
                users.get(i % users.size()).id());
        return ticket.with(
                "status",
                Thing.of("Ticket_Status", "id", open ? 1001 : 1002, "name", open ? "Open" : "Closed"),
                "assignedUser",
                users.get(i % users.size()),
                "group",
                Thing.of("Ticket_Group", "id", 3, "name", "Support"),
                "updates",
                List.of(Thing.of(
                        "Ticket_Update",
                        "id",
                        91_000_000 + i,
                        "entry",
                        "We are looking into it.",
                        "createDate",
                        Account.date(43_200L * (i + 1)))));
    }

    private static Thing event(Invented invented, int i, Machines machines, List<Thing> users) {
        boolean guest = !machines.guests.isEmpty();
        Thing object = guest ? machines.guests.get(i % machines.guests.size()) : users.getFirst();
        return Thing.of(
                "Event_Log",
                "accountId",
                Account.ID,
                "traceId",
                invented.id("event", i).replace("-", "").substring(0, 13),
                "eventName",
                i % 2 == 0 ? "Power On" : "Reboot",
                "eventCreateDate",
                Account.date(300L * (i + 1)).replace("-06:00", ".123456-06:00"),
                "ipAddress",
                "203.0.113." + i % 250,
                "label",
                object.text(guest ? "fullyQualifiedDomainName" : "username"),
                "metaData",
                "{}",
                "objectId",
                object.id(),
                "objectName",
                guest ? "CCI" : "User",
                "userId",
                users.get(i % users.size()).id(),
                "userType",
                "CUSTOMER",
                "username",
                users.get(i % users.size()).text("username"));
    }

    private static Thing domain(int i) {
        String name = "zone-" + (i + 1) + ".example";
        Thing domain = Thing.of(
                "Dns_Domain",
                "id",
                2_600_000 + i,
                "name",
                name,
                "serial",
                2_026_010_100L + i,
                "updateDate",
                Account.date(86_400L * (i + 1)));
        String[][] records = {
            {"@", "soa", "ns1.softlayer.com."},
            {"@", "ns", "ns1.softlayer.com."},
            {"www", "a", "198.51.100." + i % 250},
            {"@", "mx", "mail." + name + "."}
        };
        for (int k = 0; k < records.length; k++) {
            boolean soa = records[k][1].equals("soa");
            domain.add(
                    "resourceRecords",
                    Thing.of(
                                    "Dns_Domain_ResourceRecord",
                                    "id",
                                    26_000_000L + 10L * i + k,
                                    "domainId",
                                    domain.id(),
                                    "host",
                                    records[k][0],
                                    "type",
                                    records[k][1],
                                    "data",
                                    records[k][2],
                                    "ttl",
                                    86_400,
                                    "expire",
                                    soa ? 604_800 : null,
                                    "refresh",
                                    soa ? 3_600 : null,
                                    "retry",
                                    soa ? 300 : null,
                                    "minimum",
                                    soa ? 86_400 : null,
                                    "responsiblePerson",
                                    soa ? "root." + name + "." : null,
                                    "mxPriority",
                                    records[k][1].equals("mx") ? 10 : null)
                            .with("domain", domain));
        }
        return domain;
    }

    private static Thing pool(int i, Machines machines) {
        List<Thing> guests =
                machines.guests.isEmpty() ? List.of() : List.of(machines.guests.get(i % machines.guests.size()));
        return Thing.of(
                        "Network_Bandwidth_Version1_Allotment",
                        "id",
                        300_000 + i * 5,
                        "accountId",
                        Account.ID,
                        "name",
                        String.format(Locale.ROOT, "pool-%03d", i + 1),
                        "bandwidthAllotmentTypeId",
                        2,
                        "createDate",
                        Account.date(86_400L * (i + 1)),
                        "locationGroupId",
                        1 + i % 3)
                .with(
                        "locationGroup",
                        Thing.of(
                                "Location_Group",
                                "id",
                                1 + i % 3,
                                "name",
                                new String[] {"US/Canada", "AP", "EU"}[i % 3]),
                        "totalBandwidthAllocated",
                        20_000 + 250 * i,
                        "projectedPublicBandwidthUsage",
                        12.5 + i,
                        "billingCyclePublicBandwidthUsage",
                        Thing.of("Network_Bandwidth_Usage", "amountIn", 3.25 + i, "amountOut", 7.75 + i),
                        "bareMetalInstances",
                        List.of(),
                        "hardware",
                        machines.hardware.subList(0, Math.min(machines.hardware.size(), i % 3)),
                        "virtualGuests",
                        guests);
    }
}
