package dev.muster.core.internal;

import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.ResponseReader;
import dev.muster.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one page of a list operation: its rows, and what it says of the pages to come. */
public final class PageReader<T> implements ResponseReader<PageReader.Read<T>> {
    private static final String HEADER = "header:";

    private final ListRequest list;
    private final JsonReader.Element<? extends T> row;
    private final @Nullable String link;
    private final @Nullable String total;

    /**
     * What one answer held.
     *
     * @param total how many rows there are in all, or null where the paging knows no total
     * @param next the query of the next page's link, or null where there is none
     * @param seconds from writing the request to the last byte of the answer
     * @param throttles how often it had been turned away before
     */
    public record Read<T>(
            List<T> rows, @Nullable Long total, @Nullable String next, double seconds, int throttles) {

        Read<T> timed(HttpResponse.Timing timing) {
            return new Read<>(rows, total, next, timing.wire() / 1e9, timing.throttles());
        }
    }

    public PageReader(ListRequest list, JsonReader.Element<? extends T> row) {
        this.list = list;
        this.row = row;
        this.link = list.paging() instanceof Paging.NextLink p ? p.link() : null;
        this.total = list.paging() instanceof Paging.Offset p ? p.total() : null;
    }

    @Override
    public Read<T> read(HttpResponse response) {
        Read<T> body = ResponseReader.json(this::page).read(response).timed(response.timing());
        if (total == null || !total.startsWith(HEADER)) {
            return body;
        }
        String header = response.headers().first(total.substring(HEADER.length()));
        try {
            long count = Long.parseLong(header == null ? "" : header.strip());
            return new Read<>(body.rows(), count, null, body.seconds(), body.throttles());
        } catch (NumberFormatException e) {
            throw undecodable("the header " + total.substring(HEADER.length()) + " holds no total");
        }
    }

    private Read<T> page(JsonReader in) {
        if (list.rows().isEmpty()) {
            return new Read<>(rows(in), null, null, 0, 0);
        }
        List<T> rows = null;
        Long count = null;
        String next = null;
        String other = null;
        if (!in.beginObject()) {
            throw undecodable("the answer is null where an object was expected");
        }
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            if (name.equals(list.rows())) {
                rows = rows(in);
            } else if (name.equals(link)) {
                next = next(in);
            } else if (name.equals(total)) {
                count = in.integer();
            } else {
                other = name;
                in.skip();
            }
        }
        // An empty list may lack its field, but then there is nothing else: what has other fields is no list at all.
        if (rows == null && (!list.absentIsEmpty() || other != null)) {
            throw undecodable("the answer has no '" + list.rows() + "'"
                    + (other == null ? "" : ", but a field '" + other + "' that no list has"));
        }
        if (total != null && !total.startsWith(HEADER) && count == null) {
            throw undecodable("the answer has no total '" + total + "'");
        }
        if (rows == null && count != null && count > 0) {
            throw undecodable("the answer has no '" + list.rows() + "', and says that there are " + count);
        }
        return new Read<>(rows == null ? List.of() : rows, count, next, 0, 0);
    }

    private List<T> rows(JsonReader in) {
        if (!in.atArray()) {
            throw undecodable("'" + list.rows() + "' is not a list");
        }
        List<T> rows = new ArrayList<>();
        in.beginArray();
        while (in.nextElement()) {
            rows.add(row.read(in));
        }
        return rows;
    }

    private static @Nullable String next(JsonReader in) {
        String href = null;
        if (in.atArray()) {
            in.beginArray();
            while (in.nextElement()) {
                String relation = null;
                String target = null;
                in.beginObject();
                for (String name = in.nextName(); name != null; name = in.nextName()) {
                    switch (name) {
                        case "rel" -> relation = in.text();
                        case "href" -> target = in.text();
                        default -> in.skip();
                    }
                }
                href = "next".equals(relation) ? target : href;
            }
        } else if (in.atObject()) {
            in.beginObject();
            for (String name = in.nextName(); name != null; name = in.nextName()) {
                if (name.equals("next")) {
                    href = in.text();
                } else {
                    in.skip();
                }
            }
        } else {
            href = in.text();
        }
        if (href == null || href.isEmpty()) {
            return null;
        }
        int question = href.indexOf('?');
        if (question < 0) {
            throw undecodable("the link to the next page has no query");
        }
        int hash = href.indexOf('#', question);
        return href.substring(question + 1, hash < 0 ? href.length() : hash);
    }

    private static MusterException undecodable(String message) {
        return new MusterException.Undecodable(null, message, null);
    }
}
