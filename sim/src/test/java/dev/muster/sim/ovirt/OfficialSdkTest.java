package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.sim.SimOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.ConnectionBuilder;
import org.ovirt.engine.sdk4.Error;
import org.ovirt.engine.sdk4.builders.Builders;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.Disk;
import org.ovirt.engine.sdk4.types.Vm;
import org.ovirt.engine.sdk4.types.VmStatus;

/** The engine as oVirt's own Java client sees it; we wrote nothing of that. */
@Timeout(120)
@SuppressWarnings("try") // The client's close() declares Exception, and so everything that might be one.
class OfficialSdkTest {
    private static Connection connect(SimOvirt cloud, String password) {
        return ConnectionBuilder.connection()
                .url(cloud.url())
                .user(cloud.login().user())
                .password(password)
                .build();
    }

    @Test
    void itReadsTheWholeInventory() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(30));
                Connection connection = connect(cloud, cloud.login().password())) {
            assertThat(connection
                            .systemService()
                            .get()
                            .send()
                            .api()
                            .productInfo()
                            .name())
                    .isEqualTo("oVirt Engine");
            VmsService vms = connection.systemService().vmsService();
            List<Vm> listed = vms.list().send().vms();
            assertThat(listed).hasSize(30);
            int attachments = 0;
            for (Vm vm : listed) {
                assertThat(vm.name()).isNotBlank();
                assertThat(vm.memory().signum()).isPositive();
                assertThat(vm.cpu().topology().coresAsInteger()).isPositive();
                assertThat(vm.cluster().id()).isNotBlank();
                VmService one = vms.vmService(vm.id());
                assertThat(one.nicsService().list().send().nics())
                        .isNotEmpty()
                        .allMatch(nic -> nic.mac().address().startsWith("56:6f:"));
                assertThat(one.permissionsService().list().send().permissions()).isNotEmpty();
                attachments +=
                        one.diskAttachmentsService().list().send().attachments().size();
            }
            List<Disk> disks =
                    connection.systemService().disksService().list().send().disks();
            // All templates but the blank one have a disk too.
            assertThat(disks).hasSize(attachments + 4);
            assertThat(connection.systemService().hostsService().list().send().hosts())
                    .isNotEmpty();
            assertThat(connection
                            .systemService()
                            .clustersService()
                            .list()
                            .send()
                            .clusters())
                    .isNotEmpty();
            assertThat(connection
                            .systemService()
                            .dataCentersService()
                            .list()
                            .send()
                            .dataCenters())
                    .isNotEmpty();
            assertThat(connection
                            .systemService()
                            .storageDomainsService()
                            .list()
                            .send()
                            .storageDomains())
                    .isNotEmpty();
            assertThat(connection
                            .systemService()
                            .networksService()
                            .list()
                            .send()
                            .networks())
                    .isNotEmpty();
            assertThat(connection
                            .systemService()
                            .templatesService()
                            .list()
                            .send()
                            .templates())
                    .isNotEmpty();
            assertThat(connection.systemService().usersService().list().send().users())
                    .isNotEmpty();
        }
    }

    @Test
    void itFollowsLinksInOneRequest() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(10));
                Connection connection = connect(cloud, cloud.login().password())) {
            List<Vm> vms = connection
                    .systemService()
                    .vmsService()
                    .list()
                    .follow("nics,disk_attachments.disk,permissions")
                    .send()
                    .vms();
            assertThat(vms).hasSize(10).allSatisfy(vm -> {
                assertThat(vm.nics()).isNotEmpty().allMatch(nic -> nic.mac().addressPresent());
                assertThat(vm.permissions()).isNotEmpty();
                assertThat(vm.diskAttachments())
                        .isNotEmpty()
                        .allMatch(attachment ->
                                attachment.disk().provisionedSize().signum() > 0);
            });
            assertThat(cloud.requests().to("GET */vms*")).isEqualTo(1);
        }
    }

    @Test
    void itSearchesAndPages() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(30));
                Connection connection = connect(cloud, cloud.login().password())) {
            VmsService vms = connection.systemService().vmsService();
            assertThat(vms.list().search("name=web*").send().vms())
                    .isNotEmpty()
                    .allMatch(vm -> vm.name().startsWith("web"));
            assertThat(vms.list().search("status=up page 2").max(5).send().vms())
                    .hasSize(5)
                    .allMatch(vm -> vm.status() == VmStatus.UP);
        }
    }

    @Test
    void itStartsStopsAddsAndRemovesMachines() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(30));
                Connection connection = connect(cloud, cloud.login().password())) {
            VmsService vms = connection.systemService().vmsService();
            Vm down = vms.list().search("status=down").send().vms().getFirst();
            VmService service = vms.vmService(down.id());
            service.start().useCloudInit(true).send();
            assertThat(service.get().send().vm().status()).isEqualTo(VmStatus.UP);
            assertThatThrownBy(() -> service.start().send())
                    .isInstanceOf(Error.class)
                    .hasMessageContaining("running");
            service.stop().send();
            assertThat(service.get().send().vm().status()).isEqualTo(VmStatus.DOWN);
            Vm added = vms.add()
                    .vm(Builders.vm()
                            .name("new")
                            .cluster(Builders.cluster().name("Default"))
                            .template(Builders.template().name("Blank")))
                    .send()
                    .vm();
            assertThat(vms.list().send().vms()).hasSize(31);
            vms.vmService(added.id()).remove().send();
            assertThat(vms.list().send().vms()).hasSize(30);
        }
    }

    @Test
    void itIsToldWhatIsWrong() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(3));
                Connection connection = connect(cloud, cloud.login().password())) {
            VmsService vms = connection.systemService().vmsService();
            assertThatThrownBy(() -> vms.vmService("nope").get().send())
                    .isInstanceOf(Error.class)
                    .hasMessageContaining("404");
            assertThatThrownBy(() -> vms.list().search("colour=green").send())
                    .isInstanceOf(Error.class)
                    .hasMessageContaining("colour");
            Connection stranger = connect(cloud, "wrong");
            assertThatThrownBy(() -> stranger.systemService().get().send())
                    .hasStackTraceContaining("Cannot authenticate user");
            stranger.close(false);
        }
    }

    @Test
    void itLogsInAgainWhenItsTokenEnds() throws Exception {
        try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(3));
                Connection connection = connect(cloud, cloud.login().password())) {
            VmsService vms = connection.systemService().vmsService();
            assertThat(vms.list().send().vms()).hasSize(3);
            cloud.expireTokens();
            assertThat(vms.list().send().vms()).hasSize(3);
            assertThat(cloud.tokensIssued()).isEqualTo(2);
        }
    }
}
