package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.MusterException;
import dev.muster.ovirt.types.Action;
import dev.muster.ovirt.types.Cluster;
import dev.muster.ovirt.types.Template;
import dev.muster.ovirt.types.Vm;
import dev.muster.ovirt.types.VmStatus;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tour through the API over an embedded engine. */
class OvirtTest {
    private SimOvirt engine;
    private Ovirt ovirt;

    @BeforeEach
    void start() {
        engine = SimOvirt.start(SimOptions.defaults().vms(25));
        ovirt = Ovirt.at(engine.url())
                .username(engine.login().user())
                .password(engine.login().password())
                .connections(5)
                .pipeline(5)
                .connect();
    }

    @AfterEach
    void stop() {
        ovirt.close();
        engine.close();
    }

    private Vm any(String search) {
        return ovirt.vms().list().search(search).max(1).get().getFirst();
    }

    @Test
    void buildingACallSendsNothing() {
        ovirt.vms().vm("123").nics().list();
        ovirt.vms().list().search("status=up").max(3);
        assertThat(engine.requests().total()).isZero();
    }

    @Test
    void theRootSaysWhatTheEngineIs() {
        assertThat(ovirt.get().get().productInfo().version().major()).isEqualTo(4);
    }

    @Test
    void listsSearchesAndLimits() {
        List<Vm> all = ovirt.vms().list().get();
        assertThat(all).hasSize(25).extracting(Vm::id).doesNotHaveDuplicates();
        List<Vm> up = ovirt.vms().list().search("status=up").get();
        assertThat(up).isNotEmpty().hasSizeLessThan(25).allMatch(vm -> vm.status() == VmStatus.UP);
        assertThat(ovirt.vms().list().max(3).get()).hasSize(3);
        assertThat(ovirt.vms().list().search("name=nothing-is-called-so").get()).isEmpty();
    }

    @Test
    void pagesHoldEveryRowOnce() {
        List<String> walked = new ArrayList<>();
        ovirt.vms().list().search("sortby name").pageSize(10).forEach(vm -> walked.add(vm.id()));
        assertThat(walked)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        ovirt.vms().list().get().stream().map(Vm::id).toList());
        assertThat(engine.requests().to("GET /ovirt-engine/api/vms")).isEqualTo(3 + 1);
    }

    @Test
    void getsOneWithWhatItLinksTo() {
        String id = any("status=up").id();
        assertThat(ovirt.vms().vm(id).get().get().nics()).isNull();
        Vm vm = ovirt.vms().vm(id).get().follow("nics", "disk_attachments").get();
        assertThat(vm.nics()).isEqualTo(ovirt.vms().vm(id).nics().list().get());
        assertThat(vm.diskAttachments()).isNotEmpty();
    }

    @Test
    void addsUpdatesStartsStopsAndRemoves() {
        Vm added = ovirt.vms()
                .add(Vm.builder()
                        .name("built-by-a-test")
                        .memory(1L << 30)
                        .cluster(Cluster.ofName(
                                ovirt.clusters().list().get().getFirst().name()))
                        .template(Template.ofId(
                                ovirt.templates().list().get().getFirst().id()))
                        .build())
                .get();
        assertThat(added.status()).isEqualTo(VmStatus.DOWN);
        Vm updated = ovirt.vms()
                .vm(added.id())
                .update(Vm.builder().description("changed").build())
                .get();
        assertThat(updated.description()).isEqualTo("changed");

        Action started = ovirt.vms().vm(added.id()).startVm().useCloudInit(true).get();
        assertThat(started.status()).isEqualTo("complete");
        assertThat(ovirt.vms().vm(added.id()).get().get().status()).isEqualTo(VmStatus.UP);
        assertThatThrownBy(() -> ovirt.vms().vm(added.id()).startVm().get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("Operation Failed: [Cannot run VM");

        ovirt.vms().vm(added.id()).stop().correlationId("test-1").get();
        ovirt.vms().vm(added.id()).remove().get();
        assertThatThrownBy(() -> ovirt.vms().vm(added.id()).get().get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessage("HTTP 404: no such entity");
    }

    @Test
    void refusalsAreToldInTheEnginesWords() {
        String name = any("").name();
        assertThatThrownBy(() -> ovirt.vms()
                        .add(Vm.builder()
                                .name(name)
                                .cluster(Cluster.ofName("Default"))
                                .build())
                        .get())
                .isInstanceOfSatisfying(MusterException.Rejected.class, refused -> {
                    assertThat(refused.describe()).startsWith("ovirt: POST /vms: HTTP 4");
                    assertThat(refused).hasMessageContaining(": ");
                });
    }

    @Test
    void aPageInHtmlIsNotTakenForAnAnswer() {
        engine.fail("/clusters", Failure.ERROR_HTML);
        assertThatThrownBy(() -> ovirt.clusters().list().get())
                .isInstanceOf(MusterException.Failed.class)
                .hasMessageContaining("HTML");
        engine.heal();
        engine.fail("/clusters", Failure.HTML_OK);
        assertThatThrownBy(() -> ovirt.clusters().list().get())
                .isInstanceOf(MusterException.Undecodable.class)
                .hasMessageContaining("HTML");
        engine.heal();
        engine.fail("/clusters", Failure.EMPTY_OK);
        assertThatThrownBy(() -> ovirt.clusters().list().get()).isInstanceOf(MusterException.Undecodable.class);
        engine.heal();
        assertThat(ovirt.clusters().list().get()).isNotEmpty();
    }

    @Test
    void closingGivesTheTokenBack() {
        ovirt.vms().list().max(1).get();
        ovirt.close();
        assertThat(engine.requests().to("/services/sso-logout")).isEqualTo(1);
        ovirt.close();
        assertThat(engine.requests().to("/services/sso-logout")).isEqualTo(1);
    }

    @Test
    void setAgainAParameterIsReplaced() {
        assertThat(ovirt.vms().list().max(3).max(2).get()).hasSize(2);
    }

    @Test
    void identifiersAreOnePathSegment() {
        assertThat(ovirt.vms().vm("a/b c").path()).isEqualTo("/vms/a%2Fb%20c");
        assertThatThrownBy(() -> ovirt.vms().vm("")).isInstanceOf(IllegalArgumentException.class);
    }
}
