package dev.muster.clouds.openstack;

import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.testkit.Capability;
import dev.muster.testkit.EmbeddedCloudContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

class OpenStackContractTest extends EmbeddedCloudContract {
    @Override
    protected SimCloud start() {
        return SimOpenStack.start(SimOptions.defaults().vms(60));
    }

    @Override
    protected Settings settings(SimCloud cloud) {
        return Settings.of(
                "sim",
                "openstack",
                "a test",
                Map.of("auth", auth(cloud, cloud.login().password())));
    }

    private static Map<String, Object> auth(SimCloud cloud, String password) {
        return new HashMap<>(Map.of(
                "auth_url",
                cloud.uri().toString(),
                "username",
                cloud.login().user(),
                "password",
                password,
                "project_name",
                "demo",
                "user_domain_name",
                "Default",
                "project_domain_name",
                "Default"));
    }

    @Override
    protected Settings wrongPassword(Settings right) {
        Map<Object, Object> auth = new HashMap<>((Map<?, ?>) right.values().get("auth"));
        auth.put("password", "not-the-password");
        return right.with("auth", auth);
    }

    @Override
    protected Map.Entry<String, String> lonelyTable() {
        return Map.entry("/images", "openstack_image");
    }

    @Override
    protected Set<Capability> lacks() {
        return Set.of(Capability.CHILD_TABLES);
    }

    /** The embedded cloud is thinner than a real one here. */
    @Override
    protected Set<String> emptyColumns() {
        return Set.of(
                "openstack_flavor.swap_mib",
                "openstack_image.architecture",
                "openstack_image.os_distro",
                "openstack_image.os_version",
                "openstack_network.network_type",
                "openstack_network.segmentation_id",
                "openstack_port.host",
                "openstack_router.created",
                "openstack_router.updated",
                "openstack_security_group.created",
                "openstack_security_group.updated",
                "openstack_server.fault",
                "openstack_server.host",
                "openstack_server.key_name",
                "openstack_server.task_state",
                "openstack_subnet.created",
                "openstack_subnet.updated");
    }
}
