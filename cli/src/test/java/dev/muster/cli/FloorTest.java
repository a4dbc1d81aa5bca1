package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.Floor.Work;
import dev.muster.core.ColumnType;
import dev.muster.core.Cost;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.InventoryReport.CloudReport;
import dev.muster.core.ListRequest;
import dev.muster.core.Paging;
import dev.muster.core.Planned;
import dev.muster.core.Query;
import dev.muster.core.Table;
import dev.muster.core.Tenancy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FloorTest {
    private static final ListRequest VMS = ListRequest.get("", "/vms");
    private static final ListRequest NICS = ListRequest.get("", "/vms/{vm_id}/nics");
    private static final Floor FAR = new Floor(Duration.ofMillis(20), Duration.ZERO, 5, 5);
    private static final Floor BUSY = new Floor(Duration.ofMillis(20), Duration.ofMillis(6), 5, 5);

    @Test
    void theSeedsInventoryTakesConnectLogInListAndTwelveWaves() {
        assertThat(FAR.of(new Work(1, 1, 300))).isEqualTo(Duration.ofMillis(20 * (1 + 1 + 1 + 12)));
    }

    @Test
    void aWaveThatIsNotFullCostsAsMuchAsAFullOne() {
        assertThat(FAR.atOnce(1)).isEqualTo(Duration.ofMillis(20));
        assertThat(FAR.atOnce(25)).isEqualTo(Duration.ofMillis(20));
        assertThat(FAR.atOnce(26)).isEqualTo(Duration.ofMillis(40));
        assertThat(FAR.atOnce(0)).isZero();
    }

    @Test
    void oneByOneEachRequestCostsARoundTripAndItsService() {
        assertThat(BUSY.oneByOne(302)).isEqualTo(Duration.ofMillis(302 * 26));
    }

    @Test
    void theServicesOfOneConnectionFollowOneAnotherWhereTheyOutlastTheRoundTrip() {
        assertThat(BUSY.atOnce(25)).isEqualTo(Duration.ofMillis(30));
        assertThat(BUSY.atOnce(5)).isEqualTo(Duration.ofMillis(26));
        assertThat(BUSY.atOnce(35)).isEqualTo(Duration.ofMillis(30 + 26));
    }

    @Test
    void aLongChainOfPagesOutlastsASmallFanOut() {
        assertThat(FAR.of(new Work(1, 7, 25))).isEqualTo(Duration.ofMillis(20 * (1 + 1 + 7)));
    }

    @Test
    void theWorkOfACloudIsReadFromItsReport() {
        ListRequest paged = VMS.paging(new Paging.Marker("marker", "limit", 10));
        CloudReport cloud = cloud(
                310,
                table(new FetchPlan.Single(VMS), 100, 1),
                table(new FetchPlan.FanOut(new FetchPlan.Single(VMS), new FetchPlan.Single(NICS)), 150, 300),
                table(new FetchPlan.Sequential(paged), 70, 8));
        assertThat(Work.of(cloud)).isEqualTo(new Work(1, 8, 300));
    }

    @Test
    void pagesAtOnceAreAChainOfTwoAndDetailsAreAFanOut() {
        Paging.Offset offset = new Paging.Offset("offset", "limit", 10, "total");
        CloudReport cloud = cloud(
                113,
                table(new FetchPlan.ParallelPages(VMS.paging(offset), "GET /vms", offset), 100, 10),
                table(
                        new FetchPlan.TwoStage(
                                new FetchPlan.Single(VMS),
                                List.of(NICS.expand(java.util.Map.of("vm_id", "1"))
                                        .request())),
                        100,
                        101));
        assertThat(Work.of(cloud)).isEqualTo(new Work(2, 2, 100));
    }

    private static CloudReport cloud(long requests, FetchReport... tables) {
        return new CloudReport("lab", "ovirt", Tenancy.NONE, List.of(tables), requests, 0, 0, List.of(), Duration.ZERO);
    }

    private static FetchReport table(FetchPlan plan, long rows, long requests) {
        Table of = Table.named("t", "A table.")
                .list(VMS)
                .key("id", ColumnType.TEXT, "Its key.")
                .build();
        Planned planned = new Planned(
                Query.of("t"),
                of,
                of.columns(),
                of.columns(),
                plan,
                new Cost(requests, 0, rows),
                "t(*)",
                "list",
                "the only way",
                List.of());
        return new FetchReport(
                "lab",
                "t",
                planned,
                FetchReport.Outcome.COMPLETE,
                rows,
                requests,
                0,
                Duration.ZERO,
                List.of(),
                List.of(),
                List.of());
    }
}
