package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Environment;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
    @TempDir
    Path home;

    @Test
    void aBuildAsksNoneOfTheUsersClouds() {
        try (SimCloud users = SimOvirt.start(SimOptions.defaults().vms(1))) {
            Environment world = Typed.world(
                    home,
                    Map.of(
                            "OVIRT_URL", users.uri().toString(),
                            "OVIRT_USERNAME", users.login().user(),
                            "OVIRT_PASSWORD", users.login().password()));
            assertThat(Typed.in(world, "clouds").out()).as("it is set up").contains("ovirt");
            Rehearsal.in(world);
            assertThat(users.requests().total()).isZero();
        }
    }
}
