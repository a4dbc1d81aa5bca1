package dev.muster.sim.ovirt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.SimOptions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What changes an engine, and what becomes of it. */
class CommandsTest {
    private static final Duration BOOT = Duration.ofSeconds(40);

    private final AtomicLong clock = new AtomicLong();
    private final Engine engine = new Engine(SimOptions.defaults().vms(40).bootTime(BOOT), clock::get);

    @AfterEach
    void close() {
        engine.close();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private String first(String search) {
        return engine.get("vms?max=1&search=" + search.replace("=", "%3D").replace(" ", "%20"))
                .get("vm.0.id");
    }

    @Test
    void aJobGoesOnStepByStepUntilItIsDone() {
        String vm = "vms/" + first("status=down");
        Map<String, String> action = engine.ask(200, "POST", vm + "/start", "<action/>", "Correlation-Id", "corr-1");
        assertThat(action).containsEntry("status", "complete");
        String job = "jobs/" + action.get("job.id");
        assertThat(engine.get(job)).containsEntry("status", "started").doesNotContainKey("end_time");
        assertThat(engine.get(vm)).containsEntry("status", "wait_for_launch").containsKey("host.id");
        assertThat(Engine.column(engine.get(job + "/steps"), "step", "status"))
                .containsExactly("finished", "started", "unknown");
        pass(BOOT.dividedBy(2));
        assertThat(Engine.column(engine.get(job + "/steps"), "step", "progress"))
                .containsExactly("100", "50", "0");
        assertThat(engine.get(vm)).containsEntry("status", "wait_for_launch");
        pass(BOOT.dividedBy(2));
        assertThat(engine.get(vm)).containsEntry("status", "up");
        assertThat(engine.get(job)).containsEntry("status", "finished").containsKey("end_time");
        assertThat(Engine.column(engine.get(job + "/steps"), "step", "status"))
                .containsOnly("finished")
                .hasSize(3);
        assertThat(engine.get("events?max=1")).containsEntry("event.0.correlation_id", "corr-1");
        assertThat(Engine.column(engine.get("jobs"), "job", "id").getFirst()).isEqualTo(job.substring(5));
    }

    @Test
    void whatIsStoppedWhileItStartsStaysDown() {
        String vm = "vms/" + first("status=down");
        engine.ask(200, "POST", vm + "/start", "<action/>");
        pass(BOOT.dividedBy(2));
        engine.ask(200, "POST", vm + "/stop", "<action/>");
        pass(BOOT.dividedBy(2));
        assertThat(engine.get(vm)).containsEntry("status", "powering_down");
        pass(BOOT);
        assertThat(engine.get(vm)).containsEntry("status", "down").doesNotContainKey("host.id");
    }

    @Test
    void whatIsLockedIsRefusedWithAFault() {
        String cluster = engine.get("clusters").get("cluster.0.id");
        String body = "<vm><name>new</name><memory>2147483648</memory><cluster id=\"" + cluster
                + "\"/><template><name>Blank</name></template><os><type>rhel_6x64</type></os></vm>";
        HttpResponse<String> added = engine.send("POST", "vms", Engine.XML, body);
        assertThat(added.statusCode()).isEqualTo(202);
        String vm = added.headers().firstValue("Location").orElseThrow().substring("/ovirt-engine/api/".length());
        assertThat(engine.get(vm))
                .containsEntry("status", "image_locked")
                .containsEntry("memory", "2147483648")
                .containsEntry("os.type", "rhel_6x64")
                .containsEntry("template.id", "00000000-0000-0000-0000-000000000000");
        assertThat(engine.ask(409, "POST", vm + "/start", "<action/>"))
                .containsEntry("status", "failed")
                .containsEntry("fault.reason", "Operation Failed")
                .containsEntry("fault.detail", "[Cannot run VM. The VM is locked.]");
        pass(BOOT);
        assertThat(engine.get(vm)).containsEntry("status", "down");
        engine.ask(200, "POST", vm + "/start", "<action/>");
        pass(BOOT);
        assertThat(engine.ask(409, "DELETE", vm, "")).containsEntry("detail", "[Cannot remove VM. VM is running.]");
    }

    @Test
    void whatIsWrongIsAFaultThatSaysSo() {
        assertThat(engine.ask(400, "POST", "vms", "<vm/>"))
                .containsEntry("reason", "Incomplete parameters")
                .containsEntry("detail", "Vm [name, cluster.id|name, template.id|name] required for add");
        String cluster = engine.get("clusters").get("cluster.0.id");
        assertThat(engine.ask(400, "PUT", "clusters/" + cluster, "{\"bios_type\":\"vinyl\"}"))
                .containsEntry("detail", "[Invalid value 'vinyl' of bios_type.]");
        assertThat(engine.ask(400, "PUT", "clusters/" + cluster, "{\"bios_type\":")
                        .get("detail"))
                .startsWith("For correct usage");
        assertThat(engine.ask(409, "DELETE", "clusters/" + cluster, "").get("detail"))
                .contains("in use");
        assertThat(engine.ask(409, "POST", "tags", "{\"name\":\"pci\"}").get("detail"))
                .contains("name is already in use");
        assertThat(engine.send("POST", "vms/none/start", Engine.JSON, "<action/>")
                        .statusCode())
                .isEqualTo(404);
        assertThat(engine.send("POST", "vms/none/fly", Engine.JSON, "<action/>").body())
                .isEmpty();
        assertThat(engine.send("PUT", "vms", Engine.JSON, "{}").statusCode()).isEqualTo(405);
    }

    @Test
    void anUpdateChangesWhatItSaysAndLeavesTheRest() {
        String vm = "vms/" + first("status=down");
        Map<String, String> before = engine.get(vm);
        Map<String, String> after = engine.ask(
                200, "PUT", vm, "{\"memory\":1073741824,\"cpu\":{\"topology\":{\"cores\":\"7\"}},\"comment\":\"x\"}");
        assertThat(after)
                .containsEntry("memory", "1073741824")
                .containsEntry("cpu.topology.cores", "7")
                .containsEntry("cpu.topology.sockets", before.get("cpu.topology.sockets"))
                .containsEntry("name", before.get("name"));
        assertThat(engine.get(vm + "?all_content=true")).isEqualTo(after);
    }

    @Test
    void disksComeAndGoWithTheirMachines() {
        String vm = "vms/" + first("status=down and delete_protected=false");
        int disks = Engine.column(engine.get("disks"), "disk", "id").size();
        int attached = Engine.column(engine.get(vm + "/diskattachments"), "disk_attachment", "id")
                .size();
        String body = "<disk_attachment><interface>virtio</interface><disk><name>more</name><format>cow</format>"
                + "<provisioned_size>1024</provisioned_size></disk></disk_attachment>";
        Map<String, String> attachment = engine.ask(201, "POST", vm + "/diskattachments", body);
        String disk = "disks/" + attachment.get("disk.id");
        assertThat(attachment).containsEntry("interface", "virtio").containsEntry("id", disk.substring(6));
        assertThat(engine.get(disk)).containsEntry("name", "more").containsEntry("provisioned_size", "1024");
        assertThat(Engine.column(engine.get(vm + "/diskattachments"), "disk_attachment", "id"))
                .hasSize(attached + 1);
        engine.ask(200, "DELETE", vm, "");
        assertThat(engine.send("GET", vm + "/diskattachments", Engine.JSON, "").statusCode())
                .isEqualTo(404);
        assertThat(engine.send("GET", disk, Engine.JSON, "").statusCode()).isEqualTo(404);
        assertThat(Engine.column(engine.get("disks"), "disk", "id")).hasSize(disks - attached);
    }

    @Test
    void collectionsThatShowOthersStayInStep() {
        String dataCenter = "datacenters/" + engine.get("datacenters").get("data_center.0.id");
        List<String> before = Engine.column(engine.get(dataCenter + "/networks"), "network", "id");
        Map<String, String> network = engine.ask(201, "POST", dataCenter + "/networks", "{\"name\":\"new\"}");
        assertThat(network.get("href")).endsWith("/networks/" + network.get("id"));
        assertThat(engine.get("networks/" + network.get("id")))
                .containsEntry("data_center.id", dataCenter.substring("datacenters/".length()));
        assertThat(Engine.column(engine.get(dataCenter + "/networks"), "network", "id"))
                .hasSize(before.size() + 1);
        engine.ask(200, "DELETE", dataCenter + "/networks/" + network.get("id"), "");
        assertThat(Engine.column(engine.get("networks"), "network", "id")).doesNotContain(network.get("id"));
        String vm = "vms/" + first("status=up");
        String tag = engine.get("tags?max=1").get("tag.0.id");
        engine.ask(201, "POST", vm + "/tags", "<tag><name>legacy</name></tag>");
        String assigned = Engine.column(engine.get(vm + "/tags"), "tag", "id").getLast();
        engine.ask(200, "DELETE", vm + "/tags/" + assigned, "");
        assertThat(Engine.column(engine.get(vm + "/tags"), "tag", "id")).doesNotContain(assigned);
        assertThat(engine.get("tags/" + assigned)).containsEntry("name", "legacy");
        assertThat(engine.get("tags/" + tag)).containsKey("name");
    }

    @Test
    void eventsAreAskedForFromAnIndexOn() {
        String last = engine.get("events?max=1").get("event.0.id");
        assertThat(engine.get("events?from=" + last)).isEmpty();
        engine.ask(201, "POST", "bookmarks", "{\"name\":\"mine\",\"value\":\"Vms:\"}");
        engine.ask(200, "POST", "vms/" + first("status=up") + "/stop", "<action/>");
        pass(BOOT);
        List<String> fresh = Engine.column(engine.get("events?from=" + last), "event", "description");
        assertThat(fresh).hasSize(2);
        assertThat(fresh.getFirst()).startsWith("Stop of VM");
    }

    @Test
    void whoWaitsIsAnsweredWhenItIsDone() {
        try (Engine quick = new Engine(SimOptions.defaults().vms(40).bootTime(Duration.ofMillis(20)))) {
            String vm = "vms/" + quick.get("vms?search=status%3Ddown").get("vm.0.id");
            quick.ask(200, "POST", vm + "/start", "<action><async>false</async></action>");
            assertThat(quick.get(vm)).containsEntry("status", "up");
            String body = "{\"name\":\"new\",\"provisioned_size\":\"1\"}";
            assertThat(quick.ask(202, "POST", "disks", body, "X-Ovirt-Expect", "201-created"))
                    .containsEntry("status", "ok");
        }
    }
}
