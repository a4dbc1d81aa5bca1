package dev.muster.clouds.softlayer;

import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.SimSoftLayer;
import dev.muster.testkit.Capability;
import dev.muster.testkit.EmbeddedCloudContract;
import java.util.Map;
import java.util.Set;

class SoftLayerContractTest extends EmbeddedCloudContract {
    @Override
    protected SimCloud start() {
        return SimSoftLayer.start(SimOptions.defaults().vms(120));
    }

    @Override
    protected Settings settings(SimCloud cloud) {
        return Sim.settings(cloud);
    }

    @Override
    protected Settings wrongPassword(Settings right) {
        return right.with("api_key", "not-the-password");
    }

    @Override
    protected Map.Entry<String, String> lonelyTable() {
        return Map.entry("/SoftLayer_Account/getSshKeys.json", "softlayer_ssh_key");
    }

    /** A key is sent with each request, and nothing is given for it. */
    @Override
    protected Set<Capability> lacks() {
        return Set.of(Capability.TOKENS);
    }
}
