package dev.muster.bench;

import static org.ovirt.engine.sdk4.ConnectionBuilder.connection;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Planner;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.zip.CRC32;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.Vm;

/** All VMs, then each VM's disk attachments, NICs and permissions, from log-in to the last row; logging out is not timed. */
final class InventoryBenchmark implements Benchmark {
    private static final int VMS = 100;
    private static final int RTT_MILLIS = 20;
    private static final int CONNECTIONS = 5;
    private static final int DEPTH = 5;
    private static final String[] TABLES = {"ovirt_vm", "ovirt_disk_attachment", "ovirt_nic", "ovirt_permission"};

    private static final String OURS = "muster 5x5";
    private static final String ONE_BY_ONE = "muster one by one";
    private static final String SDK = "oVirt Java SDK";
    private static final String SDK_THREADS = "oVirt Java SDK, 5 threads";

    private final Server server = Server.start("ovirt", VMS, RTT_MILLIS + "ms", 0);
    private final CloudProvider provider = ServiceLoader.load(CloudProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().equals("ovirt"))
            .findFirst()
            .orElseThrow();

    InventoryBenchmark() throws IOException {}

    @Override
    public String work() {
        return VMS + " VMs with disk attachments, NICs and permissions, " + (3 * VMS + 1) + " GETs, " + RTT_MILLIS
                + " ms round trip, a connection's requests served one after another";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(
                new Contender(OURS, false, end -> muster(CONNECTIONS, DEPTH, Planner.Wish.AUTO, end)),
                new Contender(ONE_BY_ONE, true, end -> muster(1, 1, Planner.Wish.SEQUENTIAL, end)),
                new Contender(SDK, true, end -> sdk(1, end)),
                new Contender(SDK_THREADS, true, end -> sdk(5, end)));
    }

    /**
     * No client can be faster than its round trips one after another: to connect, to log in, and then a wave of requests
     * for each as many as have places at once.
     */
    private static double floorSeconds() {
        int waves = Math.ceilDiv(3 * VMS + 1, CONNECTIONS * DEPTH);
        return (2 + waves) * RTT_MILLIS / 1000.0;
    }

    @Override
    public List<Bar> bars(ToDoubleFunction<String> medians) {
        double ours = medians.applyAsDouble(OURS);
        return List.of(
                new Bar("inventory.wall_to_floor", ours / floorSeconds(), 1.15, true),
                new Bar("inventory.one_by_one_to_5x5", medians.applyAsDouble(ONE_BY_ONE) / ours, 10, false),
                new Bar("inventory.sdk_to_5x5", medians.applyAsDouble(SDK) / ours, 10, false),
                new Bar("inventory.sdk_threads_to_5x5", medians.applyAsDouble(SDK_THREADS) / ours, 5, false));
    }

    private Contender.Answer muster(int connections, int depth, Planner.Wish wish, Consumer<AutoCloseable> end) {
        Settings settings = Settings.of(
                "bench",
                "ovirt",
                "the benchmark",
                Map.of(
                        "url",
                        server.url(),
                        "username",
                        "admin@internal",
                        "password",
                        "secret",
                        "connections",
                        connections,
                        "pipeline",
                        depth));
        RowCollector rows = new RowCollector();
        Cloud cloud = provider.connect(settings);
        end.accept(cloud);
        InventoryReport report = Inventory.of(List.of(cloud))
                .tables(TABLES)
                .planner(new Planner(wish))
                .get(rows);
        if (!report.complete()) {
            throw new IllegalStateException(
                    report.tables().stream().map(FetchReport::failures).toList().toString());
        }
        SortedSet<String> found = new TreeSet<>();
        for (String table : TABLES) {
            rows.rows("bench", table)
                    .forEach(row -> found.add(table
                            + ' '
                            + (table.equals("ovirt_vm") ? row.text("id") : row.text("vm_id") + ' ' + row.text("id"))));
        }
        return answer(found);
    }

    private Contender.Answer sdk(int threads, Consumer<AutoCloseable> end) throws Exception {
        SortedSet<String> found = new TreeSet<>();
        Connection connection = connection()
                .url(server.url())
                .user("admin@internal")
                .password("secret")
                .build();
        end.accept(connection);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            VmsService vms = connection.systemService().vmsService();
            List<Future<List<String>>> futures = new ArrayList<>();
            for (Vm vm : vms.list().send().vms()) {
                found.add("ovirt_vm " + vm.id());
                VmService service = vms.vmService(vm.id());
                futures.add(pool.submit(() -> ids(
                        "ovirt_disk_attachment " + vm.id(),
                        service.diskAttachmentsService().list().send().attachments())));
                futures.add(pool.submit(() -> ids(
                        "ovirt_nic " + vm.id(),
                        service.nicsService().list().send().nics())));
                futures.add(pool.submit(() -> ids(
                        "ovirt_permission " + vm.id(),
                        service.permissionsService().list().send().permissions())));
            }
            for (Future<List<String>> future : futures) {
                found.addAll(future.get());
            }
        }
        return answer(found);
    }

    private static List<String> ids(String prefix, List<? extends Identified> items) {
        return items.stream().map(item -> prefix + ' ' + item.id()).toList();
    }

    private static Contender.Answer answer(SortedSet<String> found) {
        CRC32 sum = new CRC32();
        found.forEach(line -> sum.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return new Contender.Answer(found.size(), Long.toHexString(sum.getValue()));
    }

    @Override
    public void close() {
        server.close();
    }
}
