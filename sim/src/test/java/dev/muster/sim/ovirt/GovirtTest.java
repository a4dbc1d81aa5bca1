package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The engine as libgovirt sees it, which virt-viewer is built on; needs Debian's gir1.2-govirt-1.0 and python3-gi, which CI
 * installs. Pools are left out: it looks for them under the name they had in version 3 of the API.
 */
@Tag("real")
@Timeout(300)
class GovirtTest {
    private static final int VMS = 30;

    @Test
    void itListsSearchesStartsAndStops() throws Exception {
        try (Engine engine = new Engine(SimOptions.defaults().vms(VMS))) {
            int down = Engine.column(engine.get("vms?search=status%3Ddown"), "vm", "id")
                    .size();
            Map<String, String> seen = tour(engine);
            assertThat(seen)
                    .containsEntry("vms", Integer.toString(VMS))
                    .containsEntry("hosts", "2")
                    .containsEntry("clusters", "2")
                    .containsEntry("datacenters", "1")
                    .containsEntry("storagedomains", "3")
                    .containsEntry("down", Integer.toString(down))
                    .containsEntry("all_down", "True")
                    .containsEntry("cdroms", "1")
                    .containsEntry("started", "True")
                    .containsEntry("host", "True")
                    .containsEntry("ticket", "True")
                    .containsEntry("stopped", "True");
            assertThat(seen.get("refused")).contains("VM is running");
        }
    }

    /** Runs the script, and answers the facts that it prints. */
    private static Map<String, String> tour(Engine engine) throws Exception {
        Path script = Path.of(GovirtTest.class.getResource("govirt.py").toURI());
        URI uri = engine.cloud.uri();
        // Debian's own Python: another one on the PATH would not see the package.
        Process process = new ProcessBuilder(
                        "/usr/bin/python3", script.toString(), "http://" + uri.getAuthority(), engine.token())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = read(process);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(fact -> fact[0], fact -> fact[1]));
    }

    private static String read(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
