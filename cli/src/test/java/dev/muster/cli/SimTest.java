package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"ovirt", "openstack", "softlayer"})
    void itRunsUntilItIsInterruptedAndWhatItPrintsCanBePastedIntoAFile(String kind) throws Exception {
        List<Map<String, Object>> clouds = cloudsOf("sim", kind, "--vms", "3");
        assertThat(clouds)
                .singleElement()
                .satisfies(
                        cloud -> assertThat(cloud).containsEntry("name", "sim").containsEntry("type", kind));
        assertThat(Typed.in(Typed.world(home, Map.of()), "inventory").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void regionsAreWrittenIntoTheFileAsWell() throws Exception {
        List<Map<String, Object>> clouds = cloudsOf("sim", "openstack", "--vms", "3", "--regions", "one,two");
        assertThat(clouds).extracting(cloud -> cloud.get("name")).containsExactly("sim@one", "sim@two");
    }

    /** Runs an embedded cloud, takes the inventory of what it prints for a file, and interrupts it. */
    private List<Map<String, Object>> cloudsOf(String... command) throws Exception {
        PipedInputStream printed = new PipedInputStream();
        PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
        FutureTask<Integer> running =
                new FutureTask<>(() -> Muster.run(out, System.err, Typed.world(home, Map.of()), command));
        Thread thread = Thread.ofPlatform().start(running);
        Path file = home.resolve(".config/muster/clouds.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml(printed));

        Typed typed = Typed.in(Typed.world(home, Map.of()), "inventory", "-o", "json");
        assertThat(typed.code()).as(typed.err()).isZero();
        thread.interrupt();
        assertThat(running.get()).isZero();
        return Typed.list(typed.document(), "clouds");
    }

    @Test
    void regionsGoWithOpenStackAndHaveNamesThatCanStandInAPath() {
        Typed typed = Typed.in(Typed.world(home, Map.of()), "sim", "ovirt", "--regions", "one,two");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("--regions goes with openstack");
        typed = Typed.in(Typed.world(home, Map.of()), "sim", "openstack", "--regions", "one,a/b");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("--regions: ", "'a/b'");
    }

    @Test
    void aPortThatIsTakenIsToldInOneLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            Typed typed = Typed.in(Typed.world(home, Map.of()), "sim", "ovirt", "--vms", "1", "--port", port);
            assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
            assertThat(typed.out()).isEmpty();
            assertThat(typed.err().strip()).isEqualTo("muster: --port: cannot listen on port " + port);
        }
    }

    @Test
    void aFailureThatThereIsNotIsRefusedWithThoseThereAre() {
        Typed typed = Typed.in(Typed.world(home, Map.of()), "sim", "ovirt", "--failures", "explode:1%");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("explode", "truncated");
    }

    /** The lines of clouds.yaml, once the last line of all has come. */
    private static String yaml(PipedInputStream printed) throws IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); !line.startsWith("Ctrl-C"); line = reader.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines.subList(lines.indexOf("clouds:"), lines.size()));
    }
}
