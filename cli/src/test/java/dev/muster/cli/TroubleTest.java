package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong is named, the rest arrives, and the exit code says which of the two it was. */
final class TroubleTest {
    private static final int VMS = 12;
    private static final String WRONG = "not-the-p4ssword";

    @TempDir
    Path home;

    private SimCloud ovirt;
    private SimCloud openstack;

    @BeforeEach
    void start() throws IOException {
        ovirt = SimOvirt.start(SimOptions.defaults().vms(VMS));
        openstack = SimOpenStack.start(SimOptions.defaults().vms(VMS));
        configure(SimSettings.values("ovirt", ovirt), SimSettings.values("openstack", openstack));
    }

    @AfterEach
    void stop() {
        ovirt.close();
        openstack.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_HTML", "ERROR_JSON", "HTML_OK", "EMPTY_OK", "TRUNCATED", "HANG_UP"})
    void aServiceThatFailsIsNamedAndEverythingElseArrives(Failure failure) {
        openstack.fail("/ports", failure);
        Typed typed = typed("inventory", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isEqualTo(ExitCode.PARTIAL);
        assertThat(typed.err().lines()).hasSize(1);
        assertThat(typed.err())
                .contains("stack: openstack_port: GET /", "/ports: ")
                .doesNotContain("Exception");
        Map<String, Object> document = typed.document();
        assertThat(document).containsEntry("complete", false);
        assertThat(Typed.list(document, "failures"))
                .singleElement()
                .satisfies(f -> assertThat(f).containsEntry("cloud", "stack").containsEntry("table", "openstack_port"));
        for (Map<String, Object> table : tables(document)) {
            assertThat(table.get("outcome"))
                    .as("%s", table.get("name"))
                    .isEqualTo("openstack_port".equals(table.get("name")) ? "failed" : "complete");
        }
    }

    @Test
    void aTableThatFailedHasNoFileThatWouldLookLikeAnEmptyOne() throws IOException {
        Path folder = Files.createDirectories(home.resolve("today"));
        Files.writeString(folder.resolve("openstack_port.csv"), "cloud,id\r\nstack,of-yesterday\r\n");
        openstack.fail("/ports", Failure.ERROR_JSON);
        Typed typed = typed("inventory", "-o", "csv", "--output-dir", folder.toString(), "stack");
        assertThat(typed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(typed.err()).contains("stack: openstack_port: GET /");
        assertThat(folder.resolve("openstack_port.csv")).doesNotExist();
        assertThat(folder.resolve("openstack_server.csv")).exists();
    }

    @Test
    void whatIsListedForAMissingTableIsNamedBehindIt() {
        ovirt.fail("/vms", Failure.ERROR_HTML);
        Typed typed = typed("inventory", "-o", "json");
        assertThat(typed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(typed.err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("engine: ovirt_vm: GET /vms: HTTP 500"),
                        line -> assertThat(line)
                                .contains("therefore incomplete: ")
                                .contains("ovirt_disk_attachment", "ovirt_nic", "ovirt_permission"));
    }

    @Test
    void oneMachineThatFailsLeavesTheOthersStanding() {
        ovirt.fail(FailureRule.always(Failure.ERROR_JSON).at("/vms/*/nics").times(3));
        Typed typed = typed("inventory", "engine");
        assertThat(typed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(typed.err()).contains("engine: ovirt_nic: GET /vms/", "/nics: HTTP 500", "(3 times)");
        assertThat(typed.out()).contains("incomplete").contains("engine · ovirt_vm · 12 rows");
    }

    @Test
    void aWrongPasswordIsSaidOnceForEachCloudAndNothingMoreIsAsked() throws IOException {
        Map<String, Object> engine = new LinkedHashMap<>(SimSettings.values("ovirt", ovirt));
        engine.put("password", WRONG);
        configure(engine, SimSettings.values("openstack", openstack));
        Typed partial = typed("inventory", "-o", "json");
        assertThat(partial.code()).isEqualTo(ExitCode.PARTIAL);

        Typed alone = typed("inventory", "engine");
        assertThat(alone.code()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.err()).doesNotContain(WRONG);
        assertThat(alone.err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("✗ engine: ").contains("POST ", "sso"),
                        line -> assertThat(line).isEqualTo("  nothing of engine arrived"));
        // One log-in for each of the two inventories above, and no request behind it.
        assertThat(ovirt.requests().total()).isEqualTo(2);
    }

    @Test
    void aWrongUrlIsAnError() throws IOException {
        Map<String, Object> engine = new LinkedHashMap<>(SimSettings.values("ovirt", ovirt));
        engine.put("url", "http://127.0.0.1:9/ovirt-engine/api");
        configure(engine, SimSettings.values("openstack", openstack));
        Typed typed = typed("inventory", "engine");
        assertThat(typed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).contains("✗ engine: ", "127.0.0.1:9").doesNotContain("Exception");
    }

    @Test
    void aTokenThatExpiresUnderWayCostsNoRow() {
        // Enough for what is under way to go again with the next token, and too few for the whole.
        ovirt.expireTokensAfter(150);
        openstack.expireTokensAfter(7);
        Typed typed = typed("inventory", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.document()).containsEntry("complete", true);
        assertThat(ovirt.tokensIssued()).isGreaterThan(1);
        assertThat(openstack.tokensIssued()).isGreaterThan(1);
    }

    private void configure(Map<String, Object> engine, Map<String, Object> stack) throws IOException {
        new InventoryTest.CloudsFile(home)
                .cloud("engine", "ovirt", engine)
                .cloud("stack", "openstack", stack)
                .write();
    }

    private static List<Map<String, Object>> tables(Map<String, Object> document) {
        return Typed.list(document, "clouds").stream()
                .flatMap(cloud -> Typed.list(cloud, "tables").stream())
                .toList();
    }

    private Typed typed(String... command) {
        return Typed.in(Typed.world(home, Map.of()), command);
    }
}
