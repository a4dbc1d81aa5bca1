package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is below other things than machines: quotas of a data centre, devices of a host, permits of a role and the like.
 *
 * @param inventory what they belong to
 */
record Belongings(Inventory inventory) {
    private static final List<String> PERMITS =
            List.of("login", "create_vm", "delete_vm", "edit_vm_properties", "vm_basic_operations", "migrate_vm");

    /**
     * A collection below an entity; null = not one of these.
     *
     * @param kind such as {@code datacenters/quotas}
     * @param parent the path of the entity
     * @param i the number of the entity that is at the root
     * @param path of the collection
     */
    @Nullable
    Members load(String kind, String parent, int i, String path) {
        return switch (kind) {
            case "affinitylabels/hosts" -> references("host", List.of("hosts/" + id("hosts", i)));
            case "affinitylabels/vms" -> references("vm", first("vms", inventory.vms, 2));
            case "clusterlevels/clusterfeatures" ->
                of("cluster_feature", path, 1, n -> Fields.named("SEPARATE_TPM").ref("cluster_level", parent));
            case "clusters/affinitygroups" -> of("affinity_group", path, 1, n -> affinityGroup(parent));
            case "clusters/permissions", "datacenters/permissions", "hosts/permissions", "storagedomains/permissions" ->
                of("permission", path, 1, n -> permission(kind, parent));
            case "datacenters/qoss" -> of("qos", path, 3, n -> qos(n).ref("data_center", parent));
            case "datacenters/quotas" -> of("quota", path, 1, n -> quota(parent));
            case "disks/statistics" ->
                inventory.statistics(parent, i, "disk", "data.current.read", "data.current.write");
            case "hosts/cpuunits" -> of("host_cpu_unit", path, 8, n -> cpuUnit(n));
            case "hosts/devices" -> of("host_device", path, 3, n -> device(n).ref("host", parent));
            case "hosts/fenceagents" ->
                i % 2 == 0
                        ? of("agent", path, 1, n -> fenceAgent(i).ref("host", parent))
                        : of("agent", path, 0, n -> fenceAgent(i));
            case "hosts/hooks" ->
                of(
                        "hook",
                        path,
                        2,
                        n -> Fields.named(n == 0 ? "50_vhostmd" : "10_ovs")
                                .put("event_name", n == 0 ? "before_vm_start" : "after_vm_destroy")
                                .put("md5", "d41d8cd98f00b204e9800998ecf8427e")
                                .ref("host", parent));
            case "hosts/networkattachments" -> of("network_attachment", path, 1, n -> attachment(parent, i));
            case "hosts/numanodes" ->
                of(
                        "host_numa_node",
                        path,
                        2,
                        n -> Fields.of()
                                .put("index", n)
                                .put("memory", 128L << 10)
                                .put("node_distance", n == 0 ? "10 21" : "21 10")
                                .ref("host", parent));
            case "hosts/storage" -> of("host_storage", path, 1, n -> lun(i).ref("host", parent));
            case "jobs/steps" ->
                of(
                        "step",
                        path,
                        3,
                        n -> Jobs.step(n, parent, "finished")
                                .moment("end_time", Invented.EPOCH_MILLIS - 1_000)
                                .moment("start_time", Invented.EPOCH_MILLIS - 61_000));
            case "openstackimageproviders/images" ->
                of("openstack_image", path, 2, n -> Fields.named(n == 0 ? "CirrOS 0.5.2" : "CentOS Stream 9"));
            case "openstacknetworkproviders/networks" ->
                of(
                        "openstack_network",
                        path,
                        1,
                        n -> Fields.named("ovn-internal").ref("openstack_network_provider", parent));
            case "roles/permits" ->
                of(
                        "permit",
                        path,
                        i == 0 ? PERMITS.size() : 2,
                        n -> Fields.named(PERMITS.get(n))
                                .put("administrative", false)
                                .ref("role", parent));
            case "schedulingpolicies/filters" ->
                of("filter", path, 3, n -> ofPolicy(n).put("position", n == 0 ? 1 : 0));
            case "schedulingpolicies/weights" ->
                of("weight", path, 2, n -> ofPolicy(n + 3).put("factor", 1).ref("scheduling_policy", parent));
            case "storagedomains/storageconnections" -> of("storage_connection", path, 1, n -> Fabric.connection(i));
            case "storagedomains/templates" ->
                of(
                        "template",
                        path,
                        i % 3 == 2 ? 1 : 0,
                        n -> Fields.named("exported-template").put("status", "ok"));
            case "storagedomains/vms" ->
                of(
                        "vm",
                        path,
                        i % 3 == 2 ? 1 : 0,
                        n -> Fields.named("exported-vm").put("status", "down"));
            case "templates/cdroms" -> of("cdrom", path, 1, n -> Fields.of().ref("template", parent));
            case "templates/diskattachments" -> templateDisks(i, parent, path);
            case "templates/graphicsconsoles" ->
                of(
                        "graphics_console",
                        path,
                        1,
                        n -> Fields.of().put("protocol", "vnc").ref("template", parent));
            case "templates/nics" -> of("nic", path, i == 0 ? 0 : 1, n -> nic(i).ref("template", parent));
            case "templates/permissions" ->
                of(
                        "permission",
                        path,
                        1,
                        n -> Fields.of()
                                .ref("group", inventory.path("groups", 0))
                                .ref("role", inventory.path("roles", 3))
                                .ref("template", parent));
            case "users/permissions" -> of("permission", path, 1, n -> permission(kind, parent));
            case "users/roles" -> Members.of("role", List.of(inventory.administration.role(i == 0 ? 0 : 3)));
            case "users/sshpublickeys" ->
                of(
                        "ssh_public_key",
                        path,
                        i == 0 ? 1 : 0,
                        n -> Fields.of()
                                .put("content", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIInvented admin@example.net")
                                .ref("user", parent));
            default -> null;
        };
    }

    private String id(String kind, int number) {
        return inventory.invented.id(kind, number);
    }

    private Members of(String tag, String path, int count, IntFunction<Fields> maker) {
        return Administration.all(tag, count, n -> maker.apply(n).entity(tag, path + "/" + id(path, n)));
    }

    /** Entities that are named only: what they are stands in their own collection. */
    private static Members references(String tag, List<String> targets) {
        List<Value.Entity> found = new ArrayList<>();
        for (String target : targets) {
            found.add(Fields.of().entity(tag, target));
        }
        return Members.of(tag, found);
    }

    private List<String> first(String top, int there, int wanted) {
        List<String> paths = new ArrayList<>();
        for (int n = 0; n < Math.min(there, wanted); n++) {
            paths.add(inventory.path(top, n));
        }
        return paths;
    }

    private Members templateDisks(int template, String parent, String path) {
        if (template == 0) {
            return Members.of("disk_attachment", List.of());
        }
        String disk = inventory.templateDisk(template).path();
        return Members.of(
                "disk_attachment",
                List.of(Fields.of()
                        .put("active", true)
                        .put("bootable", true)
                        .put("interface", "virtio_scsi")
                        .ref("disk", disk)
                        .ref("template", parent)
                        .entity("disk_attachment", path + "/" + disk.substring("disks/".length()))));
    }

    private Fields nic(int template) {
        return Fields.named("nic1")
                .put("interface", "virtio")
                .put("linked", true)
                .put("plugged", true)
                .ref("vnic_profile", inventory.fabric.profileFor(0, template));
    }

    private static Fields affinityGroup(String cluster) {
        Fields rule = Fields.of().put("enabled", true).put("enforcing", false).put("positive", false);
        return Fields.named("spread-databases")
                .put("description", "No two of them on one host")
                .put("broken", false)
                .put(
                        "hosts_rule",
                        Fields.of()
                                .put("enabled", false)
                                .put("enforcing", false)
                                .put("positive", true))
                .put("priority", new Value.Fraction(1))
                .put("vms_rule", rule)
                .ref("cluster", cluster);
    }

    private Fields permission(String kind, String parent) {
        Fields permission = Fields.of().ref("role", inventory.path("roles", 1));
        return switch (kind) {
            case "clusters/permissions" -> user(permission, 1).ref("cluster", parent);
            case "datacenters/permissions" -> user(permission, 2).ref("data_center", parent);
            case "hosts/permissions" -> user(permission, 3).ref("host", parent);
            case "storagedomains/permissions" -> user(permission, 4).ref("storage_domain", parent);
            default -> permission.ref("user", parent);
        };
    }

    private Fields user(Fields permission, int user) {
        return permission.ref("user", inventory.path("users", user % inventory.users));
    }

    private static Fields qos(int n) {
        return switch (n) {
            case 0 ->
                Fields.named("bronze")
                        .put("description", "What is not in a hurry")
                        .put("max_iops", 500)
                        .put("max_throughput", 50)
                        .put("type", "storage");
            case 1 -> Fields.named("half").put("cpu_limit", 50).put("type", "cpu");
            default ->
                Fields.named("slow")
                        .put("inbound_average", 100)
                        .put("outbound_average", 100)
                        .put("type", "network");
        };
    }

    private static Fields quota(String dataCenter) {
        return Fields.named("Default")
                .put("description", "Default unlimited quota")
                .put("cluster_hard_limit_pct", 20)
                .put("cluster_soft_limit_pct", 80)
                .put("storage_hard_limit_pct", 20)
                .put("storage_soft_limit_pct", 80)
                .ref("data_center", dataCenter);
    }

    private static Fields cpuUnit(int n) {
        return Fields.of()
                .put("core_id", n / 2)
                .put("cpu_id", n)
                .put("runs_vdsm", n == 0)
                .put("socket_id", n / 4);
    }

    private static Fields device(int n) {
        String[] products = {"Ethernet Controller X710 for 10GbE SFP+", "NVMe SSD Controller PM173X", "A2 / A16"};
        String[] vendors = {"Intel Corporation", "Samsung Electronics Co Ltd", "NVIDIA Corporation"};
        return Fields.named("pci_0000_%02x_00_0".formatted(n + 1))
                .put("capability", "pci")
                .put("iommu_group", 10 + n)
                .put("placeholder", false)
                .put("product", Fields.named(products[n]))
                .put("vendor", Fields.named(vendors[n]));
    }

    private static Fields fenceAgent(int host) {
        return Fields.of()
                .put("address", "10.1.%d.%d".formatted(host / 250, host % 250 + 2))
                .put("concurrent", false)
                .put("encrypt_options", false)
                .put("order", 1)
                .put("type", "ipmilan")
                .put("username", "fence");
    }

    private Fields attachment(String host, int i) {
        return Fields.of()
                .put("in_sync", true)
                .ref("host", host)
                .ref("host_nic", inventory.fabric.hostNicPath(i, 0))
                .ref("network", inventory.path("networks", 0));
    }

    private Fields lun(int host) {
        SplittableRandom random = inventory.invented.random("lun", host);
        Value unit = Fields.of()
                .put("id", "3600140500000000%016x".formatted(random.nextLong()))
                .put("paths", 2)
                .put("product_id", Invented.pick(random, "block1", "LUN C-Mode"))
                .put("size", 2L << 40)
                .put("status", "free")
                .put("vendor_id", "LIO-ORG")
                .struct();
        return Fields.of()
                .put("logical_units", new Value.Many("logical_unit", List.of(unit)))
                .put("type", "iscsi");
    }

    private Fields ofPolicy(int unit) {
        return Fields.named(Administration.UNITS.get(unit))
                .ref("scheduling_policy_unit", inventory.path("schedulingpolicyunits", unit));
    }
}
