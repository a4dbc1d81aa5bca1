package dev.muster.bench;

import dev.muster.core.Planner.Wish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The inventory of so many VMs over a network of such a round trip, in every way there is. */
final class OvirtRow implements Benchmark {
    static final String OURS = "muster 5x5";
    static final String CONNECTIONS_ONLY = "muster 5x1";
    static final String SDK = "oVirt Java SDK";
    static final String SDK_THREADS = "oVirt Java SDK, 5 threads";

    /** From which round trip on a network is what an inventory waits for. */
    private static final int FAR_MILLIS = 20;

    private final int vms;
    private final int rttMillis;
    private final boolean once;
    private final Server server;
    private final OvirtInventory inventory;

    /** @param once whether whatever is not among the fastest runs once, for the time it takes */
    OvirtRow(int vms, int rttMillis, boolean once) throws IOException {
        this.vms = vms;
        this.rttMillis = rttMillis;
        this.once = once;
        this.server = Server.start("ovirt", vms, rttMillis + "ms", 0);
        this.inventory = new OvirtInventory(server.url());
    }

    /** As files, bars and who types it call the row of so many VMs at that distance. */
    static String name(int vms, int rttMillis) {
        return vms + "_vms_" + rttMillis + "_ms";
    }

    String name() {
        return name(vms, rttMillis);
    }

    /** For people. */
    String title() {
        return vms + " machines, " + rttMillis + " ms round trip";
    }

    int requests() {
        return OvirtInventory.requests(vms);
    }

    @Override
    public String work() {
        return vms + " VMs with disk attachments, NICs and permissions, " + requests() + " GETs, " + rttMillis
                + " ms round trip, a connection's requests served one after another; with follow 1 GET, joined from"
                + " memory at no cost, which a real engine has";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(
                new Contender(OURS, false, end -> inventory.muster(5, 5, Wish.BY_CALL, end)),
                new Contender(CONNECTIONS_ONLY, once, end -> inventory.muster(5, 1, Wish.BY_CALL, end)),
                new Contender("muster adaptive", false, end -> inventory.adaptive(1, end)),
                new Contender("muster adaptive, up to 5 deep", false, end -> inventory.adaptive(5, end)),
                new Contender("muster follow", false, end -> inventory.muster(5, 5, Wish.INLINE, end)),
                new Contender("muster sync", true, end -> inventory.muster(1, 1, Wish.SEQUENTIAL, end)),
                new Contender(SDK, true, end -> inventory.sdk(1, end)),
                new Contender(SDK_THREADS, true, end -> inventory.sdk(5, end)),
                new Contender("oVirt Java SDK, 5 threads, pool of 5", once, end -> inventory.raisedSdk(5, end)));
    }

    @Override
    public List<Bar> bars(Medians medians) {
        String prefix = "ovirt." + name();
        double ours = medians.wall(OURS);
        List<Bar> bars = new ArrayList<>();
        if (rttMillis >= FAR_MILLIS) {
            bars.add(new Bar(prefix + ".5x1_to_5x5", medians.wall(CONNECTIONS_ONLY) / ours, 4, false));
            bars.add(new Bar(prefix + ".sdk_threads_to_5x5", medians.wall(SDK_THREADS) / ours, 10, false));
        }
        bars.add(new Bar(prefix + ".cpu_5x5_to_sdk", medians.cpu(OURS) / medians.cpu(SDK), 1, true));
        return bars;
    }

    @Override
    public void close() {
        server.close();
    }
}
