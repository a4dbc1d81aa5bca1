package dev.muster.sim;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an embedded cloud has been asked, at one moment.
 *
 * @param total requests that arrived, failed and throttled ones included
 * @param throttled requests answered with 429 by the rate limit
 * @param failed requests that a failure rule spoiled
 * @param connections TCP connections accepted
 * @param maxConcurrent the most requests that were being served at one moment
 * @param paths requests by method and path, such as {@code "GET /ovirt-engine/api/vms"}; the query is left out
 */
public record Requests(
        long total, long throttled, long failed, long connections, int maxConcurrent, Map<String, Long> paths) {
    public Requests {
        paths = Map.copyOf(paths);
    }

    /** How many requests went to paths that end in a match of {@code path}, where {@code *} stands for any characters. */
    public long to(String path) {
        Glob glob = Glob.atEnd(path);
        long sum = 0;
        for (Map.Entry<String, Long> entry : paths.entrySet()) {
            sum += glob.matches(entry.getKey()) ? entry.getValue() : 0;
        }
        return sum;
    }

    @Override
    public String toString() {
        return total + " requests (" + failed + " failed, " + throttled + " throttled) on " + connections
                + " connections, at most " + maxConcurrent + " at once: " + new TreeMap<>(paths);
    }
}
