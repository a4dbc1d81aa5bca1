package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Call;
import dev.muster.core.Environment;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Listing;
import dev.muster.core.MusterException;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Against a real OpenStack, whose clouds.yaml the variable {@code MUSTER_TESTBED_CLOUDS} names; the cloud is testbed. */
@Tag("real")
class RealOpenStackTest {
    private static OpenStack cloud;

    @BeforeAll
    static void connect() {
        cloud = OpenStack.connect(settings("testbed"));
    }

    @AfterAll
    static void close() {
        if (cloud != null) {
            cloud.close();
        }
    }

    @Test
    void everyTableIsWholeAndHasNoRowTwice() {
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud)).get(rows);
        assertThat(report.tables())
                .allSatisfy(table -> assertThat(table.outcome())
                        .as("%s: %s", table.table(), table.failures())
                        .isEqualTo(FetchReport.Outcome.COMPLETE));
        cloud.tables()
                .forEach(table -> assertThat(rows.rows("testbed", table.name()))
                        .as(table.name())
                        .extracting(row -> row.text(table.key().getFirst()))
                        .doesNotContainNull()
                        .doesNotHaveDuplicates());
        assertThat(rows.rows("testbed", "openstack_server")).hasSizeGreaterThanOrEqualTo(100);
        Set<String> networks = texts(rows.rows("testbed", "openstack_network"), "id");
        assertThat(networks).containsAll(texts(rows.rows("testbed", "openstack_port"), "network_id"));
        assertThat(networks).containsAll(texts(rows.rows("testbed", "openstack_subnet"), "network_id"));
        assertThat(texts(rows.rows("testbed", "openstack_port"), "id"))
                .containsAll(texts(rows.rows("testbed", "openstack_floating_ip"), "port_id"));
        assertThat(texts(rows.rows("testbed", "openstack_flavor"), "id"))
                .containsAll(texts(rows.rows("testbed", "openstack_server"), "flavor_id"));
    }

    @Test
    void tablesAndTypedCallsAgree() {
        RowCollector rows = new RowCollector();
        Inventory.of(List.of(cloud)).get(rows);
        assertAgree(rows, "openstack_server", cloud.compute().servers(), Server::id);
        assertAgree(rows, "openstack_server", cloud.compute().servers().brief(), Server.Brief::id);
        assertAgree(rows, "openstack_flavor", cloud.compute().flavors(), Flavor::id);
        assertAgree(rows, "openstack_image", cloud.image().images(), Image::id);
        assertAgree(rows, "openstack_network", cloud.network().networks(), Network::id);
        assertAgree(rows, "openstack_port", cloud.network().ports(), Port::id);
        assertAgree(rows, "openstack_floating_ip", cloud.network().floatingIps(), FloatingIp::id);
        assertAgree(rows, "openstack_project", cloud.identity().projects(), Project::id);
        assertThat(texts(rows.rows("testbed", "openstack_project"), "id"))
                .containsAll(texts(rows.rows("testbed", "openstack_server"), "project_id"));
    }

    @Test
    void smallPagesGiveTheSameRows() {
        assertSame(cloud.compute().servers(), cloud.compute().servers().pageSize(23));
        assertSame(cloud.compute().flavors(), cloud.compute().flavors().pageSize(1));
        assertSame(cloud.image().images(), cloud.image().images().pageSize(1));
        assertSame(cloud.network().networks(), cloud.network().networks().pageSize(2));
        assertSame(cloud.network().ports(), cloud.network().ports().pageSize(25));
        assertSame(cloud.network().floatingIps(), cloud.network().floatingIps().pageSize(2));
    }

    @Test
    void oneByOneTheyAreAsInTheList() {
        assertListed(cloud.compute().servers(), one -> cloud.compute().server(one.id()));
        assertListed(cloud.compute().flavors(), one -> cloud.compute().flavor(one.id()));
        assertListed(cloud.image().images(), one -> cloud.image().image(one.id()));
        assertListed(cloud.network().networks(), one -> cloud.network().network(one.id()));
        assertListed(cloud.network().ports(), one -> cloud.network().port(one.id()));
        assertListed(cloud.network().floatingIps(), one -> cloud.network().floatingIp(one.id()));
    }

    @Test
    void filtersAreTheServicesOwn() {
        List<Server> all = cloud.compute().servers().get();
        assertThat(cloud.compute().servers().status("SHUTOFF").get())
                .containsExactlyElementsOf(
                        all.stream().filter(s -> s.status().equals("SHUTOFF")).toList());
        assertThat(cloud.network().networks().external(true).get()).isNotEmpty().allMatch(Network::external);
        Server server = all.getFirst();
        assertThat(cloud.network().ports().device(server.id()).get())
                .allMatch(port -> port.device().equals(server.id()));
    }

    @Test
    void eachServiceSaysInItsOwnWordsWhatItDoesNotKnow() {
        String nobody = "00000000-0000-0000-0000-000000000000";
        assertUnknown(cloud.compute().server(nobody), nobody);
        assertUnknown(cloud.image().image(nobody), nobody);
        assertUnknown(cloud.network().port(nobody), "(PortNotFound)");
        assertThatThrownBy(() -> cloud.compute().servers().where("limit", "abc").get())
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageContaining("HTTP 400");
    }

    @Test
    void aWrongPasswordIsDenied() {
        Map<String, Object> auth = new HashMap<>();
        ((Map<?, ?>) settings("testbed").values().get("auth")).forEach((k, v) -> auth.put(k.toString(), v));
        auth.put("password", "wrong-s3cret");
        try (OpenStack stranger = OpenStack.connect(settings("testbed").with("auth", auth))) {
            assertThatThrownBy(() -> stranger.compute().servers().get())
                    .isInstanceOf(MusterException.Denied.class)
                    .hasMessageContaining("requires authentication")
                    .hasMessageContaining("check auth.username")
                    .hasMessageNotContaining("s3cret");
        }
    }

    @Test
    void anApplicationCredentialLogsIn() {
        try (OpenStack other = OpenStack.connect(settings("testbed-application-credential"))) {
            assertThat(ids(other.compute().servers().brief(), Server.Brief::id))
                    .isEqualTo(ids(cloud.compute().servers().brief(), Server.Brief::id));
        }
    }

    static Settings settings(String name) {
        String file = System.getenv("MUSTER_TESTBED_CLOUDS");
        assertThat(file)
                .as("the variable MUSTER_TESTBED_CLOUDS must name the clouds.yaml of a real OpenStack")
                .isNotNull();
        Path nowhere = Path.of("no-such-folder");
        Environment environment =
                new Environment(Map.of("OS_CLIENT_CONFIG_FILE", file, "OS_CLOUD", name), nowhere, Path.of(""));
        return new OpenStackProvider().configured(environment).getFirst();
    }

    private static Set<String> texts(List<Row> rows, String column) {
        Set<String> texts = new HashSet<>();
        rows.forEach(row -> {
            String text = row.text(column);
            if (text != null) {
                texts.add(text);
            }
        });
        return texts;
    }

    private static <T> Set<String> ids(Listing<T> listing, Function<T, String> id) {
        return listing.get().stream().map(id).collect(Collectors.toSet());
    }

    private static <T> void assertAgree(RowCollector rows, String table, Listing<T> listing, Function<T, String> id) {
        assertThat(ids(listing, id)).as(table).isEqualTo(texts(rows.rows("testbed", table), "id"));
    }

    private static <T> void assertSame(Listing<T> large, Listing<T> small) {
        assertThat(small.get()).isNotEmpty().containsExactlyInAnyOrderElementsOf(large.get());
    }

    private static <T> void assertListed(Listing<T> listing, Function<T, Call<T>> one) {
        T first = listing.get().getFirst();
        assertThat(one.apply(first).get()).isEqualTo(first);
    }

    private static void assertUnknown(Call<?> call, String words) {
        assertThatThrownBy(call::get)
                .isInstanceOf(MusterException.Rejected.class)
                .hasMessageStartingWith("HTTP 404: ")
                .hasMessageContaining(words);
    }
}
