package dev.muster.bench;

import dev.muster.core.Query;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import dev.muster.sim.softlayer.Quirks;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A cloud whose costs make one way of fetching the best.
 *
 * @param name after what should be best there
 * @param kind of the cloud
 * @param latency milliseconds of each request
 * @param row microseconds of each row of an answer
 * @param link microseconds of each look-up that joins something into a row
 * @param connections the client's
 * @param queries what is asked at once
 */
record PlanSetting(
        String name, String kind, int vms, int latency, int row, int link, int connections, List<Query> queries) {
    private static final String SERVER = "openstack_server";
    private static final String GUEST = "softlayer_virtual_guest";
    private static final Query SERVERS = Query.of(SERVER).columns("id", "name", "status");
    private static final Query PORTS = Query.of(SERVER).columns("name", "ports.mac_address");
    private static final Query GUESTS = Query.of(GUEST).columns("id", "hostname", "datacenter");
    private static final Query FLOATING = Query.of("openstack_floating_ip").columns("address", "port.mac_address");

    static List<PlanSetting> all() {
        List<Query> parts = List.of(Query.of("ovirt_disk_attachment"), Query.of("ovirt_nic"));
        List<Query> hosts = List.of(Query.of("ovirt_vm").columns("name", "host.name", "cluster.name"));
        List<PlanSetting> all = new ArrayList<>();
        all.add(new PlanSetting("calls", "ovirt", 100, 20, 0, 8_000, 8, parts));
        all.add(new PlanSetting("inline", "ovirt", 100, 40, 0, 2_000, 8, parts));
        all.add(new PlanSetting("details", "openstack", 150, 20, 0, 10_000, 8, List.of(SERVERS)));
        all.add(new PlanSetting("list", "openstack", 100, 80, 0, 4_000, 8, List.of(SERVERS)));
        all.add(new PlanSetting("large_pages", "softlayer", 3_000, 60, 200, 0, 8, List.of(GUESTS)));
        all.add(new PlanSetting("small_pages", "softlayer", 800, 10, 4_000, 0, 8, List.of(GUESTS)));
        all.add(new PlanSetting("join_whole", "openstack", 600, 150, 300, 0, 8, List.of(PORTS)));
        all.add(new PlanSetting("join_batches", "openstack", 400, 80, 2_000, 0, 8, List.of(FLOATING)));
        all.add(new PlanSetting(
                "join_each", "openstack", 250, 20, 12_000, 0, 8, List.of(PORTS.where("status = ERROR"))));
        all.add(new PlanSetting("hosts", "ovirt", 100, 40, 4_000, 0, 8, hosts));
        return all;
    }

    SimCloud start() {
        SimOptions options = SimOptions.defaults()
                .vms(vms)
                .latency(Duration.ofMillis(latency))
                .rowCost(Duration.ofNanos(row * 1_000L))
                .linkCost(Duration.ofNanos(link * 1_000L));
        return switch (kind) {
            case "ovirt" -> SimOvirt.start(options);
            case "openstack" -> SimOpenStack.start(options);
            default -> SimSoftLayer.start(options, Quirks.none());
        };
    }

    /** How the cloud is reached, in the words of its kind. */
    Map<String, Object> settings(SimCloud cloud) {
        String user = cloud.login().user();
        String password = cloud.login().password();
        String url = cloud.uri().toString();
        return switch (kind) {
            case "ovirt" -> Map.of("url", url, "username", user, "password", password, "connections", connections);
            case "openstack" ->
                Map.of(
                        "auth",
                        Map.of(
                                "auth_url",
                                url,
                                "username",
                                user,
                                "password",
                                password,
                                "project_name",
                                SimOpenStack.PROJECT,
                                "user_domain_name",
                                "Default",
                                "project_domain_name",
                                "Default"),
                        "connections",
                        connections);
            default ->
                Map.of(
                        "endpoint_url",
                        url,
                        "username",
                        user,
                        "api_key",
                        password,
                        "connections",
                        connections,
                        "rate",
                        1_000_000);
        };
    }

    /** The costs, in one line. */
    String costs() {
        return String.format(
                "%s of %d machines, %d ms a request, %.1f ms a row, %.1f ms a look-up, %d connections",
                kind, vms, latency, row / 1e3, link / 1e3, connections);
    }
}
