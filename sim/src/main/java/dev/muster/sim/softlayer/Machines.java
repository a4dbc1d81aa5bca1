package dev.muster.sim.softlayer;

import dev.muster.sim.internal.Invented;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Virtual guests and bare-metal servers, with what a detailed view of one shows. */
final class Machines {
    private static final String[] ROLES = {"web", "db", "app", "cache", "build"};
    private static final String[][] SYSTEMS = {
        {"Debian", "12.0.0-64 Minimal for VSI", "DEBIAN_12_64"},
        {"Ubuntu", "24.04-64 Minimal for VSI", "UBUNTU_24_64"},
        {"CentOS", "9.0-64 Minimal for VSI", "CENTOS_9_64"}
    };

    final List<Thing> guests = new ArrayList<>();
    final List<Thing> hardware = new ArrayList<>();
    private final Invented invented;
    private final Networks networks;
    private final List<Thing> tags;
    private final List<Thing> users;

    Machines(Invented invented, Networks networks, List<Thing> tags, List<Thing> users, int size) {
        this.invented = invented;
        this.networks = networks;
        this.tags = tags;
        this.users = users;
        for (int i = 0; i < size; i++) {
            guests.add(guest(i));
        }
        for (int i = 0; i < Math.max(2, size / 5); i++) {
            hardware.add(server(i));
        }
    }

    private Thing guest(int i) {
        SplittableRandom random = invented.random("guest", i);
        String host = ROLES[i % ROLES.length] + "-" + (i + 1);
        int cores = 1 << random.nextInt(4);
        boolean running = random.nextInt(10) < 9;
        Thing guest = Thing.of(
                "Virtual_Guest",
                "id",
                20_000_000 + i * 7,
                "accountId",
                Account.ID,
                "hostname",
                host,
                "domain",
                "example.com",
                "fullyQualifiedDomainName",
                host + ".example.com",
                "createDate",
                Account.date(3_600L * (i + 1)),
                "modifyDate",
                Account.date(60L * (i + 1)),
                "provisionDate",
                Account.date(3_600L * (i + 1) - 600),
                "maxCpu",
                cores,
                "maxCpuUnits",
                "CORE",
                "maxMemory",
                cores * 2_048,
                "startCpus",
                cores,
                "statusId",
                1001,
                "typeId",
                1,
                "uuid",
                invented.id("guest", i),
                "dedicatedAccountHostOnlyFlag",
                false,
                "notes",
                i % 7 == 0 ? "see ticket " + i : null);
        Thing front = networks.vlan(i, true);
        Thing back = networks.vlan(i, false);
        boolean isPublic = i % 10 != 9;
        guest.with(
                "globalIdentifier",
                invented.id("guest-guid", i),
                "status",
                Thing.of("Virtual_Guest_Status", "keyName", "ACTIVE", "name", "Active"),
                "powerState",
                Thing.of(
                        "Virtual_Guest_Power_State",
                        "keyName",
                        running ? "RUNNING" : "HALTED",
                        "name",
                        running ? "Running" : "Halted"),
                "deviceStatus",
                Thing.of("Device_Status", "id", 1, "keyName", "ACTIVE", "name", "Active"),
                "hourlyBillingFlag",
                i % 2 == 0,
                "localDiskFlag",
                i % 4 == 0,
                "privateNetworkOnlyFlag",
                !isPublic,
                "transientGuestFlag",
                false);
        machine(guest, i, isPublic, front, back, "Virtual_Guest_Network_Component");
        guest.with(
                "type",
                Thing.of("Virtual_Guest_Type", "keyName", "PUBLIC", "name", "Public"),
                "blockDevices",
                List.of(Thing.of(
                        "Virtual_Guest_Block_Device",
                        "id",
                        30_000_000 + i,
                        "device",
                        "0",
                        "mountType",
                        "Disk",
                        "bootableFlag",
                        1)),
                "operatingSystemReferenceCode",
                SYSTEMS[i % 3][2],
                "userData",
                List.of());
        front.add("virtualGuests", guest);
        back.add("virtualGuests", guest);
        back.list("subnets").getFirst().add("virtualGuests", guest);
        return guest;
    }

