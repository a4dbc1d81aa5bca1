package dev.muster.sim.ovirt;

import dev.muster.sim.internal.Invented;
import dev.muster.sim.ovirt.ResourceTree.Members;
import dev.muster.sim.ovirt.Value.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The collections at the root that are neither machines nor what they run on: who may do what, profiles, policies, providers.
 *
 * @param inventory what they belong to
 */
record Administration(Inventory inventory) {
    static final List<String> ROLES = List.of(
            "SuperUser",
            "ClusterAdmin",
            "DataCenterAdmin",
            "UserRole",
            "UserVmManager",
            "TemplateAdmin",
            "ReadOnlyAdmin");
    static final List<String> TAGS = List.of("production", "staging", "test", "backup-daily", "pci", "legacy");
    static final List<String> DOMAINS = List.of("internal-authz", "example.net");
    static final List<String> POLICIES = List.of("none", "evenly_distributed", "power_saving", "vm_evenly_distributed");
    static final List<String> UNITS = List.of(
            "CPU", "Memory", "Network", "HA", "PinToHost", "OptimalForEvenDistribution", "OptimalForPowerSaving");
    private static final List<String> FILTERS =
            List.of("vdsm-no-mac-spoofing", "clean-traffic", "no-ip-spoofing", "no-arp-spoofing", "allow-dhcp");
    private static final List<String> SYSTEMS =
            List.of("other", "windows_2022", "rhel_9x64", "debian_9", "ubuntu_18_04", "other_linux", "rhcos_x64");
    private static final List<String> SIZES = List.of("Tiny", "Small", "Medium", "Large", "XLarge");
    private static final List<String> LEVELS = List.of("4.6", "4.7");
    private static final List<String> CPUS =
            List.of("Secure Intel Cascadelake Server Family", "Secure Intel Icelake Server Family", "AMD EPYC");

    private static final List<String> OPTIONS =
            List.of("UserSessionTimeOutInterval", "ENGINE_API_FILTER_BY_DEFAULT", "MaxNumOfVmCpus");

    /** One transparent pixel, as PNG. */
    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    /** A collection at the root; null = not one of these. */
    @Nullable
    Members load(String path) {
        return switch (path) {
            case "affinitylabels" -> all("affinity_label", 2, this::affinityLabel);
            case "bookmarks" -> all("bookmark", 3, this::bookmark);
            case "clusterlevels" -> all("cluster_level", LEVELS.size(), this::clusterLevel);
            case "cpuprofiles" -> all("cpu_profile", inventory.clusters, this::cpuProfile);
            case "diskprofiles" -> all("disk_profile", inventory.domains(), this::diskProfile);
            case "domains" -> all("domain", DOMAINS.size(), i -> named("domain", path, i, DOMAINS.get(i)));
            case "externalhostproviders" -> all("external_host_provider", 1, this::hostProvider);
            case "groups" -> all("group", 2, this::group);
            case "icons" -> all("icon", 2, this::icon);
            case "instancetypes" -> all("instance_type", SIZES.size(), this::instanceType);
            case "jobs" -> all("job", 3, this::job);
            case "macpools" -> all("mac_pool", 1, this::macPool);
            case "networkfilters" -> all("network_filter", FILTERS.size(), this::networkFilter);
            case "openstackimageproviders" -> all("openstack_image_provider", 1, this::imageProvider);
            case "openstacknetworkproviders" -> all("openstack_network_provider", 1, this::networkProvider);
            case "openstackvolumeproviders" -> all("openstack_volume_provider", 1, this::volumeProvider);
            case "operatingsystems" -> all("operating_system", SYSTEMS.size(), this::operatingSystem);
            case "options" -> all("system_option", OPTIONS.size(), this::option);
            case "permissions" -> all("permission", inventory.users, this::permission);
            case "roles" -> all("role", ROLES.size(), this::role);
            case "schedulingpolicies" -> all("scheduling_policy", POLICIES.size(), this::policy);
            case "schedulingpolicyunits" -> all("scheduling_policy_unit", UNITS.size(), this::unit);
            case "storageconnections" -> all("storage_connection", inventory.domains(), this::connection);
            case "tags" -> all("tag", TAGS.size() + 1, this::tag);
            case "users" -> all("user", inventory.users, this::user);
            case "vmpools" -> all("vm_pool", 1, this::pool);
            default -> null;
        };
    }

