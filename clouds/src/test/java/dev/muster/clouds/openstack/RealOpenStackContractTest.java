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
}
