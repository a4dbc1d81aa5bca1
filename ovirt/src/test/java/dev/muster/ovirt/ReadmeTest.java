package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Pending;
import dev.muster.ovirt.types.DiskAttachment;
import dev.muster.ovirt.types.Nic;
import dev.muster.ovirt.types.Permission;
import dev.muster.ovirt.types.Vm;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's example, as it stands there. */
class ReadmeTest {
    @Test
    void theInventoryOfTheReadme() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(20))) {
            List<String> lines = new ArrayList<>();
            inventory(engine.url(), engine.login().user(), engine.login().password(), lines);
            assertThat(lines)
                    .hasSize(20)
                    .allMatch(line -> line.matches("\\S+: \\d+ disks, \\d+ NICs, \\d+ permissions"));
            assertThat(engine.requests().connections()).isLessThanOrEqualTo(5);
            assertThat(engine.requests().to("/vms/*")).isEqualTo(60);
        }
    }

    private static void inventory(String url, String username, String password, List<String> lines) {
        // tag::inventory
        try (Ovirt ovirt = Ovirt.at(url)
                .username(username)
                .password(password)
                .connections(5)
                .pipeline(5)
                .connect()) {
            record Parts(
                    Vm vm,
                    Pending<List<DiskAttachment>> disks,
                    Pending<List<Nic>> nics,
                    Pending<List<Permission>> permissions) {}

            // start() sends at once and does not wait: 60 requests are under way before the first is joined.
            List<Parts> inventory = ovirt.vms().list().get().stream()
                    .map(vm -> new Parts(
                            vm,
                            ovirt.vms().vm(vm.id()).diskAttachments().list().start(),
                            ovirt.vms().vm(vm.id()).nics().list().start(),
                            ovirt.vms().vm(vm.id()).permissions().list().start()))
                    .toList();
            for (Parts parts : inventory) {
                lines.add("%s: %d disks, %d NICs, %d permissions"
                        .formatted(
                                parts.vm().name(),
                                parts.disks().join().size(),
                                parts.nics().join().size(),
                                parts.permissions().join().size()));
            }
        }
        // end::inventory
    }
}
