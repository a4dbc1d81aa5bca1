package dev.muster.clouds.softlayer;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.JsonReader;
import dev.muster.core.Listing;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import dev.muster.core.Scope;
import dev.muster.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a list from an offset up to a limit. The first page tells how many there are, and the others are then asked for
 * at once; walked by {@link #stream()}, page by page. Pages overlap by a row where it is known what tells rows apart, so that
 * a list that changes while it is read is noticed even where as many came as went. Immutable and thread-safe.
 */
public final class Rows<T> implements Listing<T> {
    private static final String TOTAL = "SoftLayer-Total-Items";

    private final Endpoint endpoint;
    private final ApiRequest request;
    private final JsonReader.Element<? extends T> reader;
    private final Key<? super T> key;
    private final int offset;
    private final @Nullable Integer limit;
    private final int pageSize;
    private final boolean ordered;

    /** What tells a row from the others; null where that is not known. */
    interface Key<T> {
        @Nullable
        Object of(T row);
    }

    Rows(
            Endpoint endpoint,
            ApiRequest request,
            JsonReader.Element<? extends T> reader,
            Key<? super T> key,
            int offset,
            @Nullable Integer limit,
            int pageSize,
            boolean ordered) {
        this.endpoint = endpoint;
        this.request = request;
        this.reader = reader;
        this.key = key;
        this.offset = offset;
        this.limit = limit;
        this.pageSize = pageSize;
        this.ordered = ordered;
    }

    /**
     * What came of a list.
     *
     * @param rows those that arrived, in order
     * @param total how many the list has, whatever the offset and the limit
     * @param lost a failure for each page that did not arrive, which says which rows it was to hold; empty where all did
     */
    public record Fetched<T>(List<T> rows, long total, List<MusterException> lost) {}

    private record Part<T>(List<T> rows, long total) {}

    /** A request with the service's limit: {@code offset,limit}. */
    static ApiRequest page(ApiRequest request, long from, long rows) {
        return request.query("resultLimit", from + "," + rows);
    }

    /** All rows; fails where one page is lost. */
    @Override
    public Pending<List<T>> start() {
        return fetched(true).map(Fetched::rows).start();
    }

    /** All rows that can be had; fails only where not even the first page is. */
    public Call<Fetched<T>> whatComes() {
        return fetched(false);
    }

    private Call<Fetched<T>> fetched(boolean whole) {
        return Call.composed(() -> {
            try (Scope scope = whole ? Scope.failFast() : Scope.collecting()) {
                return fetch(scope);
            }
        });
    }

    private Fetched<T> fetch(Scope scope) {
        Pending<Part<T>> first = scope.start(part(offset, firstRows()));
        if (limit == null || limit > pageSize) {
            // The other pages find their connections open when the first has told how many they are.
            endpoint.prepare("");
        }
        return fetch(scope, first.join());
    }

    /** Rows as {@link #whatComes} gives them, or what the method answers where that is no list: the service then tells no total. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    Call<@Nullable Object> orValue() {
        return Call.composed(() -> {
            try (Scope scope = Scope.collecting()) {
                Object first = scope.start(
                                endpoint.<@Nullable Object>call(page(request, offset, firstRows()), this::either))
                        .join();
                if (!(first instanceof Part<?> part)) {
                    return first;
                }
                @SuppressWarnings("unchecked") // made below, by our own reader
                Part<T> rows = (Part<T>) part;
                return fetch(scope, rows);
            }
        });
    }

    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    private @Nullable Object either(HttpResponse response) {
        if (response.headers().first(TOTAL) != null) {
            return read(response, offset, firstRows());
        }
        if (response.body().length == 0) {
            return null;
        }
        // The wire takes any lone object for a row.
        Object value = ResponseReader.<@Nullable Object>json(JsonReader::value).read(response);
        return value instanceof List<?> list && list.size() == 1 ? list.getFirst() : value;
    }

    private Fetched<T> fetch(Scope scope, Part<T> first) {
        long total = first.total;
        long wanted = wanted(total);
        List<T> rows = new ArrayList<>(first.rows);
        List<Pending<Part<T>>> coming = new ArrayList<>();
        // A service may give fewer rows than asked for: what it gives then makes a page.
        int size = first.rows.size();
        Object last = last(first.rows);
        int common = last == null ? 0 : 1;
        long stride = size - (long) common;
        for (long at = stride; at + common < wanted; at += stride) {
            coming.add(scope.start(part(offset + at, (int) Math.min(size, wanted - at))));
        }
        List<MusterException> lost = new ArrayList<>();
        scope.join();
        boolean steady = true;
        for (Pending<Part<T>> page : coming) {
            try {
                Part<T> part = page.join();
                boolean follows = last == null || follows(part.rows, last);
                steady = steady && follows && part.total == total;
                rows.addAll(last != null && follows ? part.rows.subList(1, part.rows.size()) : part.rows);
                last = last(part.rows);
            } catch (MusterException e) {
                lost.add(e);
                last = null;
            }
        }
        if (lost.isEmpty() && (!steady || rows.size() != wanted)) {
            throw changed(total, rows.size());
        }
        return new Fetched<>(rows, total, lost);
    }

    /** What the next page begins with; null where pages cannot overlap. */
    private @Nullable Object last(List<T> rows) {
        return rows.size() < 2 ? null : key.of(rows.getLast());
    }

    private boolean follows(List<T> rows, Object last) {
        return !rows.isEmpty() && last.equals(key.of(rows.getFirst()));
    }

    private int firstRows() {
        return limit == null ? pageSize : Math.min(limit, pageSize);
    }

    private long wanted(long total) {
        long behind = Math.max(0, total - offset);
        return limit == null ? behind : Math.min(limit, behind);
    }

    private Call<Part<T>> part(long from, int rows) {
        return endpoint.call(page(request, from, rows), response -> read(response, from, rows));
    }

    private Part<T> read(HttpResponse response, long from, int rows) {
        List<T> read = ResponseReader.json(in -> in.<T>list(reader::read)).read(response);
        if (read.size() > rows) {
            throw undecodable(read.size() + " rows came where " + rows + " were asked for");
        }
        String told = response.headers().first(TOTAL);
        if (told == null && read.size() == rows) {
            throw undecodable("the header " + TOTAL + " is missing, so that nobody knows how many rows there are");
        }
        long total = told == null ? from + read.size() : total(told);
        if (read.isEmpty() && from < total) {
            throw undecodable("no rows came from " + from + " on, where the list has " + total);
        }
        if (!ordered && read.size() < wanted(total)) {
            throw new MusterException.Rejected(
                    null,
                    "the list has " + total + " rows, more than one page of " + rows
                            + ", and no order, so that its pages would overlap; add an order to the filter, or a larger page");
        }
        return new Part<>(read, total);
    }

    private static long total(String told) {
        try {
            return Long.parseLong(told.strip());
        } catch (NumberFormatException e) {
            throw undecodable("the header " + TOTAL + " holds no number");
        }
    }

    @Override
    public Call<Page<T>> pages() {
        return page(0, -1, null);
    }

    /**
     * The page after so many rows, and how to get the next.
     *
     * @param last what it begins with; null where nothing is known of that
     */
    private Call<Page<T>> page(long seen, long announced, @Nullable Object last) {
        int common = last == null ? 0 : 1;
        long asked = limit == null ? pageSize : Math.min(pageSize, limit - seen + common);
        return part(offset + seen - common, (int) asked).map(part -> {
            if (announced >= 0 && (part.total != announced || (last != null && !follows(part.rows, last)))) {
                throw changed(announced, seen + part.rows.size() - common);
            }
            List<T> rows = part.rows.subList(common, part.rows.size());
            long after = seen + rows.size();
            boolean end = after >= wanted(part.total);
            if (rows.isEmpty() && !end) {
                throw undecodable("no rows came from " + (offset + seen) + " on, where the list has " + part.total);
            }
            return new Page<>(rows, end ? null : page(after, part.total, last(part.rows)));
        });
    }

    private MusterException changed(long total, long seen) {
        return new MusterException.Undecodable(
                new MusterException.Place(endpoint.cloud(), request.toString()),
                "the list changed while it was read: " + total + " rows announced first, " + seen
                        + " arrived, or others than before; take it again",
                null);
    }

    private static MusterException undecodable(String message) {
        return new MusterException.Undecodable(null, message, null);
    }
}
