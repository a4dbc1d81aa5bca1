package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked without a cloud, and how misuse is answered. */
final class UsageTest {
    @TempDir
    Path home;

    @Test
    void helpTellsTheCommandsTheExitCodesAndExamples() {
        Typed help = typed("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "demo", "inventory", "tables", "clouds", "explain", "forget", "softlayer", "sim", "completion")
                .contains("Examples:")
                .contains("3  some tables or rows are missing");
        assertThat(help.err()).isEmpty();
    }

    @Test
    void everyCommandHasExamplesInItsHelp() {
        for (String command : List.of(
                "demo", "inventory", "tables", "clouds", "explain", "forget", "softlayer", "sim", "completion")) {
            Typed help = typed(command, "--help");
            assertThat(help.code()).as(command).isZero();
            assertThat(help.out())
                    .as(command)
                    .contains("Examples:", "muster " + command)
                    .doesNotContain("%%");
            assertThat(help.out().lines().dropWhile(line -> !line.equals("Examples:")))
                    .as("examples of " + command + " can be copied: none is broken into two lines")
                    .allMatch(line -> line.isEmpty() || line.matches("\\S+:|  .+|A command ends with"));
        }
    }

    @Test
    void withoutACommandItShowsWhatThereIs() {
        assertThat(typed().out()).contains("Usage: muster");
    }

    @Test
    void anUnknownOptionIsAnsweredInTwoLinesOnStandardErrorAlone() {
        Typed typed = typed("inventory", "--nonsense");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err().lines())
                .containsExactly("muster: Unknown option: '--nonsense'", "Try: muster inventory --help");
    }

