package dev.muster.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps all rows, for those who want them at the end. Thread-safe. */
public final class RowCollector implements RowSink {
    private record Key(String cloud, String table) {}

    /** Holds nothing yet. */
    public RowCollector() {}

    private final Map<Key, List<Batch>> batches = new ConcurrentHashMap<>();

    @Override
    public void accept(Batch batch) {
        batches.compute(new Key(batch.cloud(), batch.table().name()), (key, known) -> {
            List<Batch> list = known == null ? new ArrayList<>() : known;
            list.add(batch);
            return list;
        });
    }

    /** The rows of a table so far, in the order the cloud lists them; empty where none came. */
    public List<Row> rows(String cloud, String table) {
        List<Row> rows = new ArrayList<>();
        batches.computeIfPresent(new Key(cloud, table), (key, known) -> {
            known.sort(Comparator.comparing(Batch::order));
            known.forEach(batch -> rows.addAll(batch.rows()));
            return known;
        });
        return rows;
    }
}
