package dev.muster.clouds.softlayer;

import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;

import dev.muster.core.Table;

/** Machines and what they are made from. */
final class ComputeTables {
    private ComputeTables() {}

    static final Table VIRTUAL_GUESTS = Declared.ofAccount(
                    "virtual_guest", "A virtual server of the account.", "virtualGuests")
            .key("id", INTEGER, "Number of the guest.", "id")
            .column("hostname", TEXT, "Its name without the domain.", "hostname")
            .column("domain", TEXT, "Its domain.", "domain")
            .column("fqdn", TEXT, "Both.", "fullyQualifiedDomainName")
            .column("status", TEXT, "Active, Disconnected, …", "status.name")
            .column("power_state", TEXT, "Running, Halted, Paused, …", "powerState.name")
            .column("device_status", TEXT, "Active while nobody provisions or reclaims it.", "deviceStatus.name")
            .column("datacenter", TEXT, "Where it runs, as dal05.", "datacenter.name")
            .column("cores", INTEGER, "Virtual processors.", "maxCpu")
            .column("memory_mib", INTEGER, "Memory.", "maxMemory")
            .column(
                    "primary_ip",
                    TEXT,
                    "Public address; none where it has the private network only.",
                    "primaryIpAddress")
            .column("backend_ip", TEXT, "Address in the private network.", "primaryBackendIpAddress")
            .column("hourly", BOOLEAN, "Whether it is billed by the hour.", "hourlyBillingFlag")
            .column("private_only", BOOLEAN, "Whether it has no public network.", "privateNetworkOnlyFlag")
            .column("action", TEXT, "What is being done with it.", "activeTransaction.transactionStatus.friendlyName")
            .column("os", TEXT, "Code of its operating system, as DEBIAN_12_64.", "operatingSystemReferenceCode")
            .column("notes", TEXT, "Its owner's own words.", "notes")
            .column("created_by", TEXT, "Who ordered it.", "billingItem.orderItem.order.userRecord.username")
            .column("tags", JSON, "Its tags.", "tagReferences", "tagReferences[tag[name]]")
            .column("guid", TEXT, "Its global identifier.", "globalIdentifier")
            .column("created", TIME, "When it was ordered.", "createDate")
            .column("provisioned", TIME, "When it was ready.", "provisionDate")
            .column("modified", TIME, "When its record last changed.", "modifyDate")
            .part(MachineKind.VIRTUAL_GUEST, "network_components", "Its network interfaces.", "networkComponents")
            .part(MachineKind.VIRTUAL_GUEST, "block_devices", "Its disks.", "blockDevices")
            .part(MachineKind.VIRTUAL_GUEST, "operating_system", "What runs on it.", "operatingSystem")
            .part(MachineKind.VIRTUAL_GUEST, "vlans", "The VLANs that it is in.", "networkVlans")
            .filtered(
                    "id", "hostname", "domain", "datacenter", "cores", "memory_mib", "primary_ip", "backend_ip", "guid")
            .build();

    static final Table HARDWARE = Declared.ofAccount("hardware", "A bare-metal server of the account.", "hardware")
            .key("id", INTEGER, "Number of the server.", "id")
            .column("hostname", TEXT, "Its name without the domain.", "hostname")
            .column("domain", TEXT, "Its domain.", "domain")
            .column("fqdn", TEXT, "Both.", "fullyQualifiedDomainName")
            .column("status", TEXT, "ACTIVE, DEPLOY, RECLAIM, …", "hardwareStatus.status")
            .column("datacenter", TEXT, "Where it stands, as dal05.", "datacenter.name")
            .column("cores", INTEGER, "Physical cores of its processors.", "processorPhysicalCoreAmount")
            .column("memory_gib", INTEGER, "Memory.", "memoryCapacity")
            .column("primary_ip", TEXT, "Public address.", "primaryIpAddress")
            .column("backend_ip", TEXT, "Address in the private network.", "primaryBackendIpAddress")
            .column("management_ip", TEXT, "Address of its management controller.", "networkManagementIpAddress")
            .column("hourly", BOOLEAN, "Whether it is billed by the hour.", "hourlyBillingFlag")
            .column("serial_number", TEXT, "The provider's.", "serialNumber")
            .column("notes", TEXT, "Its owner's own words.", "notes")
            .column("created_by", TEXT, "Who ordered it.", "billingItem.orderItem.order.userRecord.username")
            .column("tags", JSON, "Its tags.", "tagReferences", "tagReferences[tag[name]]")
            .column("guid", TEXT, "Its global identifier.", "globalIdentifier")
            .column("provisioned", TIME, "When it was ready.", "provisionDate")
            .part(MachineKind.HARDWARE, "network_components", "Its network interfaces.", "networkComponents")
            .part(MachineKind.HARDWARE, "components", "What it is built from.", "activeComponents")
            .part(MachineKind.HARDWARE, "operating_system", "What runs on it.", "operatingSystem")
            .part(MachineKind.HARDWARE, "vlans", "The VLANs that it is in.", "networkVlans")
            .part(
                    MachineKind.HARDWARE,
                    "management_accounts",
                    "Who may use its controller.",
                    "remoteManagementAccounts")
            .part(MachineKind.HARDWARE, "chassis", "Its case.", "hardwareChassis")
            .filtered(
                    "id", "hostname", "domain", "datacenter", "cores", "memory_gib", "primary_ip", "backend_ip", "guid")
            .build();

    static final Table IMAGES = Declared.ofAccount(
                    "image",
                    "An image that guests can be made from, the account's own or shared with it.",
                    "blockDeviceTemplateGroups")
            .key("id", INTEGER, "Number of the image.", "id")
            .column("name", TEXT, "Display name; not unique.", "name")
            .column("type", TEXT, "SYSTEM, DISK_CAPTURE, …", "imageType.keyName")
            .column("public", BOOLEAN, "Whether all accounts may use it.", "publicFlag")
            .column("account_id", INTEGER, "Whose it is.", "accountId")
            .column("status", TEXT, "Active, Deprecated, …", "status.name")
            .column("datacenter", TEXT, "Where it is kept first.", "datacenter.name")
            .column("size_bytes", INTEGER, "Disk space of its volumes.", "blockDevicesDiskSpaceTotal")
            .column("note", TEXT, "Its owner's own words.", "note")
            .column("guid", TEXT, "Its global identifier.", "globalIdentifier")
            .column("created", TIME, "When it was made.", "createDate")
            .filtered("id", "name", "guid")
            .build();
}
