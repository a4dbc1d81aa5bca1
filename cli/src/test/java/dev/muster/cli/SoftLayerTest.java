package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Environment;
import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SoftLayerTest {
    @TempDir
    Path home;

    private SimSoftLayer cloud = SimSoftLayer.start(SimOptions.defaults().vms(130));

    @AfterEach
    void close() {
        cloud.close();
    }

    private Typed typed(String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addFirst("softlayer");
        return Typed.in(world(), whole.toArray(new String[0]));
    }

    /** The same with more of what is done and why. */
    private Typed told(String... command) {
        List<String> whole = new ArrayList<>(List.of(command));
        whole.addAll(0, List.of("-v", "softlayer"));
        return Typed.in(world(), whole.toArray(new String[0]));
    }

    private Environment world() {
        return Typed.world(
                home,
                Map.of(
                        "SL_ENDPOINT_URL", cloud.url(),
                        "SL_USERNAME", cloud.login().user(),
                        "SL_API_KEY", cloud.login().password()));
    }

    @Test
    void aMachineInDetailHasItsParts() {
        Typed table = typed("hardware", "detail", "1500000");
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out())
                .contains("metal-1", "operatingSystem.softwareLicense.softwareDescription.name", "Debian");
        for (String way : List.of("parts", "whole")) {
            Typed json = typed("vs", "detail", "20000021", "-o", "json", "--way", way);
            assertThat(json.document())
                    .containsEntry("hostname", "cache-4")
                    .containsKeys("networkComponents", "billingItem", "activeTransaction");
        }
        assertThat(typed("vs", "detail", "20000000", "20000007", "-o", "csv")
                        .out()
                        .lines()
                        .toList())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("id,hostname");
    }

    @Test
    void anEmptyListSaysSoToPeople() {
        assertThat(typed("call-api", "Account", "getHardware", "-f", "hardware.hostname=nobody")
                        .out())
                .isEqualToIgnoringNewLines("0 rows");
    }

    @Test
    void theWayOfADetailIsChosenByWhatEarlierCommandsMeasured() throws IOException {
        cloud.close();
        // Of the parts some take so long that another way may be worth trying.
        cloud = SimSoftLayer.start(SimOptions.defaults().vms(30).linkCost(Duration.ofMillis(10)));
        Path file = home.resolve(".cache/muster/measurements.json");
        assertThat(typed("hardware", "detail", "1500000").err()).isEmpty();
        assertThat(Files.readString(file)).contains("SoftLayer_Hardware_Server detail", "\"parts\"");
        assertThat(told("hardware", "detail", "1500000").err()).contains("= softlayer  whole: tried once");
        Typed third = told("hardware", "detail", "1500000");
        assertThat(third.err()).contains("took the least of 2 ways");
        assertThat(third.out()).doesNotContain("took the least");
        assertThat(told("bandwidth", "pools").err()).contains("softlayer_bandwidth_pool: ");
        assertThat(Typed.in(world(), "forget", "softlayer").code()).isZero();
        assertThat(told("hardware", "detail", "1500000").err()).contains("= softlayer  parts: the least expected");
    }

    @Test
    void aFileOfMeasurementsThatCannotBeReadOrWrittenIsInNobodysWay() throws IOException {
        Path file = home.resolve(".cache/muster/measurements.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"version\": 1, \"clouds\": {\"softlayer\": [");
        assertThat(typed("vs", "detail", "20000000", "-o", "json").document()).containsEntry("hostname", "web-1");
        assertThat(Files.readString(file)).contains("SoftLayer_Virtual_Guest detail");
        Files.delete(file);
        Files.delete(file.getParent());
        Files.writeString(file.getParent(), "no folder");
        Typed typed = typed("vs", "detail", "20000000", "-o", "json");
        assertThat(typed.code()).isZero();
        assertThat(typed.document()).containsEntry("hostname", "web-1");
        assertThat(typed.err()).contains("measurements.json cannot be written");
    }

    @Test
    void aMachineThatIsNotThereIsSaidSo() {
        Typed typed = typed("vs", "detail", "5");
        assertThat(typed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(typed.err()).contains("Unable to find object with id of '5'");
    }

    @Test
    void poolsComeWithTheirCounts() {
        Typed typed = typed("bandwidth", "pools", "-o", "csv");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(typed.out().lines().toList()).hasSize(27).first().asString().contains("hardware_count,guest_count");
    }

    @Test
    void anyCallCanBeMade() {
        Typed all = typed(
                "call-api",
                "Account",
                "getVirtualGuests",
                "--mask",
                "id,datacenter.name",
                "-o",
                "csv",
                "--page-size",
                "20");
        assertThat(all.out().lines().toList()).hasSize(131).startsWith("id,datacenter.name", "20000000,dal05");
        Typed some = typed(
                "call-api",
                "SoftLayer_Account",
                "getVirtualGuests",
                "--mask",
                "hostname",
                "-f",
                "virtualGuests.datacenter.name IN dal05,sng01",
                "--filter",
                "virtualGuests.hostname=web*",
                "--orderBy",
                "virtualGuests.id=DESC",
                "--limit",
                "3",
                "--offset",
                "1",
                "-o",
                "csv");
        assertThat(some.code()).as(some.err()).isZero();
        assertThat(some.out().lines().toList()).hasSize(4);
        Typed json = typed(
                "call-api",
                "Account",
                "getVirtualGuests",
                "--mask",
                "hostname",
                "--json-filter",
                "{\"virtualGuests\":{\"hostname\":{\"operation\":\"^= web-1\"}}}",
                "-o",
                "json");
        assertThat(json.out()).startsWith("[{\"hostname\":\"web-1\"}");
        assertThat(typed("call-api", "Virtual_Guest", "getObject", "--id", "20000000", "-o", "json")
                        .document())
                .containsEntry("hostname", "web-1");
        assertThat(typed("call-api", "Dns_Domain", "getByDomainName", "zone-1.example", "--mask", "id")
                        .out())
                .contains("2600000");
        assertThat(typed("call-api", "Virtual_Guest", "getPrimaryIpAddress", "--id", "20000000")
                        .out()
                        .strip())
                .matches("[0-9.]+");
        assertThat(typed("call-api", "Account", "getSshKeys", "-o", "yaml").out())
                .contains("fingerprint");
    }

    @Test
    void mistakesAreFoundBeforeAnythingIsAsked() {
        assertThat(typed("call-api", "Account", "getVirtualGuests", "--mask", "id[")
                        .err())
                .contains("object mask");
        assertThat(typed("call-api", "Account", "getVirtualGuests", "--json-filter", "{\"a\":1}")
                        .err())
                .contains("object filter");
        assertThat(typed("call-api", "Account", "getVirtualGuests", "--filter", "web")
                        .err())
                .contains("PROPERTY=VALUE");
        assertThat(typed("call-api", "Account", "getVirtualGuests", "--filter", "hostname=web-1")
                        .err())
                .contains("below 'virtualGuests'");
        assertThat(typed("vs", "detail", "web-1").err()).contains("no number of a machine");
        assertThat(typed("vs", "detail", "1", "--wya", "parts").err()).contains("'wya'", "--way");
        assertThat(typed("vs", "detail", "1", "--way", "half").err()).contains("auto, parts or whole");
        assertThat(typed("call-api", "Account").err()).contains("a service and a method");
        assertThat(typed("call-api", "Account", "getVirtualGuests", "--orderBy", "a=up")
                        .err())
                .contains("--orderBy");
        assertThat(typed("call-api", "Account", "getX", "-f", "a=1", "--json-filter", "{}")
                        .code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(cloud.requests().total()).isZero();
        assertThat(Typed.in(Typed.world(home, Map.of()), "softlayer", "bandwidth", "pools")
                        .err())
                .contains("SL_API_KEY");
    }

    @Test
    void pagesThatAreLostAreToldAndTheOthersPrinted() {
        Typed whole = typed("call-api", "Account", "getVirtualGuests", "--mask", "id", "-o", "csv");
        assertThat(whole.code()).isZero();
        cloud.fail(FailureRule.always(Failure.UNAUTHORIZED).share(0.5).times(1));
        int partial = 0;
        for (int i = 0; i < 30 && partial == 0; i++) {
            Typed typed =
                    typed("call-api", "Account", "getVirtualGuests", "--mask", "id", "-o", "csv", "--page-size", "30");
            partial += typed.code() == ExitCode.PARTIAL ? 1 : 0;
            if (typed.code() == ExitCode.PARTIAL) {
                assertThat(typed.err()).contains("rows ");
                assertThat(typed.out().lines().count()).isBetween(100L, 130L);
            } else if (typed.code() == ExitCode.FAILED) {
                cloud.heal();
                cloud.fail(FailureRule.always(Failure.UNAUTHORIZED).share(0.5).times(1));
            }
        }
        assertThat(partial).isEqualTo(1);
    }

    @Test
    void whatTheServiceDoesNotKnowIsSaidSo() {
        assertThat(typed("call-api", "Acount", "getObject").err()).contains("\"SoftLayer_Acount\" does not exist");
        assertThat(typed("call-api", "Account", "getGuestz").err()).contains("getGuestz", "not a valid method");
        Map<String, String> wrongKey = Map.of(
                "SL_ENDPOINT_URL", cloud.url(), "SL_USERNAME", cloud.login().user(), "SL_API_KEY", "Wr0ng");
        assertThat(Typed.in(Typed.world(home, wrongKey), "softlayer", "bandwidth", "pools")
                        .err())
                .contains("HTTP 401", "check the user and the key")
                .doesNotContain("Wr0ng");
        Map<String, String> elsewhere = Map.of(
                "SL_ENDPOINT_URL", cloud.url().replace("/rest/", "/else/rest/"), "SL_USERNAME", "a", "SL_API_KEY", "b");
        assertThat(Typed.in(Typed.world(home, elsewhere), "softlayer", "vs", "detail", "20000000")
                        .err())
                .contains("HTTP 404", "check endpoint_url");
    }

    @Test
    void theCommandsExplainThemselves() {
        for (List<String> command : List.<List<String>>of(
                List.of(),
                List.of("hardware"),
                List.of("vs", "detail"),
                List.of("bandwidth", "pools"),
                List.of("call-api"))) {
            List<String> help = new ArrayList<>(command);
            help.add("--help");
            Typed typed = typed(help.toArray(new String[0]));
            assertThat(typed.code()).as(command.toString()).isZero();
            assertThat(typed.out()).contains("Usage: muster softlayer").doesNotContain("%%");
        }
    }
}