    static Members all(String tag, int count, IntFunction<Entity> maker) {
        List<Entity> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(maker.apply(i));
        }
        return Members.of(tag, all);
    }

    private Entity named(String tag, String path, int i, String name) {
        return Fields.named(name).entity(tag, inventory.path(path, i));
    }

    private Entity affinityLabel(int i) {
        return Fields.named(i == 0 ? "licensed-database" : "gpu")
                .put("has_implicit_affinity_group", false)
                .put("read_only", false)
                .entity("affinity_label", inventory.path("affinitylabels", i));
    }

    private Entity bookmark(int i) {
        String[][] bookmarks = {
            {"Machines that are down", "Vms: status=down"},
            {"Hosts in maintenance", "Hosts: status=maintenance"},
            {"Alerts of today", "Events: severity=alert"}
        };
        return Fields.named(bookmarks[i][0])
                .put("value", bookmarks[i][1])
                .entity("bookmark", inventory.path("bookmarks", i));
    }

    private Entity clusterLevel(int i) {
        List<Value> cpus = new ArrayList<>();
        for (String cpu : CPUS) {
            cpus.add(Fields.named(cpu)
                    .put("architecture", "x86_64")
                    .put("level", cpus.size() + 1)
                    .struct());
        }
        return Fields.of()
                .put("cpu_types", new Value.Many("cpu_type", cpus))
                .put("permits", new Value.Many("permit", List.of()))
                .entity("cluster_level", "clusterlevels/" + LEVELS.get(i));
    }

    private Entity cpuProfile(int i) {
        return Fields.named("cluster" + (i + 1))
                .put("description", "What every machine gets")
                .ref("cluster", inventory.path("clusters", i))
                .entity("cpu_profile", inventory.path("cpuprofiles", i));
    }

    private Entity diskProfile(int i) {
        return Fields.named(inventory.fabric.domainName(i))
                .put("description", "What every disk gets")
                .ref("storage_domain", inventory.path("storagedomains", i))
                .entity("disk_profile", inventory.path("diskprofiles", i));
    }

    private static Fields provider(String name, String url) {
        return Fields.named(name)
                .put("description", name + " of the house")
                .put("authentication_url", "https://engine.example.net:35357/v2.0/")
                .put("requires_authentication", true)
                .put("url", url)
                .put("username", "admin@internal");
    }

    private Entity hostProvider(int i) {
        return provider("foreman", "https://foreman.example.net")
                .entity("external_host_provider", inventory.path("externalhostproviders", i));
    }

    private Entity imageProvider(int i) {
        return provider("ovirt-image-repository", "http://glance.ovirt.org:9292")
                .put("tenant_name", "images")
                .entity("openstack_image_provider", inventory.path("openstackimageproviders", i));
    }

    private Entity networkProvider(int i) {
        return provider("ovirt-provider-ovn", "https://engine.example.net:9696")
                .put("auto_sync", true)
                .put("external_plugin_type", "OVIRT_PROVIDER_OVN")
                .put("read_only", false)
                .put("type", "external")
                .put("unmanaged", false)
                .entity("openstack_network_provider", inventory.path("openstacknetworkproviders", i));
    }

    private Entity volumeProvider(int i) {
        return provider("cinder", "https://cinder.example.net:8776")
                .ref("data_center", inventory.path("datacenters", 0))
                .entity("openstack_volume_provider", inventory.path("openstackvolumeproviders", i));
    }

    private Entity group(int i) {
        return Fields.named(i == 0 ? "Everyone" : "operators")
                .put("domain_entry_id", inventory.invented.id("group-entry", i))
                .put("namespace", "*")
                .ref("domain", inventory.path("domains", i))
                .entity("group", inventory.path("groups", i));
    }

    private Entity icon(int i) {
        return Fields.of().put("data", PIXEL).put("media_type", "image/png").entity("icon", inventory.path("icons", i));
    }

    private Entity instanceType(int i) {
        return Fields.named(SIZES.get(i))
                .put("description", SIZES.get(i) + " instance type")
                .put("cpu", inventory.cpu(1, 1 << Math.max(0, i - 1), 1))
                .put("memory", (512L << 20) << (i * 3 / 2))
                .put("type", "server")
                .entity("instance_type", inventory.path("instancetypes", i));
    }

    /** What was done while the cloud was built. */
    private Entity job(int i) {
        long begin = Invented.EPOCH_MILLIS - (4L - i) * 3_600_000L;
        return Fields.of()
                .put(
                        "description",
                        List.of("Adding new Host host001", "Activating Host host001", "Adding Disk")
                                .get(i))
                .put("auto_cleared", true)
                .moment("end_time", begin + 90_000)
                .put("external", false)
                .moment("last_updated", begin + 90_000)
                .moment("start_time", begin)
                .put("status", "finished")
                .ref("owner", inventory.path("users", 0))
                .entity("job", inventory.path("jobs", i));
    }

    private Entity macPool(int i) {
        Value range = Fields.of()
                .put("from", "56:6f:00:00:00:00")
                .put("to", "56:6f:00:ff:ff:ff")
                .struct();
        return Fields.named("Default")
                .put("description", "Default MAC pool")
                .put("allow_duplicates", false)
                .put("default_pool", true)
                .put("ranges", new Value.Many("range", List.of(range)))
                .entity("mac_pool", inventory.path("macpools", i));
    }

    private Entity networkFilter(int i) {
        return Fields.named(FILTERS.get(i))
                .put("version", Inventory.version(4, 0))
                .entity("network_filter", inventory.path("networkfilters", i));
    }

    private Entity operatingSystem(int i) {
        return Fields.named(SYSTEMS.get(i))
                .put("description", SYSTEMS.get(i).replace('_', ' '))
                .put("architecture", "x86_64")
                .ref("large_icon", inventory.path("icons", 0))
                .ref("small_icon", inventory.path("icons", 1))
                .entity("operating_system", "operatingsystems/" + i);
    }

    private Entity option(int i) {
        Value value = Fields.of()
                .put("value", List.of("30", "false", "710").get(i))
                .put("version", "general")
                .struct();
        return Fields.named(OPTIONS.get(i))
                .put("values", new Value.Many("system_option_value", List.of(value)))
                .entity("system_option", "options/" + OPTIONS.get(i));
    }

    private Entity permission(int i) {
        return Fields.of()
                .ref("role", inventory.path("roles", i == 0 ? 0 : 3))
                .ref(i == 1 ? "group" : "user", i == 1 ? inventory.path("groups", 0) : inventory.path("users", i))
                .entity("permission", inventory.path("permissions", i));
    }

    Entity role(int i) {
        String name = ROLES.get(i);
        return Fields.named(name)
                .put("description", name)
                .put("administrative", !name.startsWith("User"))
                .put("mutable", false)
                .entity("role", inventory.path("roles", i));
    }

    private Entity policy(int i) {
        Value load = Fields.named("HighUtilization").put("value", "80").struct();
        return Fields.named(POLICIES.get(i))
                .put("description", POLICIES.get(i).replace('_', ' '))
                .put("default_policy", i == 0)
                .put("locked", true)
                .put("properties", new Value.Many("property", i == 0 ? List.of() : List.of(load)))
                .entity("scheduling_policy", inventory.path("schedulingpolicies", i));
    }

    private Entity unit(int i) {
        return Fields.named(UNITS.get(i))
                .put("enabled", true)
                .put("internal", true)
                .put("type", i < 5 ? "filter" : i < 6 ? "load_balancing" : "weight")
                .entity("scheduling_policy_unit", inventory.path("schedulingpolicyunits", i));
    }

    private Entity connection(int i) {
        return Fabric.connection(i).entity("storage_connection", inventory.path("storageconnections", i));
    }

    /** The tag that all others are below has the same id on every engine. */
    private Entity tag(int i) {
        String root = "tags/00000000-0000-0000-0000-000000000000";
        return i == TAGS.size()
                ? Fields.named("root").put("description", "root").entity("tag", root)
                : Fields.named(TAGS.get(i))
                        .put("description", "")
                        .ref("parent", root)
                        .entity("tag", inventory.path("tags", i));
    }

    private Entity user(int i) {
        String name = i == 0 ? "admin" : "user%03d".formatted(i);
        return Fields.named(name)
                .put("department", i == 0 ? "" : "Department " + i % 7)
                .put("domain_entry_id", inventory.invented.id("entry", i))
                .put("email", name + "@example.net")
                .put("last_name", i == 0 ? "" : "Example")
                .put("namespace", "*")
                .put("principal", name)
                .put("user_name", name + (i == 0 ? "@internal-authz" : "@example.net"))
                .ref("domain", inventory.path("domains", i == 0 ? 0 : 1))
                .entity("user", inventory.path("users", i));
    }

    private Entity pool(int i) {
        return Fields.named("desktops")
                .put("description", "Desktops for whoever comes")
                .put("auto_storage_select", false)
                .put("max_user_vms", 1)
                .put("prestarted_vms", 0)
                .put("size", 0)
                .put("soundcard_enabled", false)
                .put("stateful", false)
                .put("type", "automatic")
                .put("use_latest_template_version", false)
                .ref("cluster", inventory.path("clusters", 0))
                .ref("template", inventory.templatePath(1))
                .entity("vm_pool", inventory.path("vmpools", i));
    }
}
