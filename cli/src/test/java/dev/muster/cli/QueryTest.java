package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of a table, how it is planned, and what is remembered of it. */
final class QueryTest {
    private static final int VMS = 20;

    @TempDir
    Path home;

    private SimCloud ovirt;
    private SimCloud openstack;

    @BeforeEach
    void start() throws IOException {
        ovirt = SimOvirt.start(SimOptions.defaults().vms(VMS));
        openstack = SimOpenStack.start(SimOptions.defaults().vms(VMS));
        new InventoryTest.CloudsFile(home)
                .cloud("engine", "ovirt", SimSettings.values("ovirt", ovirt))
                .cloud("stack", "openstack", SimSettings.values("openstack", openstack))
                .write();
    }

    @AfterEach
    void stop() {
        ovirt.close();
        openstack.close();
    }

    private Typed typed(String... command) {
        return Typed.in(Typed.world(home, Map.of()), command);
    }

    private List<Map<String, Object>> rows(String... options) {
        String[] command = new String[options.length + 3];
        command[0] = "inventory";
        command[1] = "-o";
        command[2] = "json";
        System.arraycopy(options, 0, command, 3, options.length);
        Typed typed = typed(command);
        assertThat(typed.code()).as(typed.err()).isZero();
        Map<String, Object> cloud = Typed.list(typed.document(), "clouds").stream()
                .filter(one -> !Typed.list(one, "tables").isEmpty())
                .findFirst()
                .orElseThrow();
        return Typed.list(Typed.list(cloud, "tables").getFirst(), "rows");
    }

    @Test
    void columnsAndConditionsNarrowATable() {
        List<Map<String, Object>> all = rows("-t", "openstack_server");
        String status = all.getFirst().get("status").toString();
        List<Map<String, Object>> some =
                rows("-t", "openstack_server", "--columns", "name,status", "--where", "status = '" + status + "'");
        assertThat(some)
                .hasSize((int) all.stream()
                        .filter(row -> status.equals(row.get("status")))
                        .count())
                .allSatisfy(row ->
                        assertThat(row).containsOnlyKeys("name", "status").containsEntry("status", status));
        assertThat(rows("-t", "openstack_server", "--limit", "3")).hasSize(3);
        assertThat(openstack.requests().to("/ports*")).isZero();
    }

    @Test
    void aServerComesWithItsFlavorImageAndPorts() {
        List<Map<String, Object>> servers = rows(
                "-t",
                "openstack_server",
                "--columns",
                "id,flavor_id,flavor.id,flavor.vcpus,image_id,image.name,ports.device_id");
        assertThat(servers).hasSize(VMS).allSatisfy(row -> {
            assertThat(row.get("flavor.id")).isEqualTo(row.get("flavor_id"));
            assertThat(row.get("flavor.vcpus")).isNotNull();
            assertThat(row.get("image.name") == null).isEqualTo(row.get("image_id") == null);
            assertThat((List<?>) row.get("ports.device_id"))
                    .isNotEmpty()
                    .allSatisfy(device -> assertThat(device).isEqualTo(row.get("id")));
        });
    }

    @Test
    void aMachineComesWithItsDisksAndNicsInsideTheEnginesListOrByCalls() {
        String columns = "id,host.name,disk_attachments.disk_id,nics.mac";
        List<Map<String, Object>> whole = rows("-t", "ovirt_vm", "--columns", columns, "--plan", "inline,whole");
        List<Map<String, Object>> each = rows("-t", "ovirt_vm", "--columns", columns, "--plan", "each");
        assertThat(whole).hasSize(VMS).isEqualTo(each);
        assertThat(whole)
                .anySatisfy(row -> assertThat((List<?>) row.get("nics.mac")).isNotEmpty());
    }

    @Test
    void childTablesInsideTheirParentsListAreTheSameAsByCalls() {
        for (String table : List.of("ovirt_nic", "ovirt_disk_attachment", "ovirt_permission")) {
            long before = ovirt.requests().to("/vms/*");
            List<Map<String, Object>> inside = rows("-t", table, "--plan", "inline");
            assertThat(ovirt.requests().to("/vms/*")).isEqualTo(before);
            assertThat(inside).isNotEmpty().isEqualTo(rows("-t", table, "--plan", "by-call"));
        }
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsSent() {
        Typed column = typed("inventory", "-t", "ovirt_vm", "--columns", "nam");
        assertThat(column.code()).isEqualTo(ExitCode.USAGE);
        assertThat(column.err()).contains("ovirt_vm has no column 'nam'", "name");
        Typed where = typed("inventory", "-t", "ovirt_vm", "--where", "memory > much");
        assertThat(where.code()).isEqualTo(ExitCode.USAGE);
        assertThat(where.err()).contains("'much' is no integer");
        assertThat(typed("inventory", "-t", "ovirt_vm", "--where", "memory >").err())
                .contains("character");
        assertThat(typed("inventory", "--where", "name = a").err()).contains("one table");
        assertThat(ovirt.requests().total()).isZero();
    }

    @Test
    void explainTellsThePlanWhyAndTheOtherWays() {
        Typed typed = typed(
                "explain",
                "openstack_server",
                "--columns",
                "name,ports.fixed_ips",
                "--where",
                "status = ACTIVE and name like 'web%'");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains("the server filters status = ACTIVE; filtered here: name like web%")
                .contains("join ports with", "expected:", "because:", "not:");
        assertThat(openstack.requests().total()).isZero();
        Map<String, Object> document =
                typed("explain", "openstack_server", "-o", "json").document();
        assertThat(Typed.list(document, "plans").getFirst()).containsKeys("plan", "why", "expected", "other_ways");
    }

    @Test
    void analyzeShowsWhatEachPartTook() {
        Typed typed = typed("explain", "ovirt_vm", "ovirt_nic", "--analyze");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains("engine · ovirt_nic", "[20 answers, ", "each ", "took:     ")
                .contains("single GET /vms  [1 answer, 20 rows");
    }

    @Test
    void whatWasMeasuredIsKeptAndCanBeForgotten() {
        Path file = home.resolve(".cache/muster/measurements.json");
        rows("-t", "ovirt_nic");
        assertThat(file).exists();
        assertThat(typed("explain", "ovirt_nic", "--plan", "by-call", "--cloud", "engine")
                        .out())
                .contains("GET /vms/{vm_id}/nics", "a call for each row: the only way");
        Typed unknown = typed("explain", "ovirt_nic", "--cloud", "nobody");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("no cloud 'nobody'; there are ");
        assertThat(typed("forget", "nobody").err()).contains("nothing was measured of 'nobody'", "engine");
        assertThat(typed("forget").out()).contains("engine");
        assertThat(typed("forget").out()).contains("nothing was measured yet");
    }

    @Test
    void aDamagedFileOfMeasurementsIsAsGoodAsNone() throws IOException {
        Path file = home.resolve(".cache/muster/measurements.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"version\": 1, \"clouds\": {\"engine\": [");
        assertThat(rows("-t", "ovirt_vm")).hasSize(VMS);
        assertThat(Files.readString(file)).contains("\"engine\"", "GET /vms");
    }
}
