package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both embedded clouds, set up in a file as a user would do it, and printed in each format. */
final class InventoryTest {
    private static final int VMS = 12;

    @TempDir
    Path home;

    private SimCloud ovirt;
    private SimCloud openstack;

    @BeforeEach
    void start() throws IOException {
        ovirt = SimOvirt.start(SimOptions.defaults().vms(VMS));
        openstack = SimOpenStack.start(SimOptions.defaults().vms(VMS));
        new CloudsFile(home)
                .cloud("engine", "ovirt", SimSettings.values("ovirt", ovirt))
                .cloud("stack", "openstack", SimSettings.values("openstack", openstack))
                .write();
    }

    @AfterEach
    void stop() {
        ovirt.close();
        openstack.close();
    }

    @Test
    void jsonIsOneDocumentWithEveryRow() {
        Typed typed = typed("inventory", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        Map<String, Object> document = typed.document();
        assertThat(document).containsEntry("complete", true);
        assertThat(Typed.list(document, "failures")).isEmpty();
        assertThat(Typed.list(document, "clouds"))
                .extracting(cloud -> cloud.get("name"))
                .containsExactly("stack", "engine");
        Map<String, Object> servers = table(document, "openstack_server");
        assertThat(servers).containsEntry("outcome", "complete");
        assertThat(Typed.list(servers, "rows"))
                .hasSize(VMS)
                .allSatisfy(row -> assertThat(row).containsKeys("id", "name", "status"));
        assertThat(Typed.list(table(document, "ovirt_vm"), "rows")).hasSize(VMS);
        for (Map<String, Object> cloud : Typed.list(document, "clouds")) {
            assertThat(Typed.list(cloud, "limits"))
                    .isNotEmpty()
                    .allSatisfy(limit -> assertThat(limit)
                            .containsKeys("origin", "in_flight", "connections", "why", "explanation", "hedges"));
            SimCloud served = "engine".equals(cloud.get("name")) ? ovirt : openstack;
            // Behind the inventory's own requests there may only be the log-out.
            assertThat(served.requests().total() - Typed.number(cloud, "requests"))
                    .isBetween(0L, 1L);
        }
    }

    @Test
    void yamlHoldsTheSameRowsAsJson() {
        Map<String, Object> yaml = typed("inventory", "-o", "yaml").document();
        Map<String, Object> json = typed("inventory", "-o", "json").document();
        for (String table : List.of("openstack_server", "openstack_port", "ovirt_vm", "ovirt_nic")) {
            assertThat(table(yaml, table).get("rows"))
                    .isEqualTo(table(json, table).get("rows"));
        }
    }

    @Test
    void csvOfOneTableHasItsColumnsBehindWhereItIsFrom() {
        Typed typed = typed("inventory", "-t", "openstack_server", "-o", "csv", "stack");
        assertThat(typed.code()).as(typed.err()).isZero();
        List<List<String>> lines = csv(typed.out());
        assertThat(lines).hasSize(VMS + 1);
        assertThat(lines.getFirst()).startsWith("cloud", "project", "region", "id", "name");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSameSizeAs(lines.getFirst()));
        List<Object> names =
                Typed.list(table(typed("inventory", "stack", "-o", "json").document(), "openstack_server"), "rows")
                        .stream()
                        .map(row -> row.get("name"))
                        .toList();
        assertThat(lines.stream().skip(1).map(line -> (Object) line.get(4)).toList())
                .isEqualTo(names);
    }

    @Test
    void csvOfSeveralTablesHasALineForEachValue() {
        List<List<String>> lines = csv(typed("inventory", "-o", "csv").out());
        assertThat(lines.getFirst()).containsExactly("cloud", "project", "region", "table", "row", "column", "value");
        assertThat(lines.stream()
                        .filter(line ->
                                line.get(3).equals("ovirt_vm") && line.get(5).equals("name"))
                        .count())
                .isEqualTo(VMS);
    }

    @Test
    void csvIntoAFolderIsAFileForEachTable() throws IOException {
        Path folder = home.resolve("today");
        Typed typed = typed("inventory", "-o", "csv", "--output-dir", folder.toString());
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(csv(Files.readString(folder.resolve("ovirt_vm.csv")))).hasSize(VMS + 1);
        assertThat(csv(Files.readString(folder.resolve("openstack_server.csv"))))
                .hasSize(VMS + 1);
    }

    @Test
    void aFileInTheFolderThatCannotBeWrittenIsNamed() throws IOException {
        Path folder = home.resolve("today");
        Path taken = Files.createDirectories(folder.resolve("ovirt_vm.csv"));
        Typed typed = typed("inventory", "-t", "ovirt_vm", "-o", "csv", "--output-dir", folder.toString(), "engine");
        assertThat(typed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err().lines())
                .containsExactly("muster: --output-dir: " + taken + " could not be written: Is a directory");
    }

    @Test
    void theTableForAProgramIsNotCut() {
        Typed typed = typed("inventory", "-t", "openstack_server,ovirt_vm");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains(
                        "stack · project demo, region RegionOne · openstack_server · 12 rows",
                        "engine · ovirt_vm · 12 rows",
                        "all, with log-in")
                .doesNotContain("…", "\u001b", "openstack_port");
    }

