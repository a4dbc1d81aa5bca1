package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Column;
import dev.muster.core.ColumnType;
import dev.muster.core.Endpoint;
import dev.muster.core.FetchPlan;
import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import dev.muster.core.Table;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the listings of one table by the plan's strategy. Thread-safe. */
final class Walker {
    /** Rows asked for before the oldest page of them is used: enough for any engine, and a bound on what memory holds. */
    private static final int ROWS_AHEAD = 16_384;

    private static final int MOST_AHEAD = 64;
    private static final int LEAST_AHEAD = 4;

    private final Endpoint endpoint;
    private final RowReader reader;
    private final int[] keyPlaces;
    private final int markerPlace;
    private final boolean numbers;
    private final boolean inOrder;
    private final Set<Pending<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /**
     * @param read the columns of a row, the table's key among them
     * @param insides rows of other tables that stand inside a row
     * @param inOrder whether rows are wanted in the order of the list
     */
    Walker(Endpoint endpoint, Table table, List<Column> read, List<RowReader.Inside> insides, boolean inOrder) {
        this.endpoint = endpoint;
        this.reader = RowReader.ofRows(read, insides);
        this.inOrder = inOrder;
        List<String> names = read.stream().map(Column::name).toList();
        this.keyPlaces = table.key().stream()
                .mapToInt(names::indexOf)
                .filter(place -> !(read.get(place).origin() instanceof Column.OfParent))
                .toArray();
        this.markerPlace = names.indexOf(table.key().getLast());
        this.numbers = read.get(markerPlace).type() == ColumnType.INTEGER;
    }

    void cancel() {
        cancelled = true;
        underWay.forEach(Pending::cancel);
    }

    /** The service's server is about to be asked much. */
    void prepare(String service) {
        endpoint.prepare(service);
    }

    /**
     * Walks one listing on the calling thread.
     *
     * @param variables of the list's path
     * @param met the keys of rows that were handed over before, and those that will be; null where there is one page only
     * @param most rows that are wanted
     * @param ends at which lost page it ends, instead of going on with the others
     * @return why pages were lost, each of them; the others stand
     */
    List<MusterException> walk(
            FetchPlan.Listed plan,
            Map<String, String> variables,
            @Nullable Keys met,
            long most,
            Pages.Sink sink,
            Pages.Told told,
            Predicate<MusterException> ends) {
        ListRequest list = plan.list().expand(variables);
        PageReader<@Nullable Object[]> page = new PageReader<>(list, reader::row);
        Pages pages = new Pages(request -> start(endpoint.call(request, page)), sink, told, met, most, list.toString());
        pages.endAt(ends);
        List<MusterException> lost = new ArrayList<>();
        try {
            switch (plan) {
                case FetchPlan.ParallelPages p ->
                    new OffsetWalk(pages, list, p.paging(), ahead(p.paging().size())).walk();
                case FetchPlan.Ranges p
                when list.paging() instanceof Paging.KeyRange range ->
                    ranges(pages, list, range).walk(p.splits());
                default -> {
                    switch (list.paging()) {
                        case Paging.Offset offset -> new OffsetWalk(pages, list, offset, 1).walk();
                        case Paging.KeyRange range -> ranges(pages, list, range).walk(List.of());
                        default -> new StepWalk(pages, list, this::marker).walk();
                    }
                }
            }
        } catch (Pages.Enough e) {
            // What else is under way for this listing ends unheard.
        } catch (MusterException e) {
            lost.add(e);
        }
        lost.addAll(pages.lost());
        MusterException.Place place = new MusterException.Place(endpoint.cloud(), list.toString());
        return lost.stream().map(e -> Faults.placed(place, e)).toList();
    }

    /** Nothing met yet. */
    Keys keys() {
        return new Keys(keyPlaces);
    }

    private RangeWalk ranges(Pages pages, ListRequest list, Paging.KeyRange paging) {
        return new RangeWalk(pages, list, paging, this::marker, RangeWalk.order(numbers), inOrder);
    }

    static int ahead(int size) {
        return Math.clamp(ROWS_AHEAD / size, LEAST_AHEAD, MOST_AHEAD);
    }

    private @Nullable String marker(@Nullable Object[] row) {
        Object value = row[markerPlace];
        return value == null ? null : value.toString();
    }

    /**
     * Asks for rows by their keys; those that are not there are left out.
     *
     * @return why others did not come, each of them
     */
    List<MusterException> lookUp(FetchPlan.Lookup plan, Pages.Sink sink, Pages.Told told) {
        ResponseReader<PageReader.Read<@Nullable Object[]>> answer = response -> {
            @Nullable
            Object[] row = ResponseReader.<@Nullable Object[]>json(in -> at(in, plan.pointer()))
                    .read(response);
            List<@Nullable Object[]> rows = new ArrayList<>(1);
            rows.add(row);
            return new PageReader.Read<>(rows, null, null, 0, 0).timed(response.timing());
        };
        Deque<Pending<PageReader.Read<@Nullable Object[]>>> coming = new ArrayDeque<>();
        int asked = 0;
        List<MusterException> lost = new ArrayList<>();
        for (int i = 0; i < plan.keys().size(); i++) {
            for (; asked < plan.keys().size() && coming.size() < MOST_AHEAD; asked++) {
                ApiRequest request =
                        plan.request().expand(plan.keys().get(asked)).header("Accept", "application/json");
                coming.add(start(endpoint.call(request, answer)));
            }
            try {
                PageReader.Read<@Nullable Object[]> read = coming.remove().join();
                told.answered(read, 0);
                if (!sink.take(i, read.rows())) {
                    return lost;
                }
            } catch (MusterException.Rejected e) {
                if (!e.notFound()) {
                    lost.add(e);
                }
            } catch (MusterException e) {
                lost.add(e);
            }
        }
        return lost;
    }

    private @Nullable Object[] at(JsonReader in, String pointer) {
        if (pointer.isEmpty()) {
            return reader.row(in);
        }
        @Nullable Object @Nullable [] found = below(in, pointer.substring(1).split("/", -1), 0);
        if (found == null) {
            throw new MusterException.Undecodable(null, "the answer has nothing at " + pointer, null);
        }
        return found;
    }

    private @Nullable Object @Nullable [] below(JsonReader in, String[] steps, int depth) {
        if (depth == steps.length) {
            return reader.row(in);
        }
        @Nullable Object @Nullable [] found = null;
        if (!in.atObject()) {
            in.skip();
            return null;
        }
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals(steps[depth])) {
                found = below(in, steps, depth + 1);
            } else {
                in.skip();
            }
        }
        return found;
    }

    /** Sends, and knows of it until it is done, so that it can be cancelled. */
    <T> Pending<T> start(Call<T> call) {
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
        Pending<T> pending = call.start();
        underWay.add(pending);
        pending.whenComplete((value, failure) -> underWay.remove(pending));
        if (cancelled) {
            pending.cancel();
        }
        return pending;
    }

    /** The values of the columns that a path names, of those that the row has. */
    static Map<String, String> variables(Set<String> names, List<Column> columns, @Nullable Object[] row) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Object value = row[i];
            if (value != null && names.contains(columns.get(i).name())) {
                values.put(columns.get(i).name(), value.toString());
            }
        }
        return values;
    }

    /** Columns that come from the parent's row, which a listing does not hold itself. */
    static List<Integer> places(List<Column> columns, Class<? extends Column.Origin> origin) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (origin.isInstance(columns.get(i).origin())) {
                places.add(i);
            }
        }
        return places;
    }
}
