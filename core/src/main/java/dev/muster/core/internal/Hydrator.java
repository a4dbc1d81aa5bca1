package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.Column;
import dev.muster.core.Endpoint;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Completes rows by further calls, those that need what others bring after these. Thread-safe. */
final class Hydrator {
    private final Endpoint endpoint;
    private final Walker walker;
    private final List<Column> columns;
    private final List<List<ApiRequest>> levels;
    private final Map<ApiRequest, RowReader> readers = new HashMap<>();
    private final Semaphore window;
    private final Consumer<RuntimeException> failures;
    private final Tallies tallies;

    private record Detail(ApiRequest request, Pending<@Nullable Object[]> values) {}

    /**
     * @param window places for calls that wait for an answer
     * @param failures is told of each call that fails
     */
    Hydrator(
            Endpoint endpoint,
            Walker walker,
            List<Column> columns,
            List<ApiRequest> details,
            Semaphore window,
            Consumer<RuntimeException> failures,
            Tallies tallies) {
        this.endpoint = endpoint;
        this.walker = walker;
        this.columns = columns;
        this.levels = levels(columns, details);
        this.window = window;
        this.failures = failures;
        this.tallies = tallies;
        details.forEach(request -> readers.put(request, RowReader.ofCall(columns, request)));
    }

    private static List<List<ApiRequest>> levels(List<Column> columns, List<ApiRequest> details) {
        Set<String> there = new HashSet<>();
        for (Column column : columns) {
            if (!(column.origin() instanceof Column.ByCall)) {
                there.add(column.name());
            }
        }
        List<ApiRequest> waiting = new ArrayList<>(details);
        List<List<ApiRequest>> levels = new ArrayList<>();
        while (!waiting.isEmpty()) {
            List<ApiRequest> level = waiting.stream()
                    .filter(request -> there.containsAll(request.variables()))
                    .toList();
            if (level.isEmpty()) {
                throw new IllegalStateException("calls that need each other: " + waiting);
            }
            levels.add(level);
            waiting.removeAll(level);
            for (Column column : columns) {
                if (column.origin() instanceof Column.ByCall call && level.contains(call.request())) {
                    there.add(column.name());
                }
            }
        }
        return levels;
    }

    int calls() {
        return readers.size();
    }

    /** Fills what the rows lack. A row whose call fails keeps what it has, and the failure is told. */
    void complete(List<@Nullable Object[]> rows, Runnable answered) {
        for (List<ApiRequest> level : levels) {
            List<List<Detail>> calls = new ArrayList<>(rows.size());
            for (@Nullable Object[] row : rows) {
                List<Detail> ofRow = new ArrayList<>(level.size());
                for (ApiRequest request : level) {
                    Map<String, String> variables = Walker.variables(request.variables(), columns, row);
                    if (variables.size() == request.variables().size()) {
                        ofRow.add(new Detail(request, start(request, variables)));
                    } else {
                        answered.run();
                    }
                }
                calls.add(ofRow);
            }
            for (int i = 0; i < rows.size(); i++) {
                for (Detail detail : calls.get(i)) {
                    fill(rows.get(i), detail);
                    answered.run();
                }
            }
        }
    }

    private void fill(@Nullable Object[] row, Detail detail) {
        try {
            @Nullable Object[] found = detail.values().join();
            for (int c = 0; c < columns.size(); c++) {
                row[c] = found[c] == null ? row[c] : found[c];
            }
        } catch (MusterException | CancellationException e) {
            failures.accept(e);
        }
    }

    private Pending<@Nullable Object[]> start(ApiRequest request, Map<String, String> variables) {
        RowReader reader = java.util.Objects.requireNonNull(readers.get(request));
        ResponseReader<@Nullable Object[]> answer = response -> {
            @Nullable Object[] values = new @Nullable Object[columns.size()];
            ResponseReader.json(in -> {
                        reader.read(in, values);
                        return true;
                    })
                    .read(response);
            tallies.answered(
                    request.toString(),
                    1,
                    response.timing().wire() / 1e9,
                    response.timing().throttles());
            return values;
        };
        window.acquireUninterruptibly();
        try {
            Pending<@Nullable Object[]> pending =
                    walker.start(endpoint.call(request.expand(variables).header("Accept", "application/json"), answer));
            pending.whenComplete((value, failure) -> window.release());
            return pending;
        } catch (RuntimeException e) {
            window.release();
            return Pending.failed(e);
        }
    }
}
