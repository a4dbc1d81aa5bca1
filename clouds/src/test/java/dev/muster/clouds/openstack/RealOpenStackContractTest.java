package dev.muster.clouds.openstack;

import dev.muster.core.Settings;
import dev.muster.testkit.Capability;
import dev.muster.testkit.CloudContract;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** The same contract, on a real OpenStack. */
@Tag("real")
class RealOpenStackContractTest extends CloudContract {
    @Override
    protected Settings settings() {
        return RealOpenStackTest.settings("testbed");
    }

    @Override
    protected Settings wrongPassword(Settings right) {
        Map<Object, Object> auth = new HashMap<>((Map<?, ?>) right.values().get("auth"));
        auth.put("password", "not-the-password");
        return right.with("auth", auth);
    }

    @Override
    protected Set<Capability> lacks() {
        return Set.of(Capability.CHILD_TABLES);
    }

    /** A member sees no hosts and no network types, and Nova's list leaves out why a server is in ERROR. */
    @Override
    protected Set<String> emptyColumns() {
        return Set.of(
                "openstack_flavor.swap_mib",
                "openstack_network.network_type",
                "openstack_network.segmentation_id",
                "openstack_port.host",
                "openstack_router.distributed",
                "openstack_router.ha",
                "openstack_server.fault",
                "openstack_server.host",
                "openstack_server.task_state");
    }
}
