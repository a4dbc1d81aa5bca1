package dev.muster.clouds.softlayer;

import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;

import dev.muster.core.Table;

/** Volumes. */
final class StorageTables {
    private StorageTables() {}

    static final Table BLOCK_VOLUMES = volumes(
                    "block_volume", "A volume that is attached as a disk.", "iscsiNetworkStorage")
            .column("lun", TEXT, "Its logical unit number.", "lunId")
            .build();

    static final Table FILE_VOLUMES = volumes(
                    "file_volume", "A volume that is mounted as a file system.", "nasNetworkStorage")
            .column("mount_address", TEXT, "What clients mount.", "fileNetworkMountAddress")
            .build();

    private static Declared volumes(String name, String description, String relation) {
        return Declared.ofAccount(name, description, relation)
                .key("id", INTEGER, "Number of the volume.", "id")
                .column("username", TEXT, "Its name, with which it is also logged in to.", "username")
                .column("datacenter", TEXT, "Where it is.", "serviceResource.datacenter.name")
                .column("type", TEXT, "As PERFORMANCE_BLOCK_STORAGE.", "storageType.keyName")
                .column("capacity_gb", INTEGER, "Its size.", "capacityGb")
                .column("used_bytes", INTEGER, "What of it is in use.", "bytesUsed")
                .column("iops", INTEGER, "Operations a second that are paid for.", "provisionedIops")
                .column("address", TEXT, "Where it is reached.", "serviceResourceBackendIpAddress")
                .column("replicas", INTEGER, "Volumes it is copied to.", "replicationPartnerCount")
                .column("transactions", INTEGER, "What is being done with it.", "activeTransactionCount")
                .column("notes", TEXT, "Its owner's own words.", "notes")
                .column("created", TIME, "When it was ordered.", "createDate")
                .filtered("id", "username", "datacenter");
    }
}
