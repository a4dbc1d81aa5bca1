package dev.muster.clouds.softlayer;

import static dev.muster.core.Column.byCall;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.DECIMAL;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;

/** Networks, and what stands between them. */
final class NetworkTables {
    private NetworkTables() {}

    static final Table VLANS = Declared.ofAccount("vlan", "A VLAN of the account.", "networkVlans")
            .key("id", INTEGER, "Number of the record, not of the VLAN.", "id")
            .column("number", INTEGER, "Its number on the wire.", "vlanNumber")
            .column("name", TEXT, "Its owner's name for it.", "name")
            .column("full_name", TEXT, "Place, router and number, as dal05.fcr01.800.", "fullyQualifiedName")
            .column("space", TEXT, "PUBLIC or PRIVATE.", "networkSpace")
            .column("datacenter", TEXT, "Where it is.", "primaryRouter.datacenter.name")
            .column("router", TEXT, "The router it begins at.", "primaryRouter.hostname")
            .column("firewall_id", INTEGER, "The firewall before it.", "networkVlanFirewall.id")
            .column("hardware_count", INTEGER, "Bare-metal servers in it.", "hardwareCount")
            .column("guest_count", INTEGER, "Virtual guests in it.", "virtualGuestCount")
            .column("subnet_count", INTEGER, "Subnets in it.", "subnetCount")
            .column("address_count", INTEGER, "Primary addresses.", "totalPrimaryIpAddressCount")
            .column("fee", DECIMAL, "Monthly fee of a premium VLAN.", "billingItem.recurringFee")
            .column("note", TEXT, "Its owner's own words.", "note")
            .column("tags", JSON, "Its tags.", "tagReferences", "tagReferences[tag[name]]")
            .column("modified", TIME, "When its record last changed.", "modifyDate")
            .filtered("id", "number", "name", "datacenter")
            .build();

    static final Table SUBNETS = Declared.ofAccount("subnet", "A range of addresses of the account.", "subnets")
            .key("id", INTEGER, "Number of the subnet.", "id")
            .column("address", TEXT, "Its network address.", "networkIdentifier")
            .column("cidr", INTEGER, "Length of its prefix.", "cidr")
            .column("version", INTEGER, "4 or 6.", "version")
            .column("type", TEXT, "PRIMARY, SECONDARY_ON_VLAN, STATIC_IP_ROUTED, …", "subnetType")
            .column("space", TEXT, "PUBLIC or PRIVATE.", "addressSpace")
            .column("gateway", TEXT, "Where its traffic leaves it.", "gateway")
            .column("broadcast", TEXT, "Its broadcast address.", "broadcastAddress")
            .column("vlan_id", INTEGER, "The VLAN it is routed to.", "networkVlanId")
            .column("vlan", TEXT, "That VLAN's full name.", "networkVlan.fullyQualifiedName")
            .column("datacenter", TEXT, "Where it is.", "datacenter.name")
            .column("addresses", INTEGER, "Addresses, those in use too.", "ipAddressCount")
            .column("usable", INTEGER, "Addresses that machines can have.", "usableIpAddressCount")
            .column("hardware_count", INTEGER, "Bare-metal servers in it.", "hardwareCount")
            .column("guest_count", INTEGER, "Virtual guests in it.", "virtualGuestCount")
            .column("note", TEXT, "Its owner's own words.", "note")
            .column("tags", JSON, "Its tags.", "tagReferences", "tagReferences[tag[name]]")
            .filtered("id", "address", "version", "type", "datacenter")
            .build();

    static final Table GLOBAL_IPS = Declared.ofAccount(
                    "global_ip", "An address that can be routed to any place.", "globalIpRecords")
            .key("id", INTEGER, "Number of the record.", "id")
            .column("address", TEXT, "The address.", "ipAddress.ipAddress")
            .column(
                    "target",
                    TEXT,
                    "The address it is routed to; none where it is not.",
                    "destinationIpAddress.ipAddress")
            .column(
                    "guest",
                    TEXT,
                    "The guest that has the target.",
                    "destinationIpAddress.virtualGuest.fullyQualifiedDomainName")
            .build();

