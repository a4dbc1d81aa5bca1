package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.ApiRequest;
import dev.muster.core.Table;
import java.util.List;

/** Where disks are, and the disks. */
final class StorageTables {
    private StorageTables() {}

    static final Table STORAGE_DOMAINS = Table.named(
                    "ovirt_storage_domain", "Where disks, images and templates are kept.")
            .list(VmTables.list("/storagedomains", "storage_domain"))
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("description", TEXT, "Its owner's words.")
            .column("type", TEXT, "data, iso, export, image, managed_block_storage.")
            .column(
                    "status",
                    TEXT,
                    "unattached; none where it is attached, as then each data center has a status for it.")
            .column("external_status", TEXT, "What an outside system says of it: ok, info, warning, error, failure.")
            .column("master", BOOLEAN, "Whether its data center's own data are on it.")
            .column("available", INTEGER, "Bytes free.")
            .column("used", INTEGER, "Bytes used.")
            .column("committed", INTEGER, "Bytes promised to disks that do not use them yet.")
            .column("storage_type", TEXT, "nfs, iscsi, fcp, glusterfs, localfs, posixfs, …", at("/storage/type"))
            .column("storage_address", TEXT, "Its server.", at("/storage/address"))
            .column("storage_path", TEXT, "Its path there.", at("/storage/path"))
            .column("storage_format", TEXT, "v1 to v5.")
            .column("block_size", INTEGER, "Bytes of a block.")
            .column("backup", BOOLEAN, "Whether it is for backups only.")
            .column("wipe_after_delete", BOOLEAN, "Whether what is deleted is overwritten.")
            .column("data_centers", JSON, "The data centers it is attached to.")
            .build();

    static final Table DISKS = Table.named("ovirt_disk", "A virtual disk.")
            .list(VmTables.list("/disks", "disk"))
            .get(ApiRequest.get("", "/disks/{id}"), "")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name; not unique.")
            .column("alias", TEXT, "Its name once more, as the engine's pages show it.")
            .column("description", TEXT, "Its owner's words.")
            .column("status", TEXT, "ok, locked or illegal.")
            .column("provisioned_size", INTEGER, "Bytes that the machine sees.")
            .column("actual_size", INTEGER, "Bytes that it takes.")
            .column("total_size", INTEGER, "Bytes that it takes with its snapshots.")
            .column("format", TEXT, "cow or raw.")
            .column("sparse", BOOLEAN, "Whether it takes only what was written.")
            .column("shareable", BOOLEAN, "Whether several machines may have it at once.")
            .column("storage_type", TEXT, "image, lun, cinder, managed_block_storage.")
            .column("content_type", TEXT, "data, iso, ovf_store, …")
            .column("backup", TEXT, "none or incremental.")
            .column("wipe_after_delete", BOOLEAN, "Whether it is overwritten when deleted.")
            .column("image_id", TEXT, "The image that is written to.")
            .column("quota_id", TEXT, "What it counts against.", at("/quota/id"))
            .column("disk_profile_id", TEXT, "Its profile.", at("/disk_profile/id"))
            .column("storage_domains", JSON, "The storage domains it is on.")
            .build();

    static final Table ATTACHED_DOMAINS = Table.named(
                    "ovirt_attached_storage_domain", "A storage domain as a data center has it.")
            .list(VmTables.list("/datacenters/{data_center_id}/storagedomains", "storage_domain"))
            .each(HostTables.DATA_CENTERS, "data_center_id")
            .one("storage_domain", "id", "ovirt_storage_domain", "id")
            .key("id", TEXT, "UUID; that of the storage domain.")
            .column("name", TEXT, "The storage domain's name.")
            .column("status", TEXT, "active, inactive, maintenance, locked, …; nowhere else is it told.")
            .column("type", TEXT, "data, iso, export, image, managed_block_storage.")
            .column("master", BOOLEAN, "Whether the data center's own data are on it.")
            .column("available", INTEGER, "Bytes free.")
            .column("used", INTEGER, "Bytes used.")
            .build();

    static final Table CONNECTIONS = Table.named("ovirt_storage_connection", "How hosts reach a storage domain.")
            .list(VmTables.list("/storageconnections", "storage_connection"))
            .key("id", TEXT, "UUID.")
            .column("type", TEXT, "nfs, iscsi, fcp, glusterfs, localfs, posixfs, …")
            .column("address", TEXT, "Its server.")
            .column("path", TEXT, "Its path there.")
            .column("port", INTEGER, "The port of an iSCSI server.")
            .column("target", TEXT, "The target of an iSCSI server.")
            .column("mount_options", TEXT, "What a file system is mounted with.")
            .column("nfs_version", TEXT, "auto, v3, v4, v4_0, …")
            .build();

    static final Table DISK_PROFILES = Table.named("ovirt_disk_profile", "How disks of a storage domain are served.")
            .list(VmTables.list("/diskprofiles", "disk_profile"))
            .one("storage_domain", "storage_domain_id", "ovirt_storage_domain", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique in its storage domain.")
            .column("description", TEXT, "Its owner's words.")
            .column("storage_domain_id", TEXT, "Its storage domain.", at("/storage_domain/id"))
            .column("qos_id", TEXT, "What limits it.", at("/qos/id"))
            .build();

    static final List<Table> ALL = List.of(STORAGE_DOMAINS, ATTACHED_DOMAINS, DISKS, CONNECTIONS, DISK_PROFILES);
}
