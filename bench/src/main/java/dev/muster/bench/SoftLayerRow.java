package dev.muster.bench;

import dev.muster.clouds.softlayer.SoftLayer;
import dev.muster.core.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One piece of work on an embedded SoftLayer that takes 100 ms for each request.
 *
 * @param name as the bars call it
 * @param floor the least seconds that it can take: round trips, or requests / 50 a second
 * @param ours the contender that must come near it
 */
record SoftLayerRow(String name, String work, double floor, String ours, List<Contender> contenders)
        implements Benchmark {
    static final double SECONDS = 0.1;

    /** How near to the floor. */
    private static final double BOUND = 1.10;

    @Override
    public List<Bar> bars(Medians medians) {
        List<Bar> bars = new ArrayList<>();
        double wall = medians.wall(ours);
        bars.add(new Bar("softlayer." + name + "_to_floor", wall / floor, BOUND, true));
        return bars;
    }

    @Override
    public void close() {}

    /** Our client, as a user would set it up; the rate is the service's own unless told. */
    static SoftLayer muster(String url, int connections, int rate) {
        return SoftLayer.connect(Settings.of(
                "bench",
                "softlayer",
                "the benchmark",
                Map.of(
                        "endpoint_url", url,
                        "username", "demo",
                        "api_key", "secret",
                        "connections", connections,
                        "rate", rate)));
    }
}
