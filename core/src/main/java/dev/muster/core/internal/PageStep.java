package dev.muster.core.internal;

import dev.muster.core.ApiRequest;
import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk from page to page stands: the request of the page to ask for, and what is needed to find the one after it.
 *
 * <p>A server that sends the walk in a circle is found out by Brent's method: the position is compared with one remembered
 * at page 1, 2, 4, 8 …, so that no list of all positions is kept.
 *
 * @param index of the page, from 0
 * @param offset rows before the page
 * @param remembered a position seen before; null on the first page
 */
public record PageStep(
        ListRequest list,
        ApiRequest request,
        int index,
        long offset,
        @Nullable String remembered) {

    /** The first page of a list. */
    public static PageStep first(ListRequest list) {
        ApiRequest base = list.request();
        ApiRequest request = switch (list.paging()) {
            case Paging.Single p -> base;
            case Paging.Offset p -> at(base, p, 0, p.size());
            case Paging.PageNumber p -> at(base, p, 1);
            case Paging.Marker p -> base.query(p.limit(), p.size());
            case Paging.NextLink p -> base.query(p.limit(), p.size());
            case Paging.KeyRange p -> base.query(p.limit(), p.size());
        };
        return new PageStep(list, request, 0, 0, null);
    }

    /** A page at an offset, as an answer with a total allows to ask for. */
    public static ApiRequest at(ApiRequest base, Paging.Offset paging, long offset, int limit) {
        return paging.offset().equals(paging.limit())
                ? base.query(paging.offset(), offset + "," + limit)
                : base.query(paging.offset(), offset).query(paging.limit(), limit);
    }

    private static ApiRequest at(ApiRequest base, Paging.PageNumber paging, int number) {
        return base.query(paging.page(), paging.before() + number).query(paging.limit(), paging.size());
    }

    /**
     * The page after this one.
     *
     * @param read what this page held
     * @param lastKey the key of its last row; null where it held none
     * @return null where this was the last
     * @throws MusterException.Undecodable if the server leads in a circle, or gives no key to go on from
     */
    public @Nullable PageStep after(PageReader.Read<?> read, @Nullable String lastKey) {
        ApiRequest base = list.request();
        int rows = read.rows().size();
        return switch (list.paging()) {
            case Paging.Single p -> null;
            case Paging.Offset p -> {
                long seen = offset + rows;
                long total = Objects.requireNonNull(read.total());
                yield rows == 0 || seen >= total ? null : to(at(base, p, seen, p.size()), seen, null);
            }
            // A first page that is not full may be the last, or the server gives no larger ones.
            case Paging.PageNumber p ->
                rows == 0 || (index > 0 && rows < Math.min(p.size(), offset / index))
                        ? null
                        : to(at(base, p, index + 2), offset + rows, null);
            case Paging.Marker p -> rows == 0 ? null : from(p.marker(), p.limit(), p.size(), lastKey, offset + rows);
            case Paging.KeyRange p -> rows == 0 ? null : from(p.after(), p.limit(), p.size(), lastKey, offset + rows);
            case Paging.NextLink p ->
                read.next() == null ? null : to(base.rawQuery(read.next()), offset + rows, read.next());
        };
    }

    private PageStep from(String parameter, String limit, int size, @Nullable String key, long seen) {
        if (key == null) {
            throw new MusterException.Undecodable(null, "the last row of a page has no key to go on from", null);
        }
        return to(list.request().query(parameter, key).query(limit, size), seen, key);
    }

    private PageStep to(ApiRequest request, long offset, @Nullable String position) {
        if (position != null && position.equals(remembered)) {
            throw new MusterException.Undecodable(
                    null, "the pages lead in a circle: page " + (index + 2) + " was there before", null);
        }
        boolean remember = position != null && Integer.bitCount(index + 1) == 1;
        return new PageStep(list, request, index + 1, offset, remember ? position : remembered);
    }
}
