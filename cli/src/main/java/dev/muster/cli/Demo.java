package dev.muster.cli;

import dev.muster.core.Cloud;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.InventoryReport.CloudReport;
import dev.muster.core.InventoryRun;
import dev.muster.core.Planner;
import dev.muster.core.RowSink;
import dev.muster.core.Settings;
import dev.muster.core.Table;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.openstack.SimOpenStack;
import dev.muster.sim.ovirt.SimOvirt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Two embedded clouds, and inventories of them by the same providers and over the same wire as of any other cloud. What the
 * clouds themselves counted stands beside what we say that we asked.
 */
final class Demo implements AutoCloseable {
    /** The seed's settings: five connections, five requests deep. */
    static final int CONNECTIONS = 5;

    static final int PIPELINE = 5;

    /** What is asked for each machine; the rest that could be would only make the demonstration longer. */
    private static final Set<String> FOR_EACH_MACHINE =
            Set.of("ovirt_disk_attachment", "ovirt_nic", "ovirt_permission");

    private static final int WARM_UP_VMS = 100;
    private static final int WARM_UP_ROUNDS = 2;

    private final Duration latency;
    private final Map<String, SimCloud> served = new HashMap<>();
    private final List<Settings> settings = new ArrayList<>();

    /**
     * An inventory that was taken.
     *
     * @param report what became of it
     * @param elapsed from the start of the first cloud to the end of the last one
     * @param served requests that each cloud says it was asked, by its name
     */
    record Taken(InventoryReport report, Duration elapsed, Map<String, Long> served) {
        CloudReport cloud(String name) {
            return report.clouds().stream()
                    .filter(cloud -> cloud.cloud().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Demo(Duration latency) {
        this.latency = latency;
    }

    /** Starts both clouds, so many machines large and so far away. */
    static Demo start(int vms, Duration latency) {
        SimOptions options = SimOptions.defaults().vms(vms).rtt(latency);
        Demo demo = new Demo(latency);
        try {
            demo.add("demo-ovirt", "ovirt", SimOvirt.start(options));
            demo.add("demo-openstack", "openstack", SimOpenStack.start(options));
        } catch (RuntimeException e) {
            demo.close();
            throw e;
        }
        return demo;
    }

    /**
     * Takes inventories of two clouds next door first. A process that just started spends its first requests on loading and
     * compiling code, at the server's end too; what is compared here is the network's time, so neither run shall pay for
     * that alone.
     */
    static void warmUp(Console console, int vms) {
        try (Demo near = start(Math.min(vms, WARM_UP_VMS), Duration.ZERO)) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                near.atOnce(run -> LiveProgress.none(console, run));
            }
        }
    }

    private void add(String name, String type, SimCloud cloud) {
        served.put(name, cloud);
        settings.add(SimSettings.of(name, type, cloud));
    }

    /** The least time that either cloud's work can take at once, by arithmetic. */
    Duration floor(CloudReport cloud) {
        return new Floor(latency, Duration.ZERO, CONNECTIONS, PIPELINE).of(Floor.Work.of(cloud));
    }

    /** Both clouds at once, everything that does not wait for something else at once. */
    Taken atOnce(Function<InventoryRun, LiveProgress> watch) {
        List<Settings> wide = settings.stream()
                .map(s -> s.with("connections", CONNECTIONS).with("pipeline", PIPELINE))
                .toList();
        return take(wide, Planner.Wish.AUTO, watch);
    }

    /** One cloud after the other, on one connection, each request after the answer to the one before. */
    Taken oneByOne(Function<InventoryRun, LiveProgress> watch) {
        List<CloudReport> reports = new ArrayList<>();
        Map<String, Long> asked = new HashMap<>();
        Duration elapsed = Duration.ZERO;
        for (Settings cloud : settings) {
            Settings narrow = cloud.with("connections", 1).with("pipeline", 1);
            Taken one = take(List.of(narrow), Planner.Wish.SEQUENTIAL, watch);
            reports.addAll(one.report().clouds());
            one.served().forEach((name, count) -> asked.merge(name, count, Long::sum));
            elapsed = elapsed.plus(one.elapsed());
        }
        return new Taken(new InventoryReport(reports, elapsed), elapsed, asked);
    }

    /** From now on what the wire does is told there. */
    void listening(WireListeners listeners) {
        settings.replaceAll(listeners::on);
    }

    private Taken take(List<Settings> which, Planner.Wish wish, Function<InventoryRun, LiveProgress> watch) {
        Map<String, Long> before = counts();
        List<Cloud> clouds = new ArrayList<>();
        try {
            which.forEach(one -> clouds.add(ConfiguredClouds.connect(one)));
            RowSink rows = batch -> {};
            InventoryRun run = Inventory.of(clouds)
                    .tables(tables(clouds))
                    .planner(new Planner(wish))
                    .start(rows);
            InventoryReport report;
            try (LiveProgress _ = watch.apply(run)) {
                report = run.join();
            }
            Map<String, Long> asked = counts();
            asked.replaceAll((name, count) -> count - before.getOrDefault(name, 0L));
            return new Taken(report, report.elapsed(), asked);
        } finally {
            clouds.forEach(Cloud::close);
        }
    }

    private static String[] tables(List<Cloud> clouds) {
        return clouds.stream()
                .flatMap(cloud -> cloud.tables().stream())
                .filter(table -> table.parent() == null
                        || !table.parent().name().equals("ovirt_vm")
                        || FOR_EACH_MACHINE.contains(table.name()))
                .map(Table::name)
                .toArray(String[]::new);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new HashMap<>();
        served.forEach((name, cloud) -> counts.put(name, cloud.requests().total()));
        return counts;
    }

    /** Stops both clouds. */
    @Override
    public void close() {
        served.values().forEach(SimCloud::close);
    }
}
