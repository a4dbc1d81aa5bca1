package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Listing;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Scope;
import dev.muster.core.Settings;
import dev.muster.core.Tenancy;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the embedded cloud, which has the habits of a real one. */
class SimOpenStackTest {
    private static final int VMS = 130;

    private final SimOpenStack sim = SimOpenStack.start(SimOptions.defaults().vms(VMS));
    private final OpenStack cloud = OpenStack.connect(settings("secret"));

    @AfterEach
    void close() {
        cloud.close();
        sim.close();
    }

    @Test
    void everyTableIsWholeAfterOneLogIn() {
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).get(rows);
        assertThat(report.tables())
                .allSatisfy(table -> assertThat(table.outcome())
                        .as("%s: %s", table.table(), table.failures())
                        .isEqualTo(FetchReport.Outcome.COMPLETE));
        assertThat(rows.rows("sim", "openstack_server"))
                .hasSize(VMS)
                .extracting(row -> row.text("id"))
                .doesNotHaveDuplicates();
        assertThat(sim.tokensIssued()).isEqualTo(1);
        assertThat(ids(rows.rows("sim", "openstack_network")))
                .containsAll(texts(rows.rows("sim", "openstack_port"), "network_id"));
        assertThat(ids(rows.rows("sim", "openstack_flavor")))
                .containsAll(texts(rows.rows("sim", "openstack_server"), "flavor_id"));
    }

    @Test
    void everyBatchSaysWhichProjectAndRegionItIsOf() {
        Set<Tenancy> told = ConcurrentHashMap.newKeySet();
        InventoryReport report = Inventory.of(List.of(cloud)).get(batch -> told.add(batch.tenancy()));
        assertThat(told).containsExactly(new Tenancy("demo", SimOpenStack.REGION));
        assertThat(report.clouds().getFirst().tenancy()).isEqualTo(new Tenancy("demo", SimOpenStack.REGION));
    }

    @Test
    void everyColumnOfAServerHasItsValueWhereTheCloudGivesOne() {
        RowCollector rows = new RowCollector();
        Inventory.of(List.of(cloud)).tables("openstack_server").get(rows);
        Row row = rows.rows("sim", "openstack_server").getFirst();
        Server server = cloud.compute().servers().get().getFirst();
        assertThat(row.get("id")).isEqualTo(server.id());
        assertThat(row.get("name")).isEqualTo(server.name());
        assertThat(row.get("status")).isEqualTo(server.status());
        assertThat(row.get("vm_state")).isEqualTo(server.vmState()).isNotNull();
        assertThat(row.get("power_state")).isEqualTo(server.powerState()).isNotNull();
        assertThat(row.get("project_id")).isEqualTo(server.project()).isNotNull();
        assertThat(row.get("flavor_id")).isEqualTo(server.flavor()).isNotNull();
        assertThat(row.get("image_id")).isEqualTo(server.image());
        assertThat(row.get("created")).isEqualTo(server.created()).isNotNull();
        assertThat(row.get("launched")).isEqualTo(server.launched());
        assertThat(row.text("addresses")).contains(server.addresses().getFirst().address());
    }

    @Test
    void smallPagesGiveTheSameRows() {
        assertSame(cloud.compute().servers(), cloud.compute().servers().pageSize(30));
        assertSame(cloud.compute().servers(), cloud.compute().servers().pageSize(65));
        assertSame(cloud.compute().flavors(), cloud.compute().flavors().pageSize(1));
        assertSame(cloud.image().images(), cloud.image().images().pageSize(1));
        assertSame(cloud.network().networks(), cloud.network().networks().pageSize(1));
        assertSame(cloud.network().ports(), cloud.network().ports().pageSize(13));
        assertSame(cloud.network().floatingIps(), cloud.network().floatingIps().pageSize(2));
        assertThat(cloud.compute().servers().pageSize(30).brief().get())
                .extracting(Server.Brief::id)
                .isEqualTo(
                        cloud.compute().servers().get().stream().map(Server::id).toList());
    }

    @Test
    void oneByOneTheyAreAsInTheList() {
        assertListed(
                cloud.compute().servers(),
                one -> cloud.compute().server(one.id()).get());
        assertListed(
                cloud.compute().flavors(),
                one -> cloud.compute().flavor(one.id()).get());
        assertListed(
                cloud.image().images(), one -> cloud.image().image(one.id()).get());
        assertListed(
                cloud.network().networks(),
                one -> cloud.network().network(one.id()).get());
        assertListed(
                cloud.network().ports(), one -> cloud.network().port(one.id()).get());
        assertListed(
                cloud.network().floatingIps(),
                one -> cloud.network().floatingIp(one.id()).get());
        assertThat(cloud.identity().projects().get())
                .singleElement()
                .satisfies(project -> assertThat(project.name()).isEqualTo(SimOpenStack.PROJECT));
    }

    @Test
    void thePageOfInstancesIsFetchedAtOnce() {
        // The six lists that a dashboard's page of instances is made of.
        try (Scope scope = Scope.failFast()) {
            Pending<List<Server>> servers = scope.start(cloud.compute().servers());
            Pending<List<Flavor>> flavors = scope.start(cloud.compute().flavors());
            Pending<List<Image>> images = scope.start(cloud.image().images());
            Pending<List<Network>> networks = scope.start(cloud.network().networks());
            Pending<List<Port>> ports = scope.start(cloud.network().ports());
            Pending<List<FloatingIp>> floatingIps = scope.start(cloud.network().floatingIps());
            scope.join();
            assertThat(servers.join()).hasSize(VMS);
            assertThat(List.of(flavors.join(), images.join(), networks.join(), ports.join(), floatingIps.join()))
                    .allSatisfy(list -> assertThat(list).isNotEmpty());
        }
        assertThat(sim.tokensIssued()).isEqualTo(1);
    }

    @Test
    void tokensThatEndUnderWayAreRenewedAndNoRowIsLost() {
        sim.expireTokensAfter(4);
        assertThat(cloud.compute().servers().pageSize(10).get())
                .extracting(Server::id)
                .hasSize(VMS)
                .doesNotHaveDuplicates();
        // 13 pages, the last one full and so followed by an empty one, with tokens that are good for 4 each.
        assertThat(sim.tokensIssued()).isEqualTo(4);
    }

    @Test
    void aTokenRevokedUnderWayIsRenewedOnce() {
        assertThat(cloud.compute().servers().get()).hasSize(VMS);
        sim.expireTokens();
        assertThat(cloud.network().ports().pageSize(20).get()).isNotEmpty();
        assertThat(cloud.compute().servers().pageSize(20).get()).hasSize(VMS);
        assertThat(sim.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsDenied() {
        try (OpenStack stranger = OpenStack.connect(settings("guess"))) {
            assertThatThrownBy(() -> stranger.compute().servers().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("requires authentication; check auth.username")
                    .hasMessageNotContaining("guess");
        }
        assertThat(sim.tokensIssued()).isZero();
    }

    @Test
    void aServiceThatIsAwayLeavesTheOthersStanding() {
        sim.fail("/v2/images", Failure.UNAVAILABLE);
        sim.fail("/floatingips", Failure.HTML_OK);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).get(rows);
        assertThat(report.tables())
                .filteredOn(table -> table.outcome() != FetchReport.Outcome.COMPLETE)
                .extracting(
                        FetchReport::table, table -> table.failures().getFirst().kind())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("openstack_image", "failed"),
                        org.assertj.core.groups.Tuple.tuple("openstack_floating_ip", "undecodable"));
        assertThat(rows.rows("sim", "openstack_server")).hasSize(VMS);
    }

    private Settings settings(String password) {
        return Settings.of(
                "sim",
                "openstack",
                "a test",
                Map.of(
                        "auth",
                        Map.of(
                                "auth_url",
                                sim.url(),
                                "username",
                                sim.login().user(),
                                "password",
                                password,
                                "project_name",
                                SimOpenStack.PROJECT)));
    }

    private static List<String> ids(List<Row> rows) {
        return texts(rows, "id");
    }

    private static List<String> texts(List<Row> rows, String column) {
        return rows.stream().map(row -> String.valueOf(row.text(column))).toList();
    }

    private static <T> void assertSame(Listing<T> large, Listing<T> small) {
        assertThat(small.get()).isNotEmpty().isEqualTo(large.get());
    }

    private static <T> void assertListed(Listing<T> listing, Function<T, T> one) {
        T first = listing.get().getFirst();
        assertThat(one.apply(first)).isEqualTo(first);
    }
}