    @Test
    void anUnknownCommandIsAnsweredWithThoseThereAre() {
        Typed typed = typed("inventry", "-o", "csv");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("muster: no command 'inventry'; there are demo, inventory, ")
                                .contains("softlayer"),
                        line -> assertThat(line).isEqualTo("Try: muster --help"));
        assertThat(typed("clouds", "prod").err().lines())
                .containsExactly("muster: clouds takes no 'prod'", "Try: muster clouds --help");
    }

    @Test
    void valuesThatFitNoOptionAreAnsweredInTheWordsOfTheHelp() {
        assertThat(typed("inventory", "-o", "xml").err())
                .startsWith("muster: Invalid value for option '--output'")
                .contains("'xml' is none of table, json, csv, yaml\n");
        assertThat(typed("inventory", "--plan", "twostage").err())
                .contains("'twostage' is none of auto, ", ", two-stage, ")
                .doesNotContain("TWO");
        assertThat(typed("inventory", "--limit", "ten").err()).contains("'ten' is not a whole number");
        assertThat(typed("inventory", "--connections", "0").err())
                .startsWith("muster: --connections is 1 or more, not 0");
        assertThat(typed("inventory", "--pipeline", "-1").code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed("sim", "vmware").err()).contains("'vmware' is none of ovirt, openstack, softlayer");
    }

    @Test
    void aTimeThatIsNoneIsRefusedWithAnExample() {
        Typed typed = typed("demo", "--latency", "soon");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("--latency", "soon", "20ms");
    }

    @Test
    void nothingConfiguredSaysHowToConfigureInThreeWays() {
        Typed typed = typed("inventory");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .contains("no cloud is set up")
                .contains("OS_AUTH_URL", "OVIRT_URL", "clouds.yaml", ".config/muster", "muster demo");
    }

    @Test
    void anUnknownCloudIsAnsweredWithThoseThereAre() throws IOException {
        cloudsYaml("lab", "prod");
        Typed typed = typed("inventory", "stage");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err().strip()).isEqualTo("muster: no cloud 'stage'; there are lab, prod");
    }

    @Test
    void anUnknownTableIsAnsweredWithThoseThereAre() throws IOException {
        cloudsYaml("lab");
        Typed typed = typed("inventory", "-t", "openstack_serverr");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("no table 'openstack_serverr'", "openstack_server,");
    }

    @Test
    void yamlThatCannotBeReadIsNamedWithFileAndLineAndWithoutItsSecrets() throws IOException {
        Files.writeString(home.resolve("clouds.yaml"), "clouds:\n  lab:\n    password: [s3cret\n    x: }\n");
        Typed typed = typed("clouds");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("clouds.yaml", "line 4").doesNotContain("s3cret", "Exception");
    }

    @Test
    void aKindOfCloudThatThereIsNotIsNamedWithTheFile() throws IOException {
        Path file = home.resolve(".config/muster/clouds.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "clouds:\n  lab:\n    type: ovrit\n");
        Typed typed = typed("inventory");
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("clouds.yaml", "lab", "'ovrit'", "openstack, ovirt, softlayer");
    }

    @Test
    void cloudsAreListedWithTheirPlaceAndWithoutSecrets() throws IOException {
        cloudsYaml("lab", "prod");
        Typed typed = typed("clouds");
        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains("lab", "prod", "openstack", "clouds.yaml")
                .doesNotContain("s3cret");
        assertThat(Typed.list(typed("clouds", "-o", "json").document(), "clouds"))
                .extracting(cloud -> cloud.get("name"))
                .containsExactly("lab", "prod");
    }

    @Test
    void tablesAndColumnsAreListedWithoutACloud() {
        assertThat(typed("tables").out()).contains("openstack_server", "ovirt_vm");
        assertThat(typed("tables", "openstack").out())
                .contains("openstack_server · ", "flavor_id")
                .doesNotContain("ovirt_vm");
        assertThat(typed("tables", "ovirt_vm").out()).contains("ovirt_vm · ").doesNotContain("ovirt_host · ");
        assertThat(Typed.list(typed("tables", "-o", "yaml").document(), "columns"))
                .extracting(column -> column.get("table"))
                .contains("openstack_server", "ovirt_vm");
    }

    @Test
    void explainDrawsThePlan() {
        assertThat(typed("explain", "openstack_server").out()).contains("GET /servers/detail");
        Typed unknown = typed("explain", "nothing");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unknown.err()).contains("no table 'nothing'; there are ");
        Typed way = typed("explain", "openstack_server", "--way", "lst");
        assertThat(way.code()).isEqualTo(ExitCode.USAGE);
        assertThat(way.err()).startsWith("muster: no way 'lst'; there are 'brief list and details', 'list'");
    }

    @Test
    void completionKnowsTheCommands() {
        assertThat(typed("completion", "bash").out()).contains("complete -F", "inventory", "--output-dir");
        assertThat(typed("completion", "fish").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void outputThatCannotBeWrittenIsAnError() {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        for (String format : List.of("table", "csv", "json", "yaml")) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Muster.run(
                    full,
                    new PrintStream(err, false, StandardCharsets.UTF_8),
                    Typed.world(home, Map.of()),
                    "tables",
                    "-o",
                    format);
            assertThat(code).as(format).isEqualTo(ExitCode.FAILED);
            assertThat(err.toString(StandardCharsets.UTF_8)).as(format).contains("could not be written");
        }
    }

    @Test
    void whatBeginsWithAnAtSignIsTakenAsItStands() throws IOException {
        Path file = Files.writeString(home.resolve("words"), "--help");
        Typed typed = typed("tables", "@" + file);
        assertThat(typed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(typed.err()).contains("no table '@" + file + "'");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedBeforeAnythingIsAsked() throws IOException {
        cloudsYaml("lab");
        Path file = Files.writeString(home.resolve("file"), "");
        Typed folder = typed("inventory", "-o", "csv", "--output-dir", file.toString());
        assertThat(folder.code()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.err().strip()).isEqualTo("muster: --output-dir: " + file + " is not a folder");
    }

    @Test
    void aFolderThatTakesNoFilesIsNamedBeforeAnythingIsAsked() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/self")));
        cloudsYaml("lab");
        Typed folder = typed("inventory", "-o", "csv", "--output-dir", "/proc");
        assertThat(folder.code()).isEqualTo(ExitCode.USAGE);
        assertThat(folder.err()).startsWith("muster: --output-dir: /proc cannot be written to: ");
    }

    @Test
    void aCloudThatIsNamedMustBeThere() {
        Typed explained = typed("explain", "ovirt_vm", "--cloud", "prod");
        assertThat(explained.code()).isEqualTo(ExitCode.USAGE);
        assertThat(explained.err()).contains("no cloud 'prod'; none is set up");
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        PrintStream left = new PrintStream(new LeavingReader(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Muster.run(
                left, new PrintStream(err, false, StandardCharsets.UTF_8), Typed.world(home, Map.of()), "tables");
        assertThat(code).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Typed typed(String... command) {
        return Typed.in(Typed.world(home, Map.of()), command);
    }

    private void cloudsYaml(String... names) throws IOException {
        StringBuilder yaml = new StringBuilder("clouds:\n");
        for (String name : names) {
            yaml.append("  ")
                    .append(name)
                    .append(":\n    auth:\n      auth_url: http://127.0.0.1:9/v3\n")
                    .append("      username: me\n      password: s3cret\n      project_name: web\n")
                    .append("      user_domain_name: Default\n      project_domain_name: Default\n");
        }
        Files.writeString(home.resolve("clouds.yaml"), yaml);
    }
}
