package dev.muster.sim.softlayer;

import dev.muster.sim.internal.Invented;
import java.util.ArrayList;
import java.util.List;

/** Block and file volumes, and images. */
final class Storages {
    final List<Thing> block = new ArrayList<>();
    final List<Thing> file = new ArrayList<>();
    final List<Thing> privateImages = new ArrayList<>();
    final List<Thing> publicImages = new ArrayList<>();
    private final Networks networks;

    Storages(Invented invented, Networks networks, Machines machines, int size) {
        this.networks = networks;
        for (int i = 0; i < Math.max(2, size / 10); i++) {
            Thing volume = volume(i, "ISCSI", "PERFORMANCE_BLOCK_STORAGE", "IBM02SEL");
            volume.with(
                    "lunId",
                    String.valueOf(i % 16),
                    "allowedVirtualGuests",
                    machines.guests.isEmpty() ? List.of() : List.of(machines.guests.get(i % machines.guests.size())));
            block.add(volume);
        }
        for (int i = 0; i < Math.max(2, size / 20); i++) {
            Thing volume = volume(1_000 + i, "NAS", "ENDURANCE_FILE_STORAGE", "IBM02SV");
            volume.with(
                    "fileNetworkMountAddress",
                    "fsf-dal05.service.softlayer.com:/" + volume.text("username"),
                    "allowedVirtualGuests",
                    List.of());
            file.add(volume);
        }
        for (int i = 0; i < Math.max(3, size / 20); i++) {
            privateImages.add(image(invented, i, "golden-" + (i + 1), 0));
        }
        String[] offered = {"Debian 12 minimal", "Ubuntu 24.04 minimal", "CentOS 9 minimal", "Windows 2022 standard"};
        for (int i = 0; i < offered.length; i++) {
            publicImages.add(image(invented, 10_000 + i, offered[i], 1));
        }
    }

    private Thing volume(int i, String nasType, String kind, String prefix) {
        Thing place = networks.datacenters.get(i % networks.datacenters.size());
        return Thing.of(
                        "Network_Storage",
                        "id",
                        4_000_000 + i,
                        "accountId",
                        Account.ID,
                        "username",
                        prefix + Account.ID + "-" + (i + 1),
                        "capacityGb",
                        20 * (1 + i % 10),
                        "createDate",
                        Account.date(86_400L * (i + 1)),
                        "nasType",
                        nasType,
                        "storageTypeId",
                        "7",
                        "upgradableFlag",
                        true,
                        "notes",
                        i % 4 == 0 ? "{\"purpose\":\"logs\"}" : null)
                .with(
                        "bytesUsed",
                        String.valueOf(4_096L * i),
                        "provisionedIops",
                        String.valueOf(100 * (1 + i % 5)),
                        "serviceResourceBackendIpAddress",
                        networks.address(false),
                        "storageType",
                        Thing.of("Network_Storage_Type", "id", 7, "keyName", kind, "description", "volume"),
                        "serviceResource",
                        Thing.of("Network_Service_Resource", "id", 100 + i % 6, "name", "resource-" + i % 6)
                                .with(
                                        "datacenter",
                                        place,
                                        "type",
                                        Thing.of("Network_Service_Resource_Type", "type", "NETAPP_STAAS")),
                        "activeTransactions",
                        List.of(),
                        "replicationPartners",
                        List.of(),
                        "iops",
                        String.valueOf(100 * (1 + i % 5)),
                        "billingItem",
                        Thing.of("Billing_Item", "id", 71_000_000 + i, "categoryCode", "storage_as_a_service"));
    }

    private Thing image(Invented invented, int i, String name, int isPublic) {
        return Thing.of(
                        "Virtual_Guest_Block_Device_Template_Group",
                        "id",
                        3_000_000 + i,
                        "accountId",
                        isPublic == 1 ? 208_938 : Account.ID,
                        "name",
                        name,
                        "note",
                        i % 2 == 0 ? "rebuilt monthly" : null,
                        "createDate",
                        Account.date(86_400L * (i % 300 + 1)),
                        "publicFlag",
                        isPublic,
                        "statusId",
                        1,
                        "summary",
                        name,
                        "parentId",
                        "",
                        "transactionId",
                        null)
                .with(
                        "globalIdentifier",
                        invented.id("image", i),
                        "blockDevicesDiskSpaceTotal",
                        25L * (1 << 30),
                        "imageType",
                        Thing.of(
                                "Virtual_Disk_Image_Type",
                                "keyName",
                                "SYSTEM",
                                "name",
                                "System",
                                "description",
                                "A system image"),
                        "datacenter",
                        networks.datacenters.get(i % networks.datacenters.size()),
                        "status",
                        Thing.of(
                                "Virtual_Guest_Block_Device_Template_Group_Status",
                                "keyName",
                                "ACTIVE",
                                "name",
                                "Active"),
                        "children",
                        List.of(),
                        "tagReferences",
                        List.of());
    }
}
