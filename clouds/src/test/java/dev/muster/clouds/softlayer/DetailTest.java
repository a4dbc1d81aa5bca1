package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Settings;
import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.Quirks;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines in detail: the same in both ways, and the way that takes less is found out. */
class DetailTest {
    private static final int PARTS = 10;
    private static final long SERVER = 1_500_003;

    /** So long that another way may be worth trying. */
    private static final Duration LATENCY = Duration.ofMillis(40);

    private final Measurements measurements = new Measurements();
    private SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(30));
    private SoftLayer cloud = SoftLayer.connect(Sim.settings(sim));

    @AfterEach
    void close() {
        cloud.close();
        sim.close();
    }

    private void another(SimOptions options, Quirks quirks, int connections) {
        close();
        sim = SimSoftLayer.start(options.vms(30), quirks);
        Settings settings = Sim.settings(sim);
        cloud = SoftLayer.connect(connections == 0 ? settings : settings.with("connections", connections));
    }

    private int requestsOf(Detail detail) {
        long before = sim.requests().total();
        assertThat(detail.learning(measurements).get().text("hostname")).isEqualTo("metal-2");
        return (int) (sim.requests().total() - before);
    }

    private List<Detail> servers(int count) {
        return LongStream.range(0, count)
                .mapToObj(i -> cloud.hardware(1_500_000 + 3 * i))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Detail.Way.class)
    void aDetailIsTheSameWhicheverWayItIsAskedFor(Detail.Way way) {
        Item server = cloud.hardware(SERVER).by(Detail.Way.WHOLE).get();
        long before = sim.requests().total();
        Item again = cloud.hardware(SERVER).by(way).get();
        assertThat(again.properties()).isEqualTo(server.properties());
        assertThat(server.list("networkComponents")).hasSize(2);
        assertThat(server.text("operatingSystem.softwareLicense.softwareDescription.name"))
                .isEqualTo("Ubuntu");
        assertThat(sim.requests().total() - before).isEqualTo(way == Detail.Way.WHOLE ? 1 : PARTS);
        Item guest = cloud.virtualGuest(20_000_021).by(way).get();
        assertThat(guest.text("activeTransaction.transactionStatus.name")).isEqualTo("RECLAIM_WAIT");
        assertThat(guest.list("networkVlans")).hasSize(2);
    }

    @Test
    void aDetailTakesOneRoundTripInBothWays() {
        // So that requests which wait for another's answer would not all be there at once.
        another(SimOptions.defaults().latency(Duration.ofMillis(200)), Quirks.none(), PARTS);
        cloud.hardware(SERVER).by(Detail.Way.PARTS).get();
        assertThat(sim.requests().maxConcurrent()).isEqualTo(PARTS);
    }

    @Test
    void detailsOfManyAreAskedForWholeSoThatTheyFitTheRate() {
        assertThat(Detail.all(servers(6)).get())
                .extracting(item -> item.text("hostname"))
                .containsExactly("metal-1", "metal-2", "metal-3", "metal-4", "metal-5", "metal-6");
        assertThat(sim.requests().total()).isEqualTo(6);
        assertThat(Detail.all(List.of()).get()).isEmpty();
    }

    @Test
    void partsAreAskedForWhereTheHeavyCallTookLonger() {
        another(SimOptions.defaults().linkCost(LATENCY), Quirks.none(), PARTS);
        assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(PARTS);
        assertThat(requestsOf(cloud.hardware(SERVER)))
                .as("tried in the second run")
                .isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(PARTS);
        }
    }

    @Test
    void theHeavyCallIsMadeWhereItTookLess() {
        // One request after another, so that the parts take ten times as long.
        another(SimOptions.defaults().latency(LATENCY), Quirks.none(), 1);
        assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(PARTS);
        for (int i = 0; i < 3; i++) {
            assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(1);
        }
    }

    @Test
    void waysThatWereAskedForAreMeasuredAsWell() {
        requestsOf(cloud.hardware(SERVER).by(Detail.Way.WHOLE));
        requestsOf(cloud.hardware(SERVER).by(Detail.Way.PARTS));
        assertThat(measurements.of("sim").plans())
                .hasEntrySatisfying(
                        "SoftLayer_Hardware_Server detail",
                        ways -> assertThat(ways).containsOnlyKeys("parts", "whole"));
        assertThat(measurements.of("sim").operations()).hasSize(1 + PARTS);
    }

    @Test
    void aPartIsMeasuredUnderTheNameThatTablesCallItBy() {
        requestsOf(cloud.hardware(SERVER).by(Detail.Way.PARTS));
        assertThat(measurements.of("sim").operations())
                .containsKey("GET /SoftLayer_Hardware_Server/{id}/getNetworkComponents.json");
    }

    @Test
    void whatIsTooHeavyForTheServiceIsAskedForInPartsAndNotTriedAgain() {
        another(SimOptions.defaults().latency(LATENCY), Quirks.none().heaviest(20), 1);
        assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(PARTS);
        assertThat(requestsOf(cloud.hardware(SERVER))).as("tried, and failed").isEqualTo(1 + PARTS);
        for (int i = 0; i < 3; i++) {
            assertThat(requestsOf(cloud.hardware(SERVER))).isEqualTo(PARTS);
        }
        assertThatThrownBy(() -> cloud.hardware(SERVER).by(Detail.Way.WHOLE).get())
                .isInstanceOf(MusterException.Failed.class);
    }

    @Test
    void whatFailsWhicheverWayItIsAskedForSaysNothingOfWays() {
        sim.fail(FailureRule.always(Failure.ERROR_JSON));
        assertThatThrownBy(() -> requestsOf(cloud.hardware(SERVER))).isInstanceOf(MusterException.Failed.class);
        sim.heal();
        assertThatThrownBy(() -> requestsOf(cloud.hardware(5)))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("Unable to find object with id of '5'");
        assertThat(measurements.of("sim").plans()).isEmpty();
    }

    @Test
    void detailsOfDifferentKindsAreNotAskedForTogether() {
        assertThatThrownBy(() -> Detail.all(List.of(cloud.hardware(SERVER), cloud.virtualGuest(20_000_021))))
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("ask for SoftLayer_Hardware_Server 1500003 apart");
        assertThat(sim.requests().total()).isZero();
    }
}
