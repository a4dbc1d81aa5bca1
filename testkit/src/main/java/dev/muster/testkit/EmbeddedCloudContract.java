package dev.muster.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Cloud;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.SimCloud;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, and what can only be tried on an embedded cloud: that it fails, and how. */
public abstract class EmbeddedCloudContract extends CloudContract {
    private @Nullable SimCloud running;

    /** Starts a cloud that has something in every table. */
    protected abstract SimCloud start();

    /** How to reach it. */
    protected abstract Settings settings(SimCloud cloud);

    /** The path of one table that no other is listed for, as the cloud's server sees it; and that table's name. */
    protected abstract Map.Entry<String, String> lonelyTable();

    @BeforeEach
    void begin() {
        running = start();
    }

    @AfterEach
    void end() {
        sim().close();
    }

    private SimCloud sim() {
        return Objects.requireNonNull(running);
    }

    @Override
    protected final Settings settings() {
        return settings(sim());
    }

    private InventoryReport take(RowCollector rows) {
        try (Cloud cloud = provider().connect(settings())) {
            return Inventory.of(List.of(cloud)).get(rows);
        }
    }

    /** Whatever one service does, its table says so and the others stand. */
    @ParameterizedTest
    @EnumSource(
            names = {"STALL"},
            mode = EnumSource.Mode.EXCLUDE)
    void oneServiceThatFailsLeavesTheOthersStanding(Failure failure) {
        sim().fail(FailureRule.always(failure).at(lonelyTable().getKey()));
        InventoryReport report = take(new RowCollector());

        Map<String, FetchReport> tables =
                report.tables().stream().collect(Collectors.toMap(FetchReport::table, t -> t));
        FetchReport broken = Objects.requireNonNull(tables.remove(lonelyTable().getValue()));
        assertThat(broken.outcome()).isEqualTo(FetchReport.Outcome.FAILED);
        assertThat(broken.failures().getFirst().request()).startsWith("GET /");
        assertThat(broken.failures().getFirst().message()).isNotBlank();
        assertThat(tables.values()).allMatch(t -> t.outcome() == FetchReport.Outcome.COMPLETE);
    }

    @Test
    void aTokenThatEndsUnderWayIsRenewedAndEverythingArrives() {
        RowCollector calm = new RowCollector();
        take(calm);
        AtomicBoolean expired = new AtomicBoolean();
        try (Cloud cloud = provider().connect(settings())) {
            for (int i = 0; i < 2; i++) {
                RowCollector rows = new RowCollector();
                InventoryReport report = Inventory.of(List.of(cloud)).get(batch -> {
                    if (!expired.getAndSet(true)) {
                        sim().expireTokens();
                    }
                    rows.accept(batch);
                });
                assertThat(report.tables())
                        .allSatisfy(t -> assertThat(t.failures()).isEmpty());
                for (Table table : cloud.tables()) {
                    assertThat(rows.rows(cloud.name(), table.name()).toString())
                            .isEqualTo(calm.rows(cloud.name(), table.name()).toString());
                }
            }
        }
        // One for the calm run, one for this, and one more after the end of that.
        assertThat(sim().tokensIssued()).isEqualTo(has(Capability.TOKENS) ? 3 : 0);
    }

    @Test
    void aConnectionThatIsHungUpNowAndThenLosesNothing() {
        RowCollector calm = new RowCollector();
        take(calm);
        // Rarely enough that no request is hit three times, after which it would rightly be told as lost.
        sim().fail(FailureRule.always(Failure.HANG_UP).share(0.01).times(20));
        RowCollector rows = new RowCollector();
        InventoryReport report = take(rows);
        assertThat(report.complete())
                .as(report.tables().stream().map(FetchReport::failures).toList().toString())
                .isTrue();
        for (FetchReport table : report.tables()) {
            assertThat(rows.rows(table.cloud(), table.table()).toString())
                    .isEqualTo(calm.rows(table.cloud(), table.table()).toString());
        }
    }
}