    static final Table FIREWALLS = Declared.ofAccount("firewall", "A firewall before a VLAN.", "networkVlans")
            .where("networkVlans.networkVlanFirewall.id", Operation.present())
            .key("id", INTEGER, "Number of the firewall.", "networkVlanFirewall.id")
            .column("name", TEXT, "Its full name.", "networkVlanFirewall.fullyQualifiedDomainName")
            .column("type", TEXT, "Which product it is.", "networkVlanFirewall.firewallType")
            .column("address", TEXT, "Its own address.", "networkVlanFirewall.primaryIpAddress")
            .column("datacenter", TEXT, "Where it is.", "networkVlanFirewall.datacenter.name")
            .column("vlan_id", INTEGER, "The VLAN it protects.", "id")
            .column("vlan_number", INTEGER, "That VLAN's number on the wire.", "vlanNumber")
            .column("dedicated", BOOLEAN, "Whether it serves that VLAN alone.", "dedicatedFirewallFlag")
            .column("highly_available", BOOLEAN, "Whether there are two of it.", "highAvailabilityFirewallFlag")
            .build();

    static final Table LOAD_BALANCERS = Declared.ofService(
                    "load_balancer",
                    "A load balancer as a service.",
                    "SoftLayer_Network_LBaaS_LoadBalancer",
                    "getAllObjects",
                    "id")
            .key("id", INTEGER, "Number of the load balancer.", "id")
            .column("uuid", TEXT, "Its identifier in other calls.", "uuid")
            .column("name", TEXT, "Its name.", "name")
            .column("description", TEXT, "Its owner's own words.", "description")
            .column("address", TEXT, "The name that clients connect to.", "address")
            .column("public", BOOLEAN, "Whether the internet can reach it.", "isPublic")
            .column("datacenter", TEXT, "Where it is.", "datacenter.name")
            .column("operating_status", TEXT, "ONLINE or OFFLINE.", "operatingStatus")
            .column("provisioning_status", TEXT, "ACTIVE, UPDATE_PENDING, …", "provisioningStatus")
            .column("listener_count", INTEGER, "Ports it listens on.", "listenerCount")
            .column("member_count", INTEGER, "Machines behind it.", "memberCount")
            .column("created", TIME, "When it was ordered.", "createDate")
            .column("modified", TIME, "When it last changed.", "modifyDate")
            .build();

    static final Table SECURITY_GROUPS = Declared.ofAccount(
                    "security_group", "Rules for the traffic of guests.", "securityGroups")
            .key("id", INTEGER, "Number of the group.", "id")
            .column("name", TEXT, "Its name.", "name")
            .column("description", TEXT, "Its owner's own words.", "description")
            .column(
                    "rules",
                    JSON,
                    "Its rules.",
                    "rules",
                    "rules[id,direction,ethertype,protocol,portRangeMin,portRangeMax,remoteIp,remoteGroupId]")
            .column("created", TIME, "When it was made.", "createDate")
            .column("modified", TIME, "When it last changed.", "modifyDate")
            .build();

    /** Counts are so slow in the list that each pool is asked for its own. */
    private static final ApiRequest COUNTS = ApiRequest.get(
                    "", "/SoftLayer_Network_Bandwidth_Version1_Allotment/{id}/getObject.json")
            .query("objectMask", Mask.of("id", "bareMetalInstanceCount", "hardwareCount", "virtualGuestCount"));

    static final Table BANDWIDTH_POOLS = Declared.ofAccount(
                    "bandwidth_pool", "Traffic that servers of a region share.", "bandwidthAllotments")
            .key("id", INTEGER, "Number of the pool.", "id")
            .column("name", TEXT, "Its name.", "name")
            .column("region", TEXT, "The places whose servers it is for.", "locationGroup.name")
            .column("allocated_gb", INTEGER, "Traffic in a billing cycle that is paid for.", "totalBandwidthAllocated")
            .column(
                    "used_gb",
                    DECIMAL,
                    "Public traffic out, in this billing cycle.",
                    "billingCyclePublicBandwidthUsage.amountOut")
            .column(
                    "projected_gb",
                    DECIMAL,
                    "What it will have been by the end of the cycle.",
                    "projectedPublicBandwidthUsage")
            .column(
                    "bare_metal_count",
                    INTEGER,
                    "Bare-metal instances in it.",
                    byCall(COUNTS, "/bareMetalInstanceCount"))
            .column("hardware_count", INTEGER, "Servers in it.", byCall(COUNTS, "/hardwareCount"))
            .column("guest_count", INTEGER, "Virtual guests in it.", byCall(COUNTS, "/virtualGuestCount"))
            .column("created", TIME, "When it was made.", "createDate")
            .build();
}
