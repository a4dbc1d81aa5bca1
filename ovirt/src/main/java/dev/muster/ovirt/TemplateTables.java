package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;
import java.util.List;

/** What hangs on templates, and is copied with them. */
final class TemplateTables {
    private TemplateTables() {}

    static final Table DISK_ATTACHMENTS = Parts.of(
                    Table.named("ovirt_template_disk_attachment", "A disk as a template has it."),
                    VmTables.TEMPLATES,
                    "template_id",
                    "disk_attachments",
                    "disk_attachment")
            .one("disk", "disk_id", "ovirt_disk", "id")
            .key("id", TEXT, "UUID; that of the disk.")
            .column("disk_id", TEXT, "The disk.", at("/disk/id"))
            .column("interface", TEXT, "virtio_scsi, virtio, sata, ide, …")
            .column("active", BOOLEAN, "Whether machines made from it see the disk.")
            .column("bootable", BOOLEAN, "Whether they boot from it.")
            .build();

    static final Table NICS = Parts.of(
                    Table.named("ovirt_template_nic", "A network interface of a template."),
                    VmTables.TEMPLATES,
                    "template_id",
                    "nics",
                    "nic")
            .one("vnic_profile", "vnic_profile_id", "ovirt_vnic_profile", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Its name, as nic1.")
            .column("interface", TEXT, "virtio, e1000e, pci_passthrough, …")
            .column("linked", BOOLEAN, "Whether its cable is in.")
            .column("plugged", BOOLEAN, "Whether machines made from it have it.")
            .column("vnic_profile_id", TEXT, "Its profile, which says the network.", at("/vnic_profile/id"))
            .build();

    static final List<Table> ALL = List.of(DISK_ATTACHMENTS, NICS);
}
