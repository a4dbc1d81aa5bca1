package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One catalog with two regions, and a cloud that has none, asked in one inventory. */
final class RegionsTest {
    private static final int VMS = 12;

    @TempDir
    Path home;

    private SimCloud ovirt;
    private SimOpenStack openstack;

    @BeforeEach
    void start() throws IOException {
        ovirt = SimOvirt.start(SimOptions.defaults().vms(VMS));
        openstack = SimOpenStack.start(SimOptions.defaults().vms(VMS), List.of("one", "two"));
        configure(List.of("one", "two"));
    }

    @AfterEach
    void stop() {
        ovirt.close();
        openstack.close();
    }

    private void configure(List<?> regions) throws IOException {
        Map<String, Object> stack = new LinkedHashMap<>(SimSettings.values("openstack", openstack));
        stack.put("regions", regions);
        new InventoryTest.CloudsFile(home)
                .cloud("engine", "ovirt", SimSettings.values("ovirt", ovirt))
                .cloud("stack", "openstack", stack)
                .write();
    }

    private Typed typed(String... command) {
        return Typed.in(Typed.world(home, Map.of()), command);
    }

    @Test
    void rowsOfAFlatListSayCloudProjectAndRegion() {
        Typed typed = typed("inventory", "-t", "openstack_server", "--columns", "id,name", "-o", "csv");
        assertThat(typed.code()).as(typed.err()).isZero();
        List<List<String>> lines = lines(typed.out());
        assertThat(lines.getFirst()).containsExactly("cloud", "project", "region", "id", "name");
        assertThat(lines.subList(1, 1 + VMS))
                .allSatisfy(line -> assertThat(line).startsWith("stack@one", "demo", "one"));
        assertThat(lines.subList(1 + VMS, lines.size()))
                .hasSize(VMS)
                .allSatisfy(line -> assertThat(line).startsWith("stack@two", "demo", "two"));
        assertThat(lines).extracting(line -> line.get(3)).doesNotHaveDuplicates();
    }

    @Test
    void whereNoCloudHasProjectsOrRegionsNoColumnSaysSo() {
        Typed typed = typed("inventory", "-t", "ovirt_vm", "--columns", "id,name", "-o", "csv");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(lines(typed.out()).getFirst()).containsExactly("cloud", "id", "name");
    }

    @Test
    void severalTablesInOneListHaveAnEmptyValueWhereACloudHasNone() throws IOException {
        Typed typed = typed("inventory", "-t", "openstack_server,ovirt_vm", "-o", "csv");
        List<List<String>> lines = lines(typed.out());
        assertThat(lines.getFirst()).containsExactly("cloud", "project", "region", "table", "row", "column", "value");
        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("engine", "", "", "ovirt_vm", "1"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).startsWith("stack@two", "demo", "two", "openstack_server", "1"));

        Path folder = home.resolve("today");
        typed("inventory", "-t", "openstack_server,ovirt_vm", "-o", "csv", "--output-dir", folder.toString());
        assertThat(Files.readString(folder.resolve("ovirt_vm.csv"))).startsWith("cloud,id,");
        assertThat(Files.readString(folder.resolve("openstack_server.csv"))).startsWith("cloud,project,region,id,");
    }

    @Test
    void aDocumentSaysThemOnceForEachCloud() {
        for (String format : List.of("json", "yaml")) {
            Typed typed = typed("inventory", "-t", "openstack_server,ovirt_vm", "-o", format);
            assertThat(typed.code()).as(typed.err()).isZero();
            assertThat(Typed.list(typed.document(), "clouds"))
                    .extracting(cloud -> cloud.get("name"), cloud -> cloud.get("project"), cloud -> cloud.get("region"))
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("stack@one", "demo", "one"),
                            org.assertj.core.groups.Tuple.tuple("stack@two", "demo", "two"),
                            org.assertj.core.groups.Tuple.tuple("engine", null, null));
        }
    }

    @Test
    void theTableSaysThemWhereSeveralCloudsAreAsked() {
        assertThat(typed("inventory", "-t", "openstack_server,ovirt_vm").out())
                .contains(
                        "stack@one · project demo, region one · openstack_server · 12 rows",
                        "stack@two · project demo, region two · openstack_server · 12 rows",
                        "engine · ovirt_vm · 12 rows",
                        "stack@two · openstack · project demo, region two · 1 table");
        assertThat(typed("inventory", "-t", "openstack_server", "stack@two").out())
                .contains("stack@two · openstack_server · 12 rows");
    }

    @Test
    void eachRegionHasLimitsOfItsOwn() throws IOException {
        configure(List.of("one", Map.of("name", "two", "values", Map.of("connections", 1))));
        Typed typed = typed("inventory", "-t", "openstack_server,openstack_port", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        List<Map<String, Object>> clouds = Typed.list(typed.document(), "clouds").stream()
                .filter(cloud -> "openstack".equals(cloud.get("type")))
                .toList();
        assertThat(clouds).hasSize(2);
        assertThat(Typed.list(clouds.getLast(), "limits"))
                .singleElement()
                .satisfies(limit -> assertThat(limit).containsEntry("why", "given"));
        assertThat(Typed.list(clouds.getFirst(), "limits"))
                .singleElement()
                .satisfies(limit -> assertThat(limit.get("why")).isNotEqualTo("given"));
    }

    @Test
    void aRegionThatFailsLeavesTheOtherStanding() {
        openstack.fail(FailureRule.parse("500@/two/compute/*"));
        Typed typed = typed("inventory", "-t", "openstack_server", "-o", "json");
        assertThat(typed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(outcomes(typed)).containsExactly("complete", "failed");
    }

    @Test
    void aRegionThatThereIsNotIsToldWithThoseThereAre() throws IOException {
        configure(List.of("one", "three"));
        Typed typed = typed("inventory", "-t", "openstack_server", "-o", "json");
        assertThat(typed.code()).isEqualTo(ExitCode.PARTIAL);
        assertThat(outcomes(typed)).containsExactly("complete", "failed");
        assertThat(typed.err())
                .contains("cloud 'stack@three': setting 'region_name' names no region of the catalog; it has one, two");
    }

    private static Stream<Object> outcomes(Typed typed) {
        return Typed.list(typed.document(), "clouds").stream()
                .flatMap(cloud -> Typed.list(cloud, "tables").stream())
                .map(table -> table.get("outcome"));
    }

    /** Lines whose values have no commas but those at the end, which nobody looks at. */
    private static List<List<String>> lines(String csv) {
        return csv.lines().map(line -> List.of(line.split(",", -1))).toList();
    }
}
