package dev.muster.bench;

import com.softlayer.api.ApiClient;
import com.softlayer.api.ResponseHandler;
import com.softlayer.api.RestApiClient;
import com.softlayer.api.ResultLimit;
import com.softlayer.api.service.Account;
import com.softlayer.api.service.Hardware;
import com.softlayer.api.service.network.bandwidth.version1.Allotment;
import com.softlayer.api.service.virtual.Guest;
import dev.muster.clouds.softlayer.Detail;
import dev.muster.clouds.softlayer.Item;
import dev.muster.clouds.softlayer.SoftLayer;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Measurements;
import dev.muster.core.Planner;
import dev.muster.core.Row;
import dev.muster.core.RowCollector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * SoftLayer's three ways of being slow: pages one after another, one call for everything about a machine, and a call for each
 * pool. The embedded account gives pages in one order, since the official Java client can ask for none.
 */
final class SoftLayerBenchmark implements AutoCloseable {
    private static final String OURS = "muster";
    private static final String ONE_BY_ONE = "muster one by one";
    private static final String JAVA = "softlayer-java";
    private static final String JAVA_FUTURE = "softlayer-java, Future";
    private static final String JAVA_CALLBACK = "softlayer-java, callback";
    private static final String PYTHON = "softlayer-python";

    private static final int GUESTS = 1_050;
    private static final int POOLS = 200;
    private static final int NO_LIMIT = 100_000;
    private static final long SERVER = 1_500_003;

    /** One account for guests, one whose pools are exactly so many, and that one with the service's limit. */
    private final Server guests = Server.start("softlayer", GUESTS, "100ms", 0);

    private final Server pools = Server.start("softlayer", POOLS * 5, "100ms", 0);
    private final Server limited = Server.start("softlayer", POOLS * 5, "100ms", 50);
    private final @Nullable SoftLayerPython python = SoftLayerPython.start();
    private final boolean quick;

    SoftLayerBenchmark(boolean quick) throws IOException {
        this.quick = quick;
    }

    /** Measures, prints, and answers what the figures must keep. */
    static List<Bar> run(boolean quick) throws Exception {
        List<Bar> bars = new ArrayList<>();
        try (SoftLayerBenchmark benchmark = new SoftLayerBenchmark(quick)) {
            if (benchmark.python == null) {
                System.out.println(
                        PYTHON + " is left out: there is no /usr/bin/python3 that has it (Debian: python3-softlayer)");
            }
            for (SoftLayerRow row : benchmark.rows()) {
                Results results = Results.measure(
                        "softlayer " + row.name(), row, quick ? 9 : 15, quick ? 1 : 3, Duration.ofSeconds(15));
                results.print(System.out);
                results.write(Path.of("bench", "results", "softlayer-" + row.name() + ".json"));
                bars.addAll(results.bars());
            }
            bars.add(new Bar("softlayer.rate_limit_answers", benchmark.throttled(), 0, true));
        }
        return bars;
    }

    private List<SoftLayerRow> rows() {
        return List.of(pages(100, 32), pages(10, 128), detail(), pools("pools", pools, NO_LIMIT), limitedPools());
    }

    /** A contender that takes long is left out of a quick run where its time is known from its number of requests. */
    private void add(List<Contender> to, boolean long_, Contender contender) {
        if (!(quick && long_)) {
            to.add(contender);
        }
    }