    private Thing server(int i) {
        String host = "metal-" + (i + 1);
        Thing server = Thing.of(
                "Hardware_Server",
                "id",
                1_500_000 + i * 3,
                "accountId",
                Account.ID,
                "hostname",
                host,
                "domain",
                "example.com",
                "fullyQualifiedDomainName",
                host + ".example.com",
                "hardwareStatusId",
                5,
                "bareMetalInstanceFlag",
                i % 3 == 0 ? 1 : 0,
                "provisionDate",
                Account.date(86_400L * (i + 1)),
                "serialNumber",
                "SL01" + (100_000 + i),
                "manufacturerSerialNumber",
                "S" + (9_000 + i),
                "notes",
                i % 4 == 0 ? "leased until spring" : null);
        int cores = 8 << i % 3;
        Thing front = networks.vlan(i, true);
        Thing back = networks.vlan(i, false);
        server.with(
                "globalIdentifier",
                invented.id("server-guid", i),
                "hardwareStatus",
                Thing.of("Hardware_Status", "id", 5, "status", "ACTIVE"),
                "hourlyBillingFlag",
                i % 5 == 0,
                "processorPhysicalCoreAmount",
                cores,
                "processorCoreAmount",
                cores,
                "memoryCapacity",
                cores * 4,
                "networkManagementIpAddress",
                networks.address(false),
                "privateNetworkOnlyFlag",
                false);
        machine(server, i, true, front, back, "Network_Component");
        server.with("activeComponents", components(i));
        server.with(
                "hardwareChassis",
                Thing.of("Hardware_Chassis", "id", 700 + i, "name", "1U_Chassis"),
                "hardDrives",
                server.list("activeComponents").subList(2, 3),
                "remoteManagementAccounts",
                List.of(Thing.of(
                        "Hardware_Component_RemoteManagement_User",
                        "username",
                        "root",
                        "password",
                        "not-a-secret-" + i)),
                "frontendNetworkComponents",
                server.list("networkComponents").subList(0, 1),
                "backendNetworkComponents",
                server.list("networkComponents").subList(1, 2),
                "userData",
                List.of(),
                "virtualGuests",
                List.of());
        front.add("hardware", server);
        back.add("hardware", server);
        back.list("subnets").getFirst().add("hardware", server);
        return server;
    }

    /** What guests and servers have in common. */
    private void machine(Thing machine, int i, boolean isPublic, Thing front, Thing back, String component) {
        Thing place = back.one("primaryRouter").one("datacenter");
        String[] system = SYSTEMS[i % SYSTEMS.length];
        String publicIp = isPublic ? networks.address(true) : null;
        String privateIp = networks.address(false);
        List<Thing> components = new ArrayList<>();
        if (publicIp != null) {
            components.add(component(component, machine, 2 * i, "eth", 1, publicIp, front));
        }
        components.add(component(component, machine, 2 * i + 1, "eth", 0, privateIp, back));
        Thing software = Thing.of(
                        "Software_Component_OperatingSystem", "id", 40_000_000 + i, "manufacturerLicenseInstance", "")
                .with(
                        "passwords",
                        List.of(Thing.of(
                                "Software_Component_Password",
                                "id",
                                50_000_000 + i,
                                "username",
                                "root",
                                "password",
                                "not-a-secret-" + i)),
                        "softwareLicense",
                        Thing.of("Software_License", "id", 900 + i % 3)
                                .with(
                                        "softwareDescription",
                                        Thing.of(
                                                "Software_Description",
                                                "manufacturer",
                                                system[0],
                                                "name",
                                                system[0],
                                                "version",
                                                system[1],
                                                "referenceCode",
                                                system[2])));
        Thing order = Thing.of("Billing_Order", "id", 60_000_000 + i).with("userRecord", users.get(i % users.size()));
        Thing billing = Thing.of(
                        "Billing_Item",
                        "id",
                        70_000_000 + i,
                        "categoryCode",
                        "server",
                        "description",
                        "a machine",
                        "recurringFee",
                        25.0 + i % 50,
                        "hourlyRecurringFee",
                        0.04)
                .with(
                        "orderItem",
                        Thing.of("Billing_Order_Item", "id", 61_000_000 + i).with("order", order),
                        "nextInvoiceTotalRecurringAmount",
                        25.0 + i % 50,
                        "nextInvoiceChildren",
                        List.of(),
                        "children",
                        List.of(),
                        "package",
                        Thing.of("Product_Package", "id", 46, "keyName", "CLOUD_SERVER"));
        machine.with(
                "datacenter",
                place,
                "location",
                place,
                "primaryIpAddress",
                publicIp,
                "primaryBackendIpAddress",
                privateIp,
                "networkComponents",
                components,
                "networkVlans",
                isPublic ? List.of(front, back) : List.of(back),
                "operatingSystem",
                software,
                "softwareComponents",
                List.of(software),
                "billingItem",
                billing,
                "tagReferences",
                i % 3 == 0 ? List.of(tags.get(i / 3 % tags.size())) : List.of(),
                "activeTransactions",
                new ArrayList<Thing>(),
                "allowedNetworkStorage",
                new ArrayList<Thing>(),
                "users",
                List.of(),
                "monitoringServiceEligibilityFlag",
                true,
                "metricTrackingObjectId",
                120_000_000 + i,
                "bandwidthAllotmentDetail",
                Thing.of("Network_Bandwidth_Version1_Allotment_Detail", "id", 130_000_000 + i)
                        .with(
                                "allocation",
                                Thing.of("Network_Bandwidth_Version1_Allocation", "id", 7, "amount", 250.0)),
                "billingCycleBandwidthUsage",
                List.of(Thing.of("Network_Bandwidth_Usage", "amountIn", 1.5 + i, "amountOut", 2.25 + i)
                        .with(
                                "type",
                                Thing.of(
                                        "Network_Bandwidth_Version1_Usage_Detail_Type", "alias", "PUBLIC_SERVER_BW"))));
        // All can be asked for it, also where none has one.
        machine.with("activeTransaction", null);
        if (i % 20 == 3) {
            Thing transaction = Thing.of(
                            "Provisioning_Version1_Transaction",
                            "id",
                            80_000_000 + i,
                            "createDate",
                            Account.date(60),
                            "statusChangeDate",
                            Account.date(30))
                    .with(
                            "transactionStatus",
                            Thing.of(
                                    "Provisioning_Version1_Transaction_Status",
                                    "name",
                                    "RECLAIM_WAIT",
                                    "friendlyName",
                                    "Reclaim Wait"));
            machine.with("activeTransaction", transaction);
            machine.add("activeTransactions", transaction);
        }
        if (i % 20 == 0) {
            front.add(
                    component.startsWith("Virtual") ? "firewallGuestNetworkComponents" : "firewallNetworkComponents",
                    Thing.of("Network_Component_Firewall", "id", 385_000 + i, "status", "no_edit"));
        }
    }

