package dev.muster.clouds.softlayer;

import dev.muster.core.Alternatives;
import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.JsonReader;
import dev.muster.core.Measurements;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.Planner;
import dev.muster.core.Recording;
import dev.muster.core.ResponseReader;
import dev.muster.core.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Machines of one kind, of which everything is got at once. */
record Details(SoftLayer cloud, MachineKind kind, List<Long> ids, Detail.Way way) {

    /**
     * What came.
     *
     * @param notes which way was taken and why, where that was left to us
     */
    record Got(List<Item> items, List<String> notes) {}

    /** Asks and waits. */
    Got get(Measurements measurements) {
        return get(kind.ways(), measurements);
    }

    private Got get(Alternatives ways, Measurements measurements) {
        boolean forced = way != Detail.Way.AUTO;
        Planner planner = forced ? new Planner().way(MachineKind.name(way)) : new Planner();
        Alternatives.Chosen chosen = planner.choose(ways, ids.size(), measurements.of(cloud.name()));
        String name = chosen.way().name();
        Recording run = measurements.recording(cloud.name(), chosen);
        try {
            List<Item> items = name.equals(MachineKind.name(Detail.Way.WHOLE)) ? whole(run) : parts(run);
            run.came(items.size());
            return new Got(items, forced ? List.of() : List.of(name + ": " + chosen.why()));
        } catch (MusterException.Failed e) {
            if (forced || ways.ways().size() == 1) {
                throw e;
            }
            Got other = get(ways.without(chosen.way()), measurements);
            run.refused();
            List<String> notes = new ArrayList<>(List.of(name + ": the service failed: " + e.getMessage()));
            notes.addAll(other.notes());
            return new Got(other.items(), notes);
        }
    }

    private List<Item> whole(Recording run) {
        try (Scope scope = Scope.failFast()) {
            List<Pending<Item>> coming = new ArrayList<>();
            ResponseReader<Item> reader = run.noting(kind.heavy(), ResponseReader.json(Details::item));
            ApiRequest whole = kind.whole();
            ids.forEach(id -> coming.add(scope.start(call(whole, id, reader))));
            scope.join();
            return coming.stream().map(Pending::join).toList();
        }
    }

    private List<Item> parts(Recording run) {
        try (Scope scope = Scope.failFast()) {
            List<Coming> coming = new ArrayList<>();
            ids.forEach(id -> coming.add(coming(scope, id, run)));
            scope.join();
            return coming.stream().map(Coming::item).toList();
        }
    }

    /** What was asked for of one machine. */
    private record Coming(Pending<Item> itself, Map<String, Pending<@Nullable Object>> parts) {
        Item item() {
            Map<String, @Nullable Object> all =
                    new LinkedHashMap<>(itself.join().properties());
            parts.forEach((name, part) -> {
                Object value = part.join();
                if (value != null) {
                    all.put(name, value);
                }
            });
            return new Item(all);
        }
    }

    private Coming coming(Scope scope, long id, Recording run) {
        ApiRequest own = kind.itself();
        Pending<Item> itself =
                scope.start(call(own, id, run.noting(own.toString(), ResponseReader.json(Details::item))));
        Map<String, Pending<@Nullable Object>> parts = new LinkedHashMap<>();
        for (String name : kind.parts().keySet()) {
            ApiRequest part = kind.part(name);
            parts.put(name, scope.start(call(part, id, run.noting(part.toString(), value()))));
        }
        return new Coming(itself, parts);
    }

    private <T> Call<T> call(ApiRequest request, long id, ResponseReader<T> reader) {
        ApiRequest one = request.expand(Map.of("id", Long.toString(id))).header("Accept", "application/json");
        return cloud.endpoint().call(one, reader);
    }

    private static Item item(JsonReader in) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        Item.read(in).properties().forEach((name, value) -> properties.put(name, inOrder(value)));
        return new Item(properties);
    }

    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    private static ResponseReader<@Nullable Object> value() {
        return ServiceCall.body(in -> inOrder(in.value()));
    }

    /** The service gives related objects in any order: here they are in that of their ids. */
    private static @Nullable Object inOrder(@Nullable Object value) {
        if (!(value instanceof List<?> list)
                || !list.stream().allMatch(one -> one instanceof Map<?, ?> map && map.get("id") instanceof Long)) {
            return value;
        }
        return list.stream()
                .sorted(Comparator.comparing(one -> (Long) ((Map<?, ?>) one).get("id")))
                .toList();
    }
}
