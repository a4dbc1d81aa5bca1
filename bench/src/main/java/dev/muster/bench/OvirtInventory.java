package dev.muster.bench;

import dev.muster.core.Cloud;
import dev.muster.core.CloudProvider;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Planner;
import dev.muster.core.RowCollector;
import dev.muster.core.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.http.impl.client.HttpClients;
import org.ovirt.engine.sdk4.Connection;
import org.ovirt.engine.sdk4.ConnectionBuilder;
import org.ovirt.engine.sdk4.HttpClient;
import org.ovirt.engine.sdk4.internal.ConnectionBuilder45;
import org.ovirt.engine.sdk4.internal.HttpClient45;
import org.ovirt.engine.sdk4.services.VmService;
import org.ovirt.engine.sdk4.services.VmsService;
import org.ovirt.engine.sdk4.types.Identified;
import org.ovirt.engine.sdk4.types.Vm;

/**
 * All VMs, then each VM's disk attachments, NICs and permissions, from log-in to the last row; logging out is not timed. Each
 * method is a way to get them.
 *
 * @param url of the engine's API
 */
record OvirtInventory(String url) {
    private static final String[] TABLES = {"ovirt_vm", "ovirt_disk_attachment", "ovirt_nic", "ovirt_permission"};
    private static final String USER = "admin@internal";
    private static final String PASSWORD = "secret";

    private static final CloudProvider PROVIDER = ServiceLoader.load(CloudProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.type().equals("ovirt"))
            .findFirst()
            .orElseThrow();

    /** How many requests it takes, one for the log-in beside. */
    static int requests(int vms) {
        return 3 * vms + 1;
    }

    /** Muster's tables over so many connections, each so deep. */
    Contender.Answer muster(int connections, int depth, Planner.Wish wish, Consumer<AutoCloseable> end) {
        return muster(Map.of("connections", connections, "pipeline", depth), wish, end);
    }

    /** Muster's tables over as many connections as it finds to be good, each this deep at most. */
    Contender.Answer adaptive(int depth, Consumer<AutoCloseable> end) {
        return muster(Map.of("pipeline", depth), Planner.Wish.BY_CALL, end);
    }

    private Contender.Answer muster(Map<String, Object> wire, Planner.Wish wish, Consumer<AutoCloseable> end) {
        Map<String, Object> settings = new HashMap<>(wire);
        settings.putAll(Map.of("url", url, "username", USER, "password", PASSWORD));
        Cloud cloud = PROVIDER.connect(Settings.of("bench", "ovirt", "the benchmark", settings));
        end.accept(cloud);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud))
                .tables(TABLES)
                .planner(new Planner(wish))
                .get(rows);
        if (!report.complete()) {
            throw new IllegalStateException(
                    report.tables().stream().map(FetchReport::failures).toList().toString());
        }
        return () -> Arrays.stream(TABLES)
                .flatMap(table -> rows.rows("bench", table).stream()
                        .map(row -> table
                                + ' '
                                + (table.equals("ovirt_vm")
                                        ? row.text("id")
                                        : row.text("vm_id") + ' ' + row.text("id"))))
                .toList();
    }

    /** The official Java SDK as it comes: two connections, whatever the threads. */
    Contender.Answer sdk(int threads, Consumer<AutoCloseable> end) throws Exception {
        return sdk(ConnectionBuilder.connection(), threads, end);
    }

    /** The official Java SDK with as many connections as threads, which its builder has no setting for. */
    Contender.Answer raisedSdk(int threads, Consumer<AutoCloseable> end) throws Exception {
        ConnectionBuilder raised = new ConnectionBuilder45() {
            @Override
            protected HttpClient createHttpClient() {
                return new HttpClient45(HttpClients.custom()
                        .setMaxConnPerRoute(threads)
                        .setMaxConnTotal(threads)
                        .disableCookieManagement()
                        .build());
            }
        };
        return sdk(raised, threads, end);
    }

    private Contender.Answer sdk(ConnectionBuilder builder, int threads, Consumer<AutoCloseable> end) throws Exception {
        Connection connection = builder.url(url).user(USER).password(PASSWORD).build();
        end.accept(connection);
        List<String> found = new ArrayList<>();
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
        return () -> found;
    }

    private static List<String> ids(String prefix, List<? extends Identified> items) {
        return items.stream().map(item -> prefix + ' ' + item.id()).toList();
    }
}
