package dev.muster.core;

import dev.muster.core.Measured.Operation;
import dev.muster.core.Measured.Runs;
import dev.muster.core.internal.MeasurementsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What fetches learn of clouds, for the plans of later ones: by cloud name, in memory, and in a file for those who save it.
 * Holds names of operations, counts and seconds, no value of any row but the keys that part long listings. Thread-safe.
 */
public final class Measurements {
    private final Map<String, Cloudwise> clouds = new TreeMap<>();

    private static final class Cloudwise {
        private final Map<String, Operation> operations = new HashMap<>();
        private final Map<String, Map<String, Runs>> plans = new HashMap<>();
        private double width;
    }

    /** Nothing yet. */
    public Measurements() {}

    /**
     * What a file holds; nothing where there is none, or where another version wrote it, as it can all be measured again.
     *
     * @throws IOException if it is there and cannot be read
     */
    public static Measurements load(Path file) throws IOException {
        Measurements loaded = new Measurements();
        MeasurementsFile.read(file).forEach((cloud, known) -> {
            Cloudwise into = loaded.cloud(cloud);
            into.operations.putAll(known.operations());
            known.plans().forEach((shape, runs) -> into.plans.put(shape, new HashMap<>(runs)));
            into.width = known.width();
        });
        return loaded;
    }

    /** Writes the file whole or not at all, readable by its owner only. */
    public synchronized void save(Path file) throws IOException {
        Map<String, Measured> all = new TreeMap<>();
        clouds.keySet().forEach(name -> all.put(name, of(name)));
        MeasurementsFile.write(file, all);
    }

    /** What is known of a cloud by now. */
    public synchronized Measured of(String cloud) {
        Cloudwise known = cloud(cloud);
        Map<String, Map<String, Runs>> plans = new HashMap<>();
        known.plans.forEach((shape, runs) -> plans.put(shape, Map.copyOf(runs)));
        return new Measured(known.operations, plans, known.width);
    }

    /** The clouds of which something is known. */
    public synchronized List<String> clouds() {
        return List.copyOf(clouds.keySet());
    }

    /** Forgets a cloud; whether anything was known of it. */
    public synchronized boolean forget(String cloud) {
        return clouds.remove(cloud) != null;
    }

    /** Begins to measure what a driver has chosen to do; nothing is kept before it tells how that ended. */
    public Recording recording(String cloud, Alternatives.Chosen chosen) {
        return new Recording(this, cloud, chosen);
    }

    private Cloudwise cloud(String name) {
        return clouds.computeIfAbsent(name, n -> new Cloudwise());
    }

    synchronized void answered(String cloud, String operation, double rows, double seconds, double throttles) {
        cloud(cloud)
                .operations
                .merge(
                        operation,
                        Operation.NONE.answered(rows, seconds, throttles),
                        (known, one) -> known.answered(rows, seconds, throttles));
    }

    synchronized void listed(String cloud, String operation, double rows, List<String> splits) {
        cloud(cloud)
                .operations
                .merge(operation, Operation.NONE.listed(rows, splits), (known, one) -> known.listed(rows, splits));
    }

    synchronized void ran(String cloud, String shape, String way, double seconds, double rows, boolean whole) {
        cloud(cloud)
                .plans
                .computeIfAbsent(shape, s -> new HashMap<>())
                .merge(
                        way,
                        new Runs(0, 0, 0, 0).ran(seconds, rows, whole),
                        (known, one) -> known.ran(seconds, rows, whole));
    }

    /** Many requests were under way, so many at once on average. */
    synchronized void width(String cloud, double atOnce) {
        Cloudwise known = cloud(cloud);
        known.width = known.width == 0 ? atOnce : 0.7 * known.width + 0.3 * atOnce;
    }
}