    @Test
    void cloudsThatHaveNoneOfTheTablesAreNotToldOf() {
        Typed typed = typed("inventory", "-t", "ovirt_tag");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out()).contains("engine · ovirt · 1 table").doesNotContain("stack");
    }

    @Test
    void aWayThatNoTableCanBeFetchedInIsToldWithThoseThereAre() {
        Typed typed = typed("inventory", "-t", "ovirt_nic", "--way", "by call");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err())
                .isEqualToIgnoringNewLines(
                        "muster: no way 'by call'; there are 'a call for each row', 'inside the parent\'s list'");
        assertThat(typed("inventory", "-t", "ovirt_nic,ovirt_tag", "--way", "a call for each row", "engine")
                        .code())
                .isZero();
    }

    @Test
    void theTableForATerminalFitsItsWidth() {
        Typed typed = Typed.in(
                Typed.world(home, Map.of("MUSTER_TERMINALS", "1", "MUSTER_COLUMNS", "80", "NO_COLOR", "1")),
                "inventory",
                "-t",
                "openstack_server");
        assertThat(typed.out().lines())
                .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(80));
        assertThat(typed.out()).contains("…");
    }

    @Test
    void aHarFileHoldsEveryRequestAndNoSecret() throws IOException {
        Path har = home.resolve("run.har");
        Typed typed = typed("inventory", "--har", har.toString(), "-t", "ovirt_vm,ovirt_nic", "engine");
        assertThat(typed.code()).as(typed.err()).isZero();
        String text = Files.readString(har);
        assertThat(text.split("startedDateTime", -1).length - 1).isEqualTo(1 + 1 + VMS + 1);
        assertThat(text)
                .contains("/ovirt-engine/api/vms\"", "/sso/oauth/token", "/services/sso-logout")
                .doesNotContain(ovirt.login().password());
        typed = typed("inventory", "--har", home.resolve("no/such/run.har").toString(), "engine");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("--har: ", "run.har cannot be written: there is no such folder");
    }

    @Test
    void aHarFileOnAFullDiskIsToldBesideWhatWasAskedFor() {
        assumeTrue(Files.exists(Path.of("/dev/full")));
        String told = "muster: --har: /dev/full could not be written to its end: No space left on device";
        Typed typed = typed("inventory", "--har", "/dev/full", "-t", "ovirt_vm", "-o", "csv", "engine");
        assertThat(typed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err().lines()).containsExactly(told);
        assertThat(csv(typed.out())).hasSize(VMS + 1);

        Typed failed = typed("call", "engine", "vms/nowhere", "--har", "/dev/full");
        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err().lines()).hasSize(2).last().isEqualTo(told);
    }

    @Test
    void verboseTellsWhatTheWireDoesAndNoSecret() {
        Typed typed = typed("-v", "inventory", "-t", "ovirt_vm", "engine");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.err())
                .contains("→ GET /ovirt-engine/api/vms", "← GET /ovirt-engine/api/vms  200", "connection 1")
                .doesNotContain(ovirt.login().password(), "Bearer");
    }

    @Test
    void connectionsCanBeLimited() {
        Typed typed = typed("inventory", "--connections", "1", "--pipeline", "3", "engine");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(ovirt.requests().connections()).isEqualTo(1);
    }

    private Typed typed(String... command) {
        return Typed.in(Typed.world(home, Map.of()), command);
    }

    private static Map<String, Object> table(Map<String, Object> document, String name) {
        return Typed.list(document, "clouds").stream()
                .flatMap(cloud -> Typed.list(cloud, "tables").stream())
                .filter(table -> name.equals(table.get("name")))
                .findFirst()
                .orElseThrow();
    }

    /** Reads RFC 4180 back: another hand than the writer's. */
    private static List<List<String>> csv(String text) {
        List<List<String>> lines = new ArrayList<>();
        List<String> line = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                line.add(value.toString());
                value.setLength(0);
            } else if (!quoted && c == '\r') {
                line.add(value.toString());
                value.setLength(0);
                lines.add(List.copyOf(line));
                line.clear();
                i++;
            } else {
                value.append(c);
            }
        }
        return lines;
    }

    /** Muster's own clouds.yaml below a home folder. */
    static final class CloudsFile {
        private final Path home;
        private final Map<String, Map<String, Object>> clouds = new LinkedHashMap<>();

        CloudsFile(Path home) {
            this.home = home;
        }

        CloudsFile cloud(String name, String type, Map<String, Object> values) {
            Map<String, Object> all = new LinkedHashMap<>(values);
            all.put("type", type);
            clouds.put(name, all);
            return this;
        }

        void write() throws IOException {
            Path file = home.resolve(".config/muster/clouds.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    new org.snakeyaml.engine.v2.api.Dump(org.snakeyaml.engine.v2.api.DumpSettings.builder()
                                    .build())
                            .dumpToString(Map.of("clouds", clouds)));
        }
    }
}
