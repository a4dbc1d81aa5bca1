package dev.muster.sim.softlayer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The account as the service's own command line sees it, over both protocols; needs python3-softlayer, which CI installs. */
@Tag("real")
@Timeout(900)
class SlcliTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"/rest/v3.1", "/xmlrpc/v3.1"})
    void itSeesAsManyRowsAsThereAre(String protocol) throws IOException, InterruptedException {
        try (SimSoftLayer cloud = SimSoftLayer.start(SimOptions.defaults().vms(60))) {
            Path file = home.resolve("slcli.conf");
            Files.writeString(
                    file,
                    "[softlayer]\nusername=" + cloud.login().user() + "\napi_key="
                            + cloud.login().password() + "\ntimeout=60\nendpoint_url="
                            + cloud.url().replace("/rest/v3.1", protocol) + "\n");
            assertThat(rows(file, "vs", "list")).isEqualTo(60);
            assertThat(rows(file, "hardware", "list")).isEqualTo(12);
            assertThat(rows(file, "vlan", "list")).isEqualTo(12);
            assertThat(rows(file, "subnet", "list")).isEqualTo(24);
            assertThat(rows(file, "account", "bandwidth-pools")).isEqualTo(12);
            assertThat(rows(file, "block", "volume-list")).isEqualTo(6);
            assertThat(rows(file, "file", "volume-list")).isEqualTo(3);
            assertThat(rows(file, "image", "list")).isEqualTo(7);
            assertThat(rows(file, "dns", "zone-list")).isEqualTo(2);
            assertThat(rows(file, "dns", "record-list", "zone-1.example")).isEqualTo(4);
            assertThat(rows(file, "sshkey", "list")).isEqualTo(2);
            assertThat(rows(file, "securitygroup", "list")).isEqualTo(2);
            assertThat(rows(file, "loadbal", "list")).isEqualTo(2);
            assertThat(rows(file, "globalip", "list")).isEqualTo(2);
            assertThat(rows(file, "user", "list")).isEqualTo(3);
            assertThat(rows(file, "ticket", "list")).isEqualTo(2);
            assertThat(rows(file, "account", "invoices")).isEqualTo(2);
            assertThat(rows(file, "vs", "detail", "20000000")).isPositive();
            assertThat(rows(file, "hardware", "detail", "1500000")).isPositive();
            assertThat(rows(file, "vlan", "detail", "1100000")).isPositive();
            assertThat(run(file, "event-log", "get").lines()).hasSizeGreaterThan(50);
            assertThat(run(file, "summary")).contains("dal05");
            assertThat(run(file, "firewall", "list")).contains("VLAN - dedicated");
        }
    }

    /** How many rows, or fields of one, a command prints. */
    private static int rows(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("--format", "json"));
        command.addAll(List.of(arguments));
        Object printed = Json.tree(run(file, command.toArray(new String[0])).getBytes(StandardCharsets.UTF_8));
        return printed instanceof List<?> list ? list.size() : ((java.util.Map<?, ?>) printed).size();
    }

    private static String run(Path file, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/slcli", "-C", file.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("slcli " + String.join(" ", arguments)).isZero();
        return printed;
    }
}
