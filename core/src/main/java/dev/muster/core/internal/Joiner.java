package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.FetchPlan;
import dev.muster.core.Json;
import dev.muster.core.Relation;
import dev.muster.core.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Puts the columns of related rows into rows. The other table is fetched once, or for those values that are needed, which are
 * remembered for the rows to come. Thread-safe.
 */
final class Joiner {
    /** Values that are counted, and whose rows are remembered: more would be no cache but a copy of the table. */
    private static final int REMEMBERED = 10_000;

    private final Relation relation;
    private final FetchPlan.Way way;
    private final List<Column> columns;
    private final int place;
    private final int room;
    private final Related related;
    private final LongConsumer counted;
    private final Map<String, CompletableFuture<List<Row>>> known = new HashMap<>();
    /** Values met by now, as far as they are counted. */
    private final Set<String> met = new HashSet<>();

    private @Nullable CompletableFuture<Map<String, List<Row>>> whole;

    /** Fetches rows of the other table; what fails is told where the failures of the whole fetch are. */
    interface Related {
        /** Those with these values; all of them where there is no value. */
        List<Row> fetch(Relation relation, FetchPlan.Way way, List<String> values);
    }

    /**
     * @param columns of the rows
     * @param room values in a batch
     * @param counted is told how many different values there were by now, whenever there are more
     */
    Joiner(
            Relation relation,
            FetchPlan.Way way,
            List<Column> columns,
            int room,
            Related related,
            LongConsumer counted) {
        this.relation = relation;
        this.way = way;
        this.columns = columns;
        this.room = way == FetchPlan.Way.EACH ? 1 : room;
        this.related = related;
        this.counted = counted;
        this.place = columns.stream().map(Column::name).toList().indexOf(relation.column());
    }

    /** Starts what does not wait for rows. */
    void begin() {
        if (way == FetchPlan.Way.WHOLE) {
            var _ = whole();
        }
    }

    private synchronized CompletableFuture<Map<String, List<Row>>> whole() {
        CompletableFuture<Map<String, List<Row>>> there = whole;
        if (there == null) {
            there = CompletableFuture.supplyAsync(() -> byValue(related.fetch(relation, way, List.of())), Task.THREADS);
            whole = there;
        }
        return there;
    }

    private Map<String, List<Row>> byValue(List<Row> rows) {
        Map<String, List<Row>> map = new HashMap<>();
        for (Row row : rows) {
            String value = row.text(relation.other());
            if (value != null) {
                map.computeIfAbsent(value, v -> new ArrayList<>(1)).add(row);
            }
        }
        return map;
    }

    void complete(List<@Nullable Object[]> rows) {
        Set<String> wanted = wanted(rows);
        count(wanted);
        Map<String, List<Row>> found = way == FetchPlan.Way.WHOLE ? whole().join() : values(wanted);
        for (@Nullable Object[] row : rows) {
            Object value = row[place];
            List<Row> of = value == null ? List.of() : found.getOrDefault(value.toString(), List.of());
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).origin() instanceof Column.OfRelated(Relation r, Column there)
                        && r.equals(relation)) {
                    row[i] = relation.many()
                            ? array(of, there)
                            : of.isEmpty() ? null : of.getFirst().get(there.name());
                }
            }
        }
    }

    private Set<String> wanted(List<@Nullable Object[]> rows) {
        Set<String> wanted = new LinkedHashSet<>();
        for (@Nullable Object[] row : rows) {
            Object value = row[place];
            if (value != null && !value.toString().isEmpty()) {
                wanted.add(value.toString());
            }
        }
        return wanted;
    }

    private synchronized void count(Set<String> values) {
        if (met.size() < REMEMBERED && met.addAll(values)) {
            counted.accept(met.size());
        }
    }

    private Map<String, List<Row>> values(Set<String> wanted) {
        Map<String, CompletableFuture<List<Row>>> coming = new HashMap<>();
        synchronized (this) {
            if (known.size() > REMEMBERED) {
                known.clear();
            }
            List<String> missing = new ArrayList<>();
            for (String value : wanted) {
                if (known.containsKey(value)) {
                    coming.put(value, Objects.requireNonNull(known.get(value)));
                } else {
                    missing.add(value);
                }
            }
            for (int i = 0; i < missing.size(); i += room) {
                ask(missing.subList(i, Math.min(missing.size(), i + room)), coming);
            }
        }
        Map<String, List<Row>> found = new HashMap<>();
        coming.forEach((value, future) -> found.put(value, future.join()));
        return found;
    }

    private void ask(List<String> values, Map<String, CompletableFuture<List<Row>>> coming) {
        List<String> some = List.copyOf(values);
        CompletableFuture<Map<String, List<Row>>> answer =
                CompletableFuture.supplyAsync(() -> byValue(related.fetch(relation, way, some)), Task.THREADS);
        for (String value : some) {
            CompletableFuture<List<Row>> one = answer.thenApply(map -> map.getOrDefault(value, List.of()));
            known.put(value, one);
            coming.put(value, one);
        }
    }

    private static Json array(List<Row> rows, Column column) {
        byte[] bytes = Json.bytes(out -> {
            out.writeStartArray();
            rows.forEach(row -> write(out, row.get(column.name())));
            out.writeEndArray();
        });
        return new Json(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void write(JsonGenerator out, @Nullable Object value) {
        switch (value) {
            case null -> out.writeNull();
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean truth -> out.writeBoolean(truth);
            case Json json -> out.writeRawValue(json.text());
            default -> out.writeString(value.toString());
        }
    }
}
