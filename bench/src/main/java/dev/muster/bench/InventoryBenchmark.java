package dev.muster.bench;

import dev.muster.core.Planner;
import java.io.IOException;
import java.util.List;

/** The inventory of 100 VMs, as a user would take it with each client. */
final class InventoryBenchmark implements Benchmark {
    private static final int VMS = 100;
    private static final int RTT_MILLIS = 20;
    private static final int CONNECTIONS = 5;
    private static final int DEPTH = 5;

    private static final String OURS = "muster 5x5";
    private static final String ONE_BY_ONE = "muster one by one";
    private static final String SDK = "oVirt Java SDK";
    private static final String SDK_THREADS = "oVirt Java SDK, 5 threads";

    private final Server server = Server.start("ovirt", VMS, RTT_MILLIS + "ms", 0);
    private final OvirtInventory inventory = new OvirtInventory(server.url());

    InventoryBenchmark() throws IOException {}

    @Override
    public String work() {
        return VMS + " VMs with disk attachments, NICs and permissions, " + OvirtInventory.requests(VMS) + " GETs, "
                + RTT_MILLIS + " ms round trip, a connection's requests served one after another";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(
                new Contender(OURS, false, end -> inventory.muster(CONNECTIONS, DEPTH, Planner.Wish.AUTO, end)),
                new Contender(ONE_BY_ONE, true, end -> inventory.muster(1, 1, Planner.Wish.SEQUENTIAL, end)),
                new Contender(SDK, true, end -> inventory.sdk(1, end)),
                new Contender(SDK_THREADS, true, end -> inventory.sdk(5, end)));
    }

    /**
     * No client can be faster than its round trips one after another: to connect, to log in, and then a wave of requests
     * for each as many as have places at once.
     */
    private static double floorSeconds() {
        int waves = Math.ceilDiv(OvirtInventory.requests(VMS), CONNECTIONS * DEPTH);
        return (2 + waves) * RTT_MILLIS / 1000.0;
    }

    @Override
    public List<Bar> bars(Medians medians) {
        double ours = medians.wall(OURS);
        return List.of(
                new Bar("inventory.wall_to_floor", ours / floorSeconds(), 1.15, true),
                new Bar("inventory.one_by_one_to_5x5", medians.wall(ONE_BY_ONE) / ours, 10, false),
                new Bar("inventory.sdk_to_5x5", medians.wall(SDK) / ours, 10, false),
                new Bar("inventory.sdk_threads_to_5x5", medians.wall(SDK_THREADS) / ours, 5, false));
    }

    @Override
    public void close() {
        server.close();
    }
}
