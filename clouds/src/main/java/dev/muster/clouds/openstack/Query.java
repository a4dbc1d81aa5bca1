package dev.muster.clouds.openstack;

import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.Listing;
import dev.muster.core.Paging;
import dev.muster.core.ServerOrder;

/**
 * A list operation that can be narrowed before it is asked: each method answers a further query and leaves this one as it
 * is. Nothing is sent until it is got, started or walked. Immutable and thread-safe.
 *
 * @param <T> a row
 * @param <Q> the query itself
 */
public abstract class Query<T, Q extends Query<T, Q>> implements Listing<T> {
    final Endpoint endpoint;
    final ListRequest list;
    private final JsonReader.Element<T> row;

    Query(Endpoint endpoint, ListRequest list, JsonReader.Element<T> row) {
        this.endpoint = endpoint;
        this.list = list;
        this.row = row;
    }

    /** How every service is asked to sort a list. */
    static ServerOrder sort(String name) {
        return new ServerOrder("sort_key", name, "sort_dir");
    }

    abstract Q with(ListRequest other);

    /**
     * A parameter by the name that the service's API reference gives it. Nova and Glance ignore those they do not know.
     *
     * @param value as text; a value that {@code toString} writes otherwise than the reference does must be a string
     */
    public Q where(String parameter, Object value) {
        return with(list.query(parameter, value));
    }

    /**
     * Asks for pages of so many rows. Smaller ones bring the first rows sooner, larger ones cost fewer requests; a service
     * may give fewer.
     */
    public Q pageSize(int rows) {
        return switch (list.paging()) {
            case Paging.NextLink links -> with(list.paging(new Paging.NextLink(links.link(), links.limit(), rows)));
            case Paging other -> throw new IllegalStateException("not paged by links: " + other);
        };
    }

    @Override
    public Call<Page<T>> pages() {
        // OpenStack links its pages: no list here goes on from the key of its last row.
        return endpoint.list(list, row, last -> "").pages();
    }

    @Override
    public String toString() {
        return list.toString();
    }
}
