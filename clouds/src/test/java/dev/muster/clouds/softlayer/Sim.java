package dev.muster.clouds.softlayer;

import dev.muster.core.Settings;
import dev.muster.sim.SimCloud;
import java.util.Map;

/** How an embedded SoftLayer is reached. */
final class Sim {
    private Sim() {}

    static Settings settings(SimCloud cloud) {
        return Settings.of(
                "sim",
                "softlayer",
                "a test",
                Map.<String, Object>of(
                        "endpoint_url", cloud.uri().toString(),
                        "username", cloud.login().user(),
                        "api_key", cloud.login().password(),
                        // The service's own limit would make tests of many requests long.
                        "rate", 10_000));
    }
}
