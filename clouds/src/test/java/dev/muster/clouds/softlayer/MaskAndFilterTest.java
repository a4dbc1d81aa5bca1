package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.Condition;
import dev.muster.core.Condition.Op;
import dev.muster.core.FetchPlan;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Measurements;
import dev.muster.core.Planner;
import dev.muster.core.Query;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Table;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.Quirks;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaskAndFilterTest {
    private static final Table GUESTS = ComputeTables.VIRTUAL_GUESTS;

    private final SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(130));
    private final SoftLayer cloud = SoftLayer.connect(Sim.settings(sim));

    @AfterEach
    void close() {
        cloud.close();
        sim.close();
    }

    private List<Row> ask(Query query) {
        return ask(cloud, query);
    }

    private static List<Row> ask(SoftLayer cloud, Query query, Planner.Wish... wishes) {
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud))
                .ask(query)
                .planner(new Planner(wishes))
                .get(rows);
        assertThat(report.complete())
                .as(() -> report.tables().getFirst().failures().toString())
                .isTrue();
        return rows.rows(cloud.name(), query.table());
    }

    @Test
    void whateverTheServiceFiltersTheRowsAreThoseThatMeetTheConditions() {
        List<Row> all = ask(Query.of(GUESTS.name()));
        assertThat(all).hasSize(130);
        Random random = new Random(6);
        List<String> columns = List.of(
                "id", "hostname", "domain", "datacenter", "cores", "memory_mib", "primary_ip", "backend_ip", "status");
        for (int i = 0; i < 120; i++) {
            List<Condition> conditions = new ArrayList<>();
            for (int count = 1 + random.nextInt(3); count > 0; count--) {
                conditions.add(condition(random, all, columns.get(random.nextInt(columns.size()))));
            }
            List<String> expected = all.stream()
                    .filter(row -> conditions.stream()
                            .allMatch(one -> one.on(GUESTS.column(one.column())).test(row.get(one.column()))))
                    .map(row -> row.text("id"))
                    .toList();
            Query query = new Query(GUESTS.name(), List.of("id", "fqdn"), conditions, List.of(), Long.MAX_VALUE);
            assertThat(ask(query).stream().map(row -> row.text("id")).toList())
                    .as(conditions.toString())
                    .containsExactlyElementsOf(expected);
        }
    }

    private static Condition condition(Random random, List<Row> all, String column) {
        boolean number = GUESTS.column(column).type() == ColumnType.INTEGER;
        List<Op> ops = number
                ? List.of(Op.EQUAL, Op.IN, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST, Op.NOT_EQUAL, Op.NOT_NULL)
                : List.of(Op.EQUAL, Op.IN, Op.LIKE, Op.LIKE, Op.LIKE, Op.NOT_EQUAL, Op.NULL, Op.NOT_NULL);
        Op op = ops.get(random.nextInt(ops.size()));
        if (op == Op.NULL || op == Op.NOT_NULL) {
            return new Condition(column, op, List.of());
        }
        List<String> values = new ArrayList<>();
        for (int count = op == Op.IN ? 3 : 1; count > 0; count--) {
            String value = all.get(random.nextInt(all.size())).text(column);
            values.add(value == null ? "7" : value);
        }
        if (op == Op.LIKE) {
            String value = values.getFirst();
            int cut = 1 + random.nextInt(value.length());
            values.set(
                    0,
                    switch (random.nextInt(4)) {
                        case 0 -> value.substring(0, cut) + '%';
                        case 1 -> '%' + value.substring(value.length() - cut);
                        case 2 -> '%' + value.substring(0, cut) + '%';
                        default -> value.substring(0, cut - 1) + '_' + value.substring(cut);
                    });
        }
        return new Condition(column, op, values);
    }

    @Test
    void theServiceIsAskedForTheColumnsAndRowsThatAreWantedAlone() {
        Query query = Query.of(GUESTS.name())
                .columns("hostname")
                .where("datacenter = dal05 and cores >= 2 and status = Active and cores <= 8");
        FetchPlan plan = new Planner()
                .plan(query, cloud.tables(), new Measurements().of(cloud.name()))
                .plan();
        assertThat(plan.toString())
                .contains(
                        "the server filters datacenter = dal05 and cores >= 2; filtered here: status = Active and cores <= 8");
        FetchPlan.Listed list = listed(plan);
        assertThat(URLDecoder.decode(list.list().request().query(), StandardCharsets.UTF_8))
                .isEqualTo("objectMask=mask[id,hostname,datacenter.name,maxCpu,status.name]"
                        + "&objectFilter={\"virtualGuests\":{\"datacenter\":{\"name\":{\"operation\":\"_= dal05\"}},"
                        + "\"maxCpu\":{\"operation\":\">= 2\"},"
                        + "\"id\":{\"operation\":\"orderBy\",\"options\":[{\"name\":\"sort\",\"value\":[\"ASC\"]}]}}}");
    }

    @Test
    void partsOfMachinesComeOnRequestAndAreTheSameByLightCallsAndInAHeavyList() {
        // In one order, which the service does not promise for what is related.
        try (SimSoftLayer orderly = SimSoftLayer.start(SimOptions.defaults().vms(30), Quirks.none());
                SoftLayer account = SoftLayer.connect(Sim.settings(orderly))) {
            assertThat(ask(account, Query.of("softlayer_hardware")).getFirst().columns())
                    .extracting(Column::name)
                    .contains("hostname")
                    .doesNotContain("components");
            Query query = Query.of("softlayer_hardware").columns("id", "components", "vlans", "chassis");
            long before = orderly.requests().total();
            List<String> byCall = ask(account, query, Planner.Wish.BY_CALL).stream()
                    .map(Row::toString)
                    .toList();
            assertThat(byCall).hasSize(6).allMatch(row -> row.contains("PROCESSOR"));
            assertThat(orderly.requests().total() - before).isEqualTo(1 + 3 * 6);
            assertThat(ask(account, query, Planner.Wish.INLINE).stream()
                            .map(Row::toString)
                            .toList())
                    .isEqualTo(byCall);
            assertThat(orderly.requests().total() - before).isEqualTo(1 + 3 * 6 + 1);
        }
    }

    private static FetchPlan.Listed listed(FetchPlan plan) {
        return plan instanceof FetchPlan.Listed list
                ? list
                : listed(plan.below().getFirst());
    }

    @Test
    void noMoreRowsAreAskedForThanAreWanted() {
        assertThat(ask(Query.of(GUESTS.name()).columns("id").limit(5))).hasSize(5);
        assertThat(sim.requests().total()).isEqualTo(1);
    }
}