    private SoftLayerRow pages(int size, int connections) {
        int pages = Math.ceilDiv(GUESTS, size);
        boolean takesLong = pages > 50;
        String url = guests.url();
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(OURS, false, end -> guests(url, size, connections, end)));
        add(contenders, takesLong, new Contender(ONE_BY_ONE, true, end -> guestsWalked(url, size, end)));
        add(contenders, takesLong, new Contender(JAVA, true, end -> javaGuests(url, size)));
        add(contenders, takesLong, new Contender(JAVA_FUTURE, true, end -> javaFutures(url, size)));
        contenders.add(new Contender(JAVA_CALLBACK, true, end -> javaCallbacks(url, size)));
        if (python != null) {
            add(contenders, takesLong, new Contender(PYTHON, true, end -> python.ask("guests", url, size)));
        }
        return new SoftLayerRow(
                "guests_by_" + size,
                GUESTS + " guests in " + pages + " pages of " + size + ", 100 ms for each request; floor 2 round trips",
                2 * SoftLayerRow.SECONDS,
                OURS,
                contenders);
    }

    private Contender.Answer guests(String url, int size, int connections, Consumer<AutoCloseable> end) {
        SoftLayer cloud = SoftLayerRow.muster(url, connections, NO_LIMIT);
        end.accept(cloud);
        return items(cloud.call("Account", "getVirtualGuests")
                .mask("id,hostname")
                .pageSize(size)
                .rows()
                .get());
    }

    private Contender.Answer guestsWalked(String url, int size, Consumer<AutoCloseable> end) {
        SoftLayer cloud = SoftLayerRow.muster(url, 1, NO_LIMIT);
        end.accept(cloud);
        return items(cloud.call("Account", "getVirtualGuests").mask("id,hostname").pageSize(size).rows().stream()
                .toList());
    }

    private static Contender.Answer items(List<Item> items) {
        return () -> items.stream()
                .map(item -> item.text("id") + ' ' + item.text("hostname"))
                .toList();
    }

    private static ApiClient java(String url) {
        return new RestApiClient(url + '/').withCredentials("demo", "secret");
    }

    private static Account.Service page(ApiClient client, int offset, int size) {
        Account.Service account = Account.service(client);
        account.setMask("id,hostname");
        account.setResultLimit(new ResultLimit(offset, size));
        return account;
    }

    private static Contender.Answer guestsOf(List<Guest> guests) {
        return () -> guests.stream()
                .map(guest -> guest.getId() + " " + guest.getHostname())
                .toList();
    }

    private static Contender.Answer javaGuests(String url, int size) {
        ApiClient client = java(url);
        List<Guest> found = new ArrayList<>();
        for (int at = 0; at < GUESTS; at += size) {
            found.addAll(page(client, at, size).getVirtualGuests());
        }
        return guestsOf(found);
    }

    private static Contender.Answer javaFutures(String url, int size) throws Exception {
        ApiClient client = java(url);
        List<Future<List<Guest>>> futures = new ArrayList<>();
        for (int at = 0; at < GUESTS; at += size) {
            futures.add(page(client, at, size).asAsync().getVirtualGuests());
        }
        List<Guest> found = new ArrayList<>();
        for (Future<List<Guest>> future : futures) {
            found.addAll(future.get());
        }
        return guestsOf(found);
    }

    /** What its callback is told, as a future. */
    private static final class Told<T> extends CompletableFuture<T> implements ResponseHandler<T> {
        @Override
        public void onError(Exception e) {
            completeExceptionally(e);
        }

        @Override
        public void onSuccess(T value) {
            complete(value);
        }
    }

    private static Contender.Answer javaCallbacks(String url, int size) {
        ApiClient client = java(url);
        // As it tells no total before, the first page is asked for alone.
        List<Guest> found = new ArrayList<>(page(client, 0, size).getVirtualGuests());
        List<Told<List<Guest>>> pages = new ArrayList<>();
        for (int at = size; at < GUESTS; at += size) {
            Told<List<Guest>> told = new Told<>();
            Objects.requireNonNull(page(client, at, size).asAsync().getVirtualGuests(told));
            pages.add(told);
        }
        pages.forEach(told -> found.addAll(told.join()));
        return guestsOf(found);
    }

    private SoftLayerRow detail() {
        String url = guests.url();
        List<Contender> contenders = new ArrayList<>();
        // What it learns while it warms up is what a user's second and later commands know.
        Measurements learned = new Measurements();
        contenders.add(new Contender(OURS, false, end -> ours(url, Detail.Way.AUTO, 16, learned, end)));
        contenders.add(new Contender(
                "muster, one heavy call", false, end -> ours(url, Detail.Way.WHOLE, 1, new Measurements(), end)));
        contenders.add(new Contender(ONE_BY_ONE, true, end -> ours(url, Detail.Way.PARTS, 1, new Measurements(), end)));
        contenders.add(new Contender(JAVA, true, end -> javaDetail(url)));
        if (python != null) {
            contenders.add(new Contender(PYTHON, true, end -> python.ask("detail", url, SERVER)));
        }
        return new SoftLayerRow(
                "hardware_detail",
                "everything about one server, 10 light calls or a heavy one, 100 ms for each; floor 1 round trip",
                SoftLayerRow.SECONDS,
                OURS,
                contenders);
    }

    private static Contender.Answer ours(
            String url, Detail.Way way, int connections, Measurements measurements, Consumer<AutoCloseable> end) {
        SoftLayer cloud = SoftLayerRow.muster(url, connections, NO_LIMIT);
        end.accept(cloud);
        Item item = cloud.hardware(SERVER).by(way).learning(measurements).get();
        List<String> found = new ArrayList<>(List.of("host " + item.text("hostname")));
        item.list("networkComponents").forEach(one -> found.add("network " + one.text("id")));
        item.list("activeComponents").forEach(one -> found.add("component " + one.text("id")));
        item.list("networkVlans").forEach(one -> found.add("vlan " + one.text("id")));
        return () -> found;
    }

    private static Contender.Answer javaDetail(String url) {
        Hardware.Service service = Hardware.service(java(url), SERVER);
        List<String> found =
                new ArrayList<>(List.of("host " + service.getObject().getHostname()));
        service.getNetworkComponents().forEach(one -> found.add("network " + one.getId()));
        service.getActiveComponents().forEach(one -> found.add("component " + one.getId()));
        service.getNetworkVlans().forEach(one -> found.add("vlan " + one.getId()));
        service.getOperatingSystem();
        service.getBillingItem();
        service.getTagReferences();
        service.getRemoteManagementAccounts();
        service.getHardwareChassis();
        service.getDatacenter();
        return () -> found;
    }

    private SoftLayerRow pools(String name, Server server, int rate) {
        String url = server.url();
        int connections = 128;
        // The first page; the second beside the calls for the pools of the first; the calls for those of the second.
        int waves = 3;
        List<Contender> contenders = new ArrayList<>();
        contenders.add(new Contender(OURS, false, end -> pools(url, connections, rate, Planner.Wish.AUTO, end)));
        add(
                contenders,
                true,
                new Contender(ONE_BY_ONE, true, end -> pools(url, 1, rate, Planner.Wish.SEQUENTIAL, end)));
        add(contenders, true, new Contender(JAVA, true, end -> javaPools(url)));
        if (python != null) {
            add(contenders, true, new Contender(PYTHON, true, end -> python.ask("pools", url, POOLS)));
        }
        return new SoftLayerRow(
                name,
                POOLS + " bandwidth pools, then a call for each, 100 ms for each; floor " + waves + " round trips on "
                        + connections + " connections",
                waves * SoftLayerRow.SECONDS,
                OURS,
                contenders);
    }

    private SoftLayerRow limitedPools() {
        SoftLayerRow row = pools("pools_at_50_a_second", limited, 50);
        return new SoftLayerRow(
                row.name(),
                POOLS + " bandwidth pools, then a call for each, at 50 requests a second; floor " + (POOLS + 2)
                        + " / 50 s",
                (POOLS + 2) / 50.0,
                OURS,
                row.contenders());
    }

    private static Contender.Answer pools(
            String url, int connections, int rate, Planner.Wish wish, Consumer<AutoCloseable> end) {
        SoftLayer cloud = SoftLayerRow.muster(url, connections, rate);
        end.accept(cloud);
        RowCollector rows = new RowCollector();
        InventoryReport report = Inventory.of(List.of(cloud))
                .tables("softlayer_bandwidth_pool")
                .planner(new Planner(wish))
                .get(rows);
        if (!report.complete()) {
            throw new IllegalStateException(
                    report.tables().getFirst().failures().toString());
        }
        List<String> found = new ArrayList<>();
        for (Row row : rows.rows("bench", "softlayer_bandwidth_pool")) {
            found.add(row.text("id") + ' ' + row.text("hardware_count") + ' ' + row.text("guest_count"));
        }
        return () -> found;
    }

    private static Contender.Answer javaPools(String url) {
        ApiClient client = java(url);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < POOLS; at += 100) {
            Account.Service account = Account.service(client);
            account.setMask("id,name");
            account.setResultLimit(new ResultLimit(at, 100));
            for (Allotment pool : account.getBandwidthAllotments()) {
                Allotment.Service service = Allotment.service(client, pool.getId());
                service.setMask("id,hardwareCount,virtualGuestCount");
                Allotment counts = service.getObject();
                found.add(pool.getId() + " " + counts.getHardwareCount() + " " + counts.getVirtualGuestCount());
            }
        }
        return () -> found;
    }

    /** How many answers of the limited account said that the limit was exceeded. */
    private double throttled() throws IOException {
        return limited.throttled();
    }

    @Override
    public void close() {
        guests.close();
        pools.close();
        limited.close();
        if (python != null) {
            python.close();
        }
    }
}
