package dev.muster.ovirt;

import static dev.muster.core.Column.at;
import static dev.muster.core.ColumnType.BOOLEAN;
import static dev.muster.core.ColumnType.TEXT;

import dev.muster.core.Table;
import java.util.List;

/** Outside systems that the engine takes images, networks, volumes and hosts from. */
final class ProviderTables {
    private ProviderTables() {}

    /** What every provider has. */
    private static Table.Builder provider(String name, String description, String path, String row) {
        return Table.named(name, description)
                .list(VmTables.list(path, row))
                .key("id", TEXT, "UUID.")
                .column("name", TEXT, "Unique name.")
                .column("description", TEXT, "Its owner's words.")
                .column("url", TEXT, "Where it is.")
                .column("requires_authentication", BOOLEAN, "Whether the engine logs in there.")
                .column("authentication_url", TEXT, "Where the engine logs in.")
                .column("username", TEXT, "As whom.");
    }

    static final Table IMAGE_PROVIDERS = provider(
                    "ovirt_image_provider",
                    "A Glance that images are imported from.",
                    "/openstackimageproviders",
                    "openstack_image_provider")
            .column("tenant_name", TEXT, "In which project.")
            .build();

    static final Table NETWORK_PROVIDERS = provider(
                    "ovirt_network_provider",
                    "A Neutron, or what speaks like one, as OVN does.",
                    "/openstacknetworkproviders",
                    "openstack_network_provider")
            .column("type", TEXT, "external or neutron.")
            .column("external_plugin_type", TEXT, "How the hosts are connected to it, as OVIRT_PROVIDER_OVN.")
            .column("auto_sync", BOOLEAN, "Whether its networks are imported by themselves.")
            .column("read_only", BOOLEAN, "Whether the engine changes nothing there.")
            .column("unmanaged", BOOLEAN, "Whether the engine leaves its networks alone.")
            .build();

    static final Table VOLUME_PROVIDERS = provider(
                    "ovirt_volume_provider",
                    "A Cinder that disks are kept in.",
                    "/openstackvolumeproviders",
                    "openstack_volume_provider")
            .column("data_center_id", TEXT, "Its data center.", at("/data_center/id"))
            .build();

    static final Table HOST_PROVIDERS = provider(
                    "ovirt_host_provider",
                    "A Foreman or Satellite that hosts come from.",
                    "/externalhostproviders",
                    "external_host_provider")
            .build();

    static final List<Table> ALL = List.of(IMAGE_PROVIDERS, NETWORK_PROVIDERS, VOLUME_PROVIDERS, HOST_PROVIDERS);
}
