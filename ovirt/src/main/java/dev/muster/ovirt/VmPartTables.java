package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.INTEGER;
import static dev.muster.core.ColumnType.JSON;
import static dev.muster.core.ColumnType.TEXT;
import static dev.muster.core.ColumnType.TIME;

import dev.muster.core.Table;
import java.util.List;

/** What hangs on virtual machines beside disks, NICs and permissions. */
final class VmPartTables {
    private VmPartTables() {}

    static final Table SNAPSHOTS = Parts.of(
                    Table.named("ovirt_snapshot", "A state of a virtual machine that was kept."),
                    VmTables.VMS,
                    "vm_id",
                    "snapshots",
                    "snapshot")
            .key("id", TEXT, "UUID.")
            .column("description", TEXT, "Its owner's words.")
            .column(
                    "type",
                    TEXT,
                    "active (what the machine is now), regular, preview, stateless.",
                    at("/snapshot_type"))
            .column("status", TEXT, "ok, locked or in_preview.", at("/snapshot_status"))
            .column("date", TIME, "When it was taken.")
            .column("persist_memorystate", BOOLEAN, "Whether the memory was kept too.")
            .build();

    static final Table REPORTED_DEVICES = Parts.of(
                    Table.named(
                            "ovirt_reported_device",
                            "A network interface as an agent inside a virtual machine sees it."),
                    VmTables.VMS,
                    "vm_id",
                    "reported_devices",
                    "reported_device")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "What it is called inside, as eth0.")
            .column("description", TEXT, "Where this is from.")
            .column("type", TEXT, "network.")
            .column("mac", TEXT, "MAC address.", at("/mac/address"))
            .column("ips", JSON, "Addresses, each with its version.", at("/ips/ip"))
            .build();

    static final Table APPLICATIONS = Parts.of(
                    Table.named("ovirt_vm_application", "Software inside a virtual machine."),
                    VmTables.VMS,
                    "vm_id",
                    "applications",
                    "application")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "What the agent inside calls it, with its version.")
            .build();

    static final Table CDROMS = Parts.of(
                    Table.named("ovirt_cdrom", "A CD drive of a virtual machine."),
                    VmTables.VMS,
                    "vm_id",
                    "cdroms",
                    "cdrom")
            .key("id", TEXT, "UUID; the same on every machine.")
            .column("file_id", TEXT, "The image inside; none where it is empty.", at("/file/id"))
            .build();

    static final Table CONSOLES = Parts.of(
                    Table.named("ovirt_graphics_console", "How a virtual machine's screen is reached."),
                    VmTables.VMS,
                    "vm_id",
                    "graphics_consoles",
                    "graphics_console")
            .key("id", TEXT, "Identifier; the same on every machine with this protocol.")
            .column("protocol", TEXT, "vnc or spice.")
            .column("address", TEXT, "Host; none while the machine is down.")
            .column("port", INTEGER, "Port; none while the machine is down.")
            .column("tls_port", INTEGER, "Port for TLS, where there is one.")
            .build();

    static final Table VM_TAGS = Parts.of(
                    Table.named("ovirt_vm_tag", "A tag that a virtual machine is marked with."),
                    VmTables.VMS,
                    "vm_id",
                    "tags",
                    "tag")
            .one("tag", "id", "ovirt_tag", "id")
            .key("id", TEXT, "UUID; that of the tag.")
            .column("name", TEXT, "The tag's name.")
            .build();

    static final Table VM_STATISTICS = StatisticColumns.of(Parts.of(
                    Table.named(
                            "ovirt_vm_statistic", "What is measured of a virtual machine, as the engine last knew it."),
                    VmTables.VMS,
                    "vm_id",
                    "statistics",
                    "statistic"))
            .build();

    static final Table SESSIONS = Parts.of(
                    Table.named("ovirt_vm_session", "Somebody who is logged in to a virtual machine."),
                    VmTables.VMS,
                    "vm_id",
                    "sessions",
                    "session")
            .key("id", TEXT, "UUID.")
            .column("console_user", BOOLEAN, "Whether it is by the screen.")
            .column("protocol", TEXT, "By what, as vnc.")
            .column("ip", TEXT, "From where.", at("/ip/address"))
            .column("user_id", TEXT, "Who; none where the engine does not know that user.", at("/user/id"))
            .build();

    static final Table WATCHDOGS = Parts.of(
                    Table.named("ovirt_watchdog", "What resets a virtual machine that hangs."),
                    VmTables.VMS,
                    "vm_id",
                    "watchdogs",
                    "watchdog")
            .key("id", TEXT, "UUID.")
            .column("model", TEXT, "i6300esb or diag288.")
            .column("action", TEXT, "none, reset, poweroff, pause or dump.")
            .build();

    static final Table VM_POOLS = Table.named("ovirt_vm_pool", "Virtual machines that are given to whoever comes.")
            .list(VmTables.list("/vmpools", "vm_pool"))
            .one("cluster", "cluster_id", "ovirt_cluster", "id")
            .one("template", "template_id", "ovirt_template", "id")
            .key("id", TEXT, "UUID.")
            .column("name", TEXT, "Unique name.")
            .column("description", TEXT, "Its owner's words.")
            .column("type", TEXT, "automatic or manual: whether a machine goes back by itself.")
            .column("size", INTEGER, "How many machines it has.")
            .column("prestarted_vms", INTEGER, "How many are kept running for who comes next.")
            .column("max_user_vms", INTEGER, "How many one user may have.")
            .column("stateful", BOOLEAN, "Whether machines keep their disks' changes.")
            .column("use_latest_template_version", BOOLEAN, "Whether machines follow their template.")
            .column("cluster_id", TEXT, "Its cluster.", at("/cluster/id"))
            .column("template_id", TEXT, "What its machines are made from.", at("/template/id"))
            .build();

    static final List<Table> ALL = List.of(
            SNAPSHOTS,
            REPORTED_DEVICES,
            APPLICATIONS,
            CDROMS,
            CONSOLES,
            VM_TAGS,
            VM_STATISTICS,
            SESSIONS,
            WATCHDOGS,
            VM_POOLS);
}
