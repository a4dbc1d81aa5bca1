package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A server's side of a paged list, without JSON and without a socket: it answers requests at once, and between two of them
 * things may come and go. It knows what was there all the time, which is what a walk has to bring.
 */
final class Pager implements Pages.Asker {
    private final Paging paging;
    private final int cap;
    private final Random random;
    private final List<Long> rows = new ArrayList<>();
    private final Set<Long> ever = new HashSet<>();
    private final Set<Long> always = new HashSet<>();
    private long nextKey;
    private int changesLeft;
    private boolean inserts;
    private boolean removes;
    private boolean unordered;
    private boolean shortPages;
    private long totalIsOff;
    int asked;

    Pager(Paging paging, int total, int cap, Random random) {
        this.paging = paging;
        this.cap = cap;
        this.random = random;
        for (int i = 0; i < total; i++) {
            rows.add(10L * ++nextKey);
        }
        ever.addAll(rows);
        always.addAll(rows);
    }

    Pager changing(int times, boolean insert, boolean remove) {
        changesLeft = times;
        inserts = insert;
        removes = remove;
        return this;
    }

    Pager unordered() {
        unordered = true;
        return this;
    }

    Pager shortPages() {
        shortPages = true;
        return this;
    }

    Pager totalOff(long by) {
        totalIsOff = by;
        return this;
    }

    /** What was there from the first request to now. */
    Set<Long> always() {
        return always;
    }

    /** What was there at any time. */
    Set<Long> ever() {
        return ever;
    }

    List<Long> rows() {
        return rows;
    }

    private void change() {
        if (changesLeft == 0 || random.nextInt(3) == 0) {
            return;
        }
        changesLeft--;
        if (inserts && (!removes || random.nextBoolean() || rows.isEmpty())) {
            int at = random.nextInt(rows.size() + 1);
            // A key between its neighbours, as where the order is that of the keys.
            long below = at == 0 ? 0 : rows.get(at - 1);
            long above = at == rows.size() ? below + 20 : rows.get(at);
            long key = below + (above - below) / 2;
            if (key != below && ever.add(key)) {
                rows.add(at, key);
            }
        } else if (removes && !rows.isEmpty()) {
            always.remove(rows.remove(random.nextInt(rows.size())));
        }
    }

    @Override
    public Pending<PageReader.Read<Object[]>> ask(ApiRequest request) {
        if (asked++ > 0) {
            change();
        }
        if (unordered) {
            Collections.shuffle(rows, random);
        }
        try {
            return Pending.of(answer(query(request.query())));
        } catch (MusterException e) {
            return Pending.failed(e);
        }
    }

    private PageReader.Read<Object[]> answer(Map<String, String> query) {
        return switch (paging) {
            case Paging.Single p -> read(0, rows.size(), null, null);
            case Paging.Offset p -> {
                int limit = Math.min(cap, Integer.parseInt(query.get("limit")));
                int given = shortPages && limit > 1 ? 1 + random.nextInt(limit) : limit;
                yield read(Integer.parseInt(query.get("offset")), given, rows.size() + totalIsOff, null);
            }
            case Paging.PageNumber p -> {
                int limit = Math.min(cap, Integer.parseInt(query.get("limit")));
                yield read((Integer.parseInt(query.get("page")) - 1) * limit, limit, null, null);
            }
            case Paging.Marker p -> read(behind(query.get("marker")), page(query), null, null);
            case Paging.NextLink p -> {
                int from = behind(query.get("marker"));
                int limit = page(query);
                boolean full = from + limit <= rows.size();
                String link = full && limit > 0 ? "marker=" + rows.get(from + limit - 1) + "&limit=" + p.size() : null;
                yield read(from, limit, null, link);
            }
            case Paging.KeyRange p -> {
                long after = Long.parseLong(query.getOrDefault("after", "0"));
                int from = 0;
                while (from < rows.size() && rows.get(from) <= after) {
                    from++;
                }
                yield read(from, page(query), null, null);
            }
        };
    }

    private int page(Map<String, String> query) {
        int limit = Math.min(cap, Integer.parseInt(query.get("limit")));
        return shortPages ? 1 + random.nextInt(limit) : limit;
    }

    /** The place behind a row; one that has gone is refused, as OpenStack does. */
    private int behind(String marker) {
        if (marker == null) {
            return 0;
        }
        int at = rows.indexOf(Long.valueOf(marker));
        if (at < 0) {
            throw new MusterException.Rejected(null, "marker [" + marker + "] not found");
        }
        return at + 1;
    }

    private PageReader.Read<Object[]> read(int from, int count, Long total, String next) {
        List<Object[]> page = new ArrayList<>();
        for (int i = from; i < Math.min((long) from + count, rows.size()); i++) {
            page.add(new Object[] {rows.get(i)});
        }
        return new PageReader.Read<>(page, total, next, 0, 0);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }
}
