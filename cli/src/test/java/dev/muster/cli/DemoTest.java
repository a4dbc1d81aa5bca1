package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoTest {
    private static final String[] SMALL = {"demo", "--vms", "7", "--latency", "1ms"};

    @TempDir
    Path home;

    @Test
    void theDocumentTellsTheTruthAboutBothClouds() {
        Typed typed = typed("-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.err()).isEmpty();
        Map<String, Object> document = typed.document();
        assertThat(document).containsEntry("vms", 7).containsEntry("complete", true);
        assertThat(Typed.list(document, "clouds"))
                .extracting(cloud -> cloud.get("type"))
                .containsExactly("ovirt", "openstack");
        long requests = 0;
        for (Map<String, Object> cloud : Typed.list(document, "clouds")) {
            // What the cloud says it was asked is what we say that we asked.
            assertThat(cloud.get("requests")).as("%s", cloud).isEqualTo(cloud.get("served"));
            assertThat(cloud.get("rows"))
                    .isEqualTo(Typed.list(cloud, "tables").stream()
                            .mapToInt(t -> Math.toIntExact(Typed.number(t, "rows")))
                            .sum());
            assertThat(cloud).containsKeys("seconds", "floor", "seconds_one_by_one", "ratio");
            requests += Typed.number(cloud, "requests");
        }
        assertThat(Typed.number(document, "requests")).isEqualTo(requests);
        assertThat(rows(document, "ovirt_vm")).isEqualTo(7);
        assertThat(rows(document, "openstack_server")).isEqualTo(7);
    }

    @Test
    void yamlHoldsTheSameFieldsAsJson() {
        assertThat(typed("-o", "yaml").document().keySet())
                .isEqualTo(typed("-o", "json").document().keySet());
    }

    @Test
    void theTableShowsBothCloudsTheComparisonAndHowToGoOn() {
        Typed typed = typed();
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out())
                .contains("7 machines each, 1 ms away")
                .contains("demo-ovirt · ovirt", "ovirt_vm", "demo-openstack · openstack", "openstack_server")
                .contains("AT ONCE", "FLOOR", "ONE BY ONE", "RATIO")
                .contains("muster sim openstack", "muster inventory")
                .doesNotContain("\u001b");
        assertThat(typed.err()).isEmpty();
    }

    @Test
    void oneByOneAloneIsNoComparison() {
        Typed typed = typed("--sequential", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        Map<String, Object> cloud = Typed.list(typed.document(), "clouds").getFirst();
        assertThat(cloud.get("seconds")).isNull();
        assertThat(cloud.get("seconds_one_by_one")).isNotNull();
        assertThat(cloud.get("requests")).isEqualTo(cloud.get("served"));
        assertThat(typed("--sequential").out())
                .contains("One request at a time: ")
                .doesNotContain("RATIO");
    }

    @Test
    void csvHasALineForEachTable() {
        assertThat(typed("-o", "csv").out())
                .startsWith("cloud,type,table,outcome,rows,requests,seconds\r\n")
                .contains("demo-ovirt,ovirt,ovirt_vm,complete,7,1,")
                .contains("demo-openstack,openstack,openstack_server,complete,7,");
    }

    @Test
    void verboseTellsWhatTheWireDoesOnStandardErrorAlone() {
        Typed typed = typed("-v", "-o", "json");
        assertThat(typed.document()).containsEntry("complete", true);
        assertThat(typed.err()).contains("demo-ovirt  → GET /ovirt-engine/api/vms", "demo-openstack  ← POST ");
    }

    @Test
    void progressIsDrawnOnATerminalsStandardErrorAndWipedAway() {
        Typed typed = Typed.in(
                Typed.world(home, Map.of("MUSTER_TERMINALS", "2", "MUSTER_COLUMNS", "80")),
                "demo",
                "--vms",
                "5",
                "--latency",
                "20ms",
                "--sequential",
                "-o",
                "json");
        assertThat(typed.code()).isZero();
        assertThat(typed.document()).containsKey("clouds");
        assertThat(typed.err()).contains("one request at a time", "requests").endsWith("\u001b[J");
    }

    private static long rows(Map<String, Object> document, String table) {
        return Typed.list(document, "clouds").stream()
                .flatMap(cloud -> Typed.list(cloud, "tables").stream())
                .filter(t -> table.equals(t.get("name")))
                .mapToLong(t -> Typed.number(t, "rows"))
                .sum();
    }

    private Typed typed(String... more) {
        String[] command = new String[SMALL.length + more.length];
        System.arraycopy(SMALL, 0, command, 0, SMALL.length);
        System.arraycopy(more, 0, command, SMALL.length, more.length);
        return Typed.in(Typed.world(home, Map.of()), command);
    }
}
