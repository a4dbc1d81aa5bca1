package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.Environment;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.MusterException;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OvirtProviderTest {
    private final OvirtProvider provider = new OvirtProvider();

    @TempDir
    Path home;

    private List<Settings> configured(Map<String, String> variables) {
        return provider.configured(new Environment(variables, home, home));
    }

    private void musterClouds(String yaml) throws IOException {
        Path folder = Files.createDirectories(home.resolve(".config/muster"));
        Files.writeString(folder.resolve("clouds.yaml"), yaml);
    }

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(CloudProvider.class)).anyMatch(OvirtProvider.class::isInstance);
    }

    @Test
    void findsNothingWhereNothingIsSetUp() throws IOException {
        assertThat(configured(Map.of())).isEmpty();
        musterClouds("clouds:\n  other:\n    type: openstack\n");
        assertThat(configured(Map.of("OVIRT_USERNAME", "admin@internal"))).isEmpty();
    }

    @Test
    void findsTheVariablesOfTheEcosystem() {
        Settings found = configured(Map.of(
                        "OVIRT_URL", "https://engine.example.com/ovirt-engine/api",
                        "OVIRT_USERNAME", "admin@internal",
                        "OVIRT_PASSWORD", "secret",
                        "OVIRT_INSECURE", "true"))
                .getFirst();
        assertThat(found.name()).isEqualTo("ovirt");
        assertThat(found.required("username")).isEqualTo("admin@internal");
        assertThat(found.flag("insecure", false)).isTrue();
        assertThat(found.toString()).doesNotContain("secret");
        try (Cloud cloud = provider.connect(found)) {
            assertThat(cloud.type()).isEqualTo("ovirt");
        }
    }

    @Test
    void findsTheEntriesOfItsTypeInMustersOwnFile() throws IOException {
        musterClouds("""
                clouds:
                  lab:
                    type: ovirt
                    url: https://lab.example.com/ovirt-engine/api
                    username: admin@internal
                    password: secret
                    connections: 10
                  other:
                    type: openstack
                """);
        List<Settings> found = configured(Map.of());
        assertThat(found).extracting(Settings::name).containsExactly("lab");
        assertThat(found.getFirst().count("connections", 1)).isEqualTo(10);
        assertThat(found.getFirst().source()).contains("clouds.yaml").contains("clouds.lab");
        musterClouds("clouds: [lab]\n");
        assertThatThrownBy(() -> configured(Map.of())).isInstanceOf(MusterException.Rejected.class);
    }

    @Test
    void everyTableHasRowsAndEveryColumnIsRead() {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(12));
                Ovirt ovirt = Ovirt.at(engine.url())
                        .username(engine.login().user())
                        .password(engine.login().password())
                        .connect()) {
            RowCollector rows = new RowCollector();
            InventoryReport report = Inventory.of(List.of(ovirt)).get(rows);
            assertThat(report.complete()).as(report.toString()).isTrue();
            for (Table table : provider.tables()) {
                List<Row> found = rows.rows("ovirt", table.name());
                assertThat(found).as(table.name()).isNotEmpty();
                assertThat(found)
                        .allSatisfy(row -> table.key()
                                .forEach(key -> assertThat(row.get(key)).isNotNull()));
            }
            assertThat(rows.rows("ovirt", "ovirt_vm")).hasSize(12).allSatisfy(row -> {
                assertThat(row.get("memory")).isInstanceOf(Long.class);
                assertThat(row.get("cores")).isInstanceOf(Long.class);
                assertThat(row.text("cluster_id")).isNotNull();
            });
            assertThat(engine.requests().to("/vms/*/nics")).isEqualTo(12);
        }
    }

    @Test
    void everyTableSaysWhatItIs() {
        assertThat(provider.tables()).hasSize(58).allSatisfy(table -> {
            assertThat(table.name()).startsWith("ovirt_");
            assertThat(table.description()).endsWith(".");
            assertThat(table.columns())
                    .allSatisfy(column -> assertThat(column.description()).matches(".*[.…]"));
        });
    }
}