    private static Thing component(
            String type, Thing machine, int i, String name, int port, String address, Thing vlan) {
        boolean guest = type.startsWith("Virtual");
        Thing component = Thing.of(
                type,
                "id",
                (guest ? 90_000_000 : 95_000_000) + i,
                guest ? "guestId" : "hardwareId",
                machine.id(),
                "name",
                name,
                "port",
                port,
                "speed",
                1_000,
                "maxSpeed",
                1_000,
                "macAddress",
                Invented.mac(guest ? "06:00:0a" : "0c:c4:7a", i),
                "status",
                "ACTIVE");
        (guest ? component.related : component.local).put("primaryIpAddress", address);
        if (guest) {
            component.with("securityGroupBindings", List.of());
        }
        return component.with(
                "networkVlan",
                vlan,
                "primarySubnet",
                vlan.list("subnets").getFirst(),
                "primaryIpAddressRecord",
                Thing.of("Network_Subnet_IpAddress", "id", 100_000_000 + i, "ipAddress", address));
    }

    private static List<Thing> components(int i) {
        List<Thing> components = new ArrayList<>();
        String[][] kinds = {{"PROCESSOR", "Xeon Gold 6248"}, {"RAM", "32GB DDR4 2Rx4"}, {"HARD_DRIVE", "960GB SSD"}};
        for (int k = 0; k < kinds.length; k++) {
            Thing kind = Thing.of("Hardware_Component_Type", "id", k + 1, "keyName", kinds[k][0], "type", kinds[k][0]);
            Thing generic = Thing.of(
                            "Hardware_Component_Model_Generic", "id", 10 + k, "capacity", "32.00", "units", "GB")
                    .with("hardwareComponentType", kind);
            Thing model = Thing.of(
                            "Hardware_Component_Model",
                            "id",
                            100 + k,
                            "name",
                            kinds[k][1],
                            "longDescription",
                            kinds[k][1],
                            "manufacturer",
                            "Supermicro",
                            "version",
                            "1.0")
                    .with("hardwareGenericComponentModel", generic, "firmwares", List.of());
            components.add(Thing.of(
                            "Hardware_Component", "id", 110_000_000 + 10 * i + k, "serialNumber", "C" + (1_000 * k + i))
                    .with("hardwareComponentModel", model));
        }
        return components;
    }
}
