package dev.muster.ovirt;

import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import dev.muster.testkit.Capability;
import dev.muster.testkit.EmbeddedCloudContract;
import java.util.Map;
import java.util.Set;

class OvirtContractTest extends EmbeddedCloudContract {
    @Override
    protected SimCloud start() {
        return SimOvirt.start(SimOptions.defaults().vms(60));
    }

    @Override
    protected Settings settings(SimCloud cloud) {
        return Settings.of(
                "sim",
                "ovirt",
                "a test",
                Map.of(
                        "url", cloud.uri().toString(),
                        "username", cloud.login().user(),
                        "password", cloud.login().password(),
                        "connections", 5,
                        "pipeline", 5));
    }

    @Override
    protected Map.Entry<String, String> lonelyTable() {
        return Map.entry("/bookmarks", "ovirt_bookmark");
    }

    /** Without {@code max} the engine answers everything at once, and nothing tells how much there is. */
    @Override
    protected Set<Capability> lacks() {
        return Set.of(Capability.PAGES);
    }

    /** The embedded cloud is thinner than a real one here. */
    @Override
    protected Set<String> emptyColumns() {
        return Set.of(
                "ovirt_cdrom.file_id",
                "ovirt_cpu_profile.qos_id",
                "ovirt_disk.quota_id",
                "ovirt_disk_profile.qos_id",
                "ovirt_event.storage_domain_id",
                "ovirt_event.template_id",
                "ovirt_graphics_console.tls_port",
                "ovirt_job_step.parent_step_id",
                "ovirt_network.external_provider_id",
                "ovirt_network.status",
                "ovirt_nic.network_id",
                "ovirt_nic.reported_devices",
                "ovirt_permission.group_id",
                "ovirt_storage_connection.port",
                "ovirt_storage_connection.target",
                "ovirt_storage_domain.status",
                "ovirt_vm.status_detail",
                "ovirt_vm.vm_pool_id",
                "ovirt_vnic_profile.qos_id");
    }
}
