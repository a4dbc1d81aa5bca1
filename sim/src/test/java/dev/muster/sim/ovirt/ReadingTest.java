package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The parameters with which an engine is read. */
class ReadingTest {
    private static final Engine ENGINE = new Engine(SimOptions.defaults().vms(40));

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    private static List<String> names(String collection, String tag, String search) {
        String query = search.replace("%", "%25")
                .replace(" ", "%20")
                .replace("=", "%3D")
                .replace("<", "%3C")
                .replace(">", "%3E");
        return Engine.column(ENGINE.get(collection + "?search=" + query), tag, "name");
    }

    @Test
    void conditionsAreJoinedAndCompared() {
        List<String> all = names("vms", "vm", "");
        assertThat(all).hasSize(40);
        List<String> up = names("vms", "vm", "Vms: status=up");
        List<String> others = names("vms", "vm", "status!=up");
        assertThat(up.size() + others.size()).isEqualTo(40);
        assertThat(names("vms", "vm", "status=up or status!=up")).isEqualTo(all);
        assertThat(names("vms", "vm", "name=web* and status=up or name=db001"))
                .contains("db001")
                .allMatch(name -> name.startsWith("web") || name.equals("db001"));
        long large = 1L << 34;
        List<String> small = names("vms", "vm", "memory<" + large);
        assertThat(small.size() + names("vms", "vm", "memory>=" + large).size()).isEqualTo(40);
        assertThat(names("vms", "vm", "cluster=Default")).isNotEmpty().hasSizeLessThan(40);
        assertThat(names("vms", "vm", "tag=production"))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(ENGINE.get("vms?follow=tags&search=name%3D" + name))
                        .containsValue("production"));
        assertThat(names("disks", "disk", "storage=fast-1 sortby name desc"))
                .isNotEmpty()
                .isSortedAccordingTo((left, right) -> right.compareTo(left));
    }

    @Test
    void caseCountsWhenItIsAskedTo() {
        assertThat(Engine.column(ENGINE.get("vms?search=name%3DWEB*"), "vm", "id"))
                .isNotEmpty();
        assertThat(ENGINE.get("vms?search=name%3DWEB*&case_sensitive=true")).isEmpty();
    }

    @Test
    void whatIsHeavyComesWhenAllContentIsAskedFor() {
        assertThat(ENGINE.get("hosts")).doesNotContainKey("host.0.hosted_engine.score");
        assertThat(ENGINE.get("hosts?all_content=true")).containsKey("host.0.hosted_engine.score");
        assertThat(ENGINE.get("vms?all_content")).containsKey("vm.0.virtio_scsi.enabled");
        assertThat(ENGINE.ask(200, "GET", "vms", "", "All-Content", "true")).containsKey("vm.0.virtio_scsi.enabled");
        assertThat(ENGINE.ask(200, "GET", "vms", "", "All-Content", "maybe"))
                .doesNotContainKey("vm.0.virtio_scsi.enabled");
    }

    @Test
    void linksAreFollowedAsDeepAsTheyGo() {
        Map<String, String> deep = ENGINE.get("datacenters?follow=clusters.networks,storage_domains.disks");
        assertThat(deep)
                .containsKey("data_center.0.clusters.cluster.0.networks.network.0.name")
                .containsKey("data_center.0.storage_domains.storage_domain.0.status")
                .containsKey("data_center.0.storage_domains.storage_domain.0.disks.disk.0.name");
        Map<String, String> one =
                ENGINE.get("vms/" + ENGINE.get("vms").get("vm.0.id") + "?follow=cluster.data_center,host");
        assertThat(one).containsKey("cluster.data_center.name");
        assertThat(ENGINE.send("GET", "clusters?follow=hosts", Engine.JSON, "").statusCode())
                .isEqualTo(500);
    }

    @Test
    void statesOfMachinesAreSearchedForInTheWordsOfTheEngine() {
        assertThat(ENGINE.get("vms?search=status%3DPOWERINGUP")).isEmpty();
        assertThat(names("vms", "vm", "status=up")).isNotEmpty();
        for (String word : List.of("powering_up", "migrating", "up*")) {
            assertThat(ENGINE.ask(400, "GET", "vms?search=status%3D" + word, ""))
                    .containsEntry("reason", "Operation Failed");
        }
    }

    @Test
    void jobsAreNotSearched() {
        assertThat(ENGINE.ask(400, "GET", "jobs?search=x", "")).containsEntry("reason", "Operation Failed");
    }

    @Test
    void theRootTellsTheWayToEverything() {
        String root = ENGINE.send("GET", "", Engine.XML, "").body();
        assertThat(root)
                .contains("rel=\"vms/search\"", "href=\"/ovirt-engine/api/vms?search={query}\"", "rel=\"macpools\"")
                .contains("<special_objects><blank_template ");
    }

    @Test
    void aCorrelationIdIsCleanedAndCutToTheEnginesLength() {
        assertThat(ENGINE.send("GET", "vms?max=1&correlation_id=a%20b*c-" + "x".repeat(50), Engine.JSON, "")
                        .headers()
                        .firstValue("Correlation-Id"))
                .contains("abc-" + "x".repeat(32));
    }
}
