package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Column;
import dev.muster.core.Endpoint;
import dev.muster.core.FetchPlan;
import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import dev.muster.core.Row;
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
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Walks listings page by page, by the plan's strategy, and completes rows by further calls. Thread-safe. */
final class Walker {
    /** Pages asked for before the oldest of them is used: enough for any engine, and a bound on what memory holds. */
    private static final int AHEAD = 64;

    private final Endpoint endpoint;
    private final Table table;
    private final List<Column> columns;
    private final RowReader reader;
    private final Set<Pending<?>> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Takes the rows of a page, with the page's number from 0. */
    interface PageSink {
        void accept(int page, List<Row> rows);
    }

    Walker(Endpoint endpoint, Table table, List<Column> columns) {
        this.endpoint = endpoint;
        this.table = table;
        this.columns = columns;
        this.reader = RowReader.ofRows(columns);
    }

    void cancel() {
        cancelled = true;
        underWay.forEach(Pending::cancel);
    }

    /** The rows that this table is listed for are being fetched: its own calls will come all at once. */
    void prepare() {
        endpoint.prepare(table.list().request().service());
    }

    /**
     * Walks one listing on the calling thread.
     *
     * @param parent the row it is listed for; null for a listing of the whole
     * @param answered told of each page's answer, with the number of further pages it made known
     */
    void walk(FetchPlan plan, @Nullable Row parent, PageSink sink, IntConsumer answered) {
        ListRequest list = switch (plan) {
            case FetchPlan.Single p -> p.list();
            case FetchPlan.Sequential p -> p.list();
            case FetchPlan.ParallelPages p -> p.list();
            case FetchPlan.FanOut p -> throw new IllegalArgumentException("a fan-out is not a listing");
            case FetchPlan.TwoStage p -> throw new IllegalArgumentException("a stage is not a listing");
        };
        ListRequest asked = parent == null ? list : list.expand(parentVariables(parent));
        PageReader<Row> pages = new PageReader<>(asked, in -> reader.read(in, parent));
        if (plan instanceof FetchPlan.ParallelPages parallel) {
            parallel(asked, parallel.paging(), pages, sink, answered);
        } else {
            sequential(asked, pages, sink, answered);
        }
    }

    private void sequential(ListRequest list, PageReader<Row> reader, PageSink sink, IntConsumer answered) {
        PageStep step = PageStep.first(list);
        Pending<PageReader.Read<Row>> coming = start(endpoint.call(step.request(), reader));
        while (true) {
            PageReader.Read<Row> read = coming.join();
            PageStep next = step.after(read, lastKey(read.rows()));
            answered.accept(next == null ? 0 : 1);
            if (next != null) {
                coming = start(endpoint.call(next.request(), reader));
            }
            sink.accept(step.index(), read.rows());
            if (next == null) {
                return;
            }
            step = next;
        }
    }

    /** The first page tells the total; the others are then asked for together, and delivered in order. */
    private void parallel(
            ListRequest list, Paging.Offset paging, PageReader<Row> reader, PageSink sink, IntConsumer answered) {
        PageReader.Read<Row> first =
                start(endpoint.call(PageStep.first(list).request(), reader)).join();
        long total = total(first);
        // A server may cap the page size below what was asked for: its own size then counts.
        int size = Math.max(1, first.rows().size());
        int pages = first.rows().isEmpty() ? 1 : Math.toIntExact((total + size - 1) / size);
        answered.accept(Math.max(0, pages - 1));
        Deque<Pending<PageReader.Read<Row>>> ahead = new ArrayDeque<>();
        long seen = first.rows().size();
        long last = total;
        MusterException lost = null;
        int asked = 1;
        for (int page = 0; page < pages; page++) {
            for (; asked < pages && ahead.size() < AHEAD; asked++) {
                long offset = (long) asked * size;
                ahead.add(start(endpoint.call(PageStep.at(list.request(), paging, offset, size), reader)));
            }
            if (page == 0) {
                sink.accept(0, first.rows());
                continue;
            }
            try {
                PageReader.Read<Row> read = ahead.remove().join();
                answered.accept(0);
                seen += read.rows().size();
                last = total(read);
                sink.accept(page, read.rows());
            } catch (MusterException e) {
                // The other pages stand; the table is told to be partial.
                lost = lost == null ? e : lost;
            }
        }
        if (lost != null) {
            throw lost;
        }
        if (seen != total || last != total) {
            throw new MusterException.Undecodable(
                    new MusterException.Place(endpoint.cloud(), list.toString()),
                    "the list changed while it was read: " + total + " rows announced first, " + last + " last, " + seen
                            + " arrived; take it again",
                    null);
        }
    }

    private static long total(PageReader.Read<Row> read) {
        Long total = read.total();
        return total == null ? read.rows().size() : total;
    }

    /** Asks for what the rows lack, all at once. A row whose call fails keeps what it has, and the failure is told. */
    List<Row> complete(List<Row> rows, List<ApiRequest> details, Runnable answered, Failures failures) {
        List<List<Pending<@Nullable Object[]>>> calls = new ArrayList<>();
        for (Row row : rows) {
            List<Pending<@Nullable Object[]>> ofRow = new ArrayList<>();
            for (ApiRequest detail : details) {
                ApiRequest request = detail.expand(variables(detail, row));
                ofRow.add(start(endpoint.json(request, in -> detail(detail, in))));
            }
            calls.add(ofRow);
        }
        List<Row> whole = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            for (int c = 0; c < values.length; c++) {
                values[c] = rows.get(i).get(c);
            }
            for (Pending<@Nullable Object[]> call : calls.get(i)) {
                try {
                    @Nullable Object[] found = call.join();
                    for (int c = 0; c < values.length; c++) {
                        values[c] = found[c] == null ? values[c] : found[c];
                    }
                } catch (MusterException | CancellationException e) {
                    failures.add(e);
                }
                answered.run();
            }
            whole.add(Row.of(columns, values));
        }
        return whole;
    }

    /** The columns that one further call fills, each at its place among all columns. */
    private @Nullable Object[] detail(ApiRequest detail, JsonReader in) {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        RowReader.ofCall(columns, detail).read(in, values);
        return values;
    }

    private <T> Pending<T> start(Call<T> call) {
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

    private @Nullable String lastKey(List<Row> rows) {
        return rows.isEmpty() ? null : rows.getLast().text(table.key().getLast());
    }

    /** The columns that come from the parent's row, under their own names: the list's path variables. */
    private Map<String, String> parentVariables(Row parent) {
        Map<String, String> values = new HashMap<>();
        for (Column column : columns) {
            if (column.origin() instanceof Column.OfParent(String above)) {
                String value = parent.text(above);
                if (value != null) {
                    values.put(column.name(), value);
                }
            }
        }
        return values;
    }

    private static Map<String, String> variables(ApiRequest request, Row row) {
        Map<String, String> values = new HashMap<>();
        for (String name : request.variables()) {
            String value = row.columns().stream().anyMatch(c -> c.name().equals(name)) ? row.text(name) : null;
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }
}
