package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operations of an embedded oVirt by their paths. */
final class CallTest {
    @TempDir
    Path home;

    private SimOvirt engine;

    @BeforeEach
    void start() throws IOException {
        engine = SimOvirt.start(SimOptions.defaults().vms(12));
        new InventoryTest.CloudsFile(home)
                .cloud("lab", "ovirt", SimSettings.values("ovirt", engine))
                .write();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    private Typed typed(String... words) {
        return Typed.in(Typed.world(home, Map.of()), words);
    }

    private String id(String search) {
        return typed("ovirt", "vms", "list", "--search", search, "--max", "1", "-o", "csv")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow()
                .split(",", -1)[0];
    }

    @Test
    void aListIsRowsInEachFormat() {
        Typed table = typed("ovirt", "vms", "list", "--search", "sortby name", "--max=3");
        assertThat(table.code()).as(table.err()).isZero();
        List<String> lines = table.out().lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).startsWith("ID ").contains("NAME", "STATUS", "MEMORY");
        assertThat(typed("ovirt", "vms", "--max", "3", "-o", "csv").out().lines())
                .hasSize(4)
                .first()
                .asString()
                .startsWith("id,name,status,");
        assertThat(typed("call", "lab", "vms", "--max", "3", "-o", "json").out())
                .startsWith("[")
                .contains("\"memory\":\"");
        assertThat(typed("call", "lab", "vms", "--max", "1", "-o", "yaml").out())
                .startsWith("- ");
    }

    @Test
    void whatIsAddedByFieldsCanBeStartedAndRemoved() {
        String cluster = typed("ovirt", "clusters", "-o", "csv").out();
        List<String> head = List.of(cluster.lines().findFirst().orElseThrow().split(",", -1));
        String name = cluster.lines().skip(1).findFirst().orElseThrow().split(",", -1)[head.indexOf("name")];
        Typed added = typed(
                "ovirt",
                "vms",
                "add",
                "--name",
                "typed",
                "--cluster.name",
                name,
                "--template.name",
                "Blank",
                "-o",
                "json");
        assertThat(added.code()).as(added.err()).isZero();
        String id = id("name=typed");
        assertThat(typed("call", "lab", "vms/" + id + "/start").code()).isZero();
        assertThat(typed("ovirt", "vms", id, "-o", "json").out()).contains("\"status\":\"up\"");
        assertThat(typed("ovirt", "vms/" + id + "/stop").code()).isZero();
        assertThat(typed("ovirt", "vms", id, "remove").code()).isZero();
        Typed gone = typed("ovirt", "vms", id);
        assertThat(gone.code()).isNotZero();
        assertThat(gone.err()).contains("404");
    }

    @Test
    void whatCannotBeMeantIsToldBeforeAnythingIsSent() {
        long before = engine.requests().total();
        assertThat(typed("ovirt", "machines").err()).contains("nothing is called 'machines'", "vms");
        assertThat(typed("ovirt", "vms", "list", "--serach", "x").err()).contains("no parameter 'serach'", "search");
        assertThat(typed("ovirt", "vms", "add", "--vm", "{broken").err()).contains("--vm is not JSON");
        assertThat(typed("call", "nowhere", "vms").err()).contains("no cloud 'nowhere'", "lab");
        assertThat(engine.requests().total()).isEqualTo(before);
    }

    @Test
    void helpSaysWhatCanBeDoneThere() {
        Typed help = typed("ovirt", "vms/123", "help");
        assertThat(help.code()).as(help.err()).isZero();
        assertThat(help.out()).contains("POST /vms/123/start", "use_cloud_init", "GET /vms/123", "/nics");
        assertThat(engine.requests().total()).isZero();
    }
}
