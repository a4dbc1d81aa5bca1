package dev.muster.ovirt.services;

import dev.muster.core.Call;
import dev.muster.core.JsonReader;
import dev.muster.core.ListRequest;
import dev.muster.core.Listing;
import dev.muster.core.Paging;
import dev.muster.core.Pending;
import dev.muster.ovirt.internal.Fields;
import java.util.List;

/**
 * A list operation. The engine answers everything at once unless a page size is set, for which the services that can be
 * searched have a method.
 *
 * @param <E> what is listed
 * @param <O> the operation itself
 */
public abstract class ListOperation<E, O extends ListOperation<E, O>> extends Operation<List<E>, O>
        implements Listing<E> {
    private final String field;
    private final JsonReader.Element<? extends E> element;

    ListOperation(Ask ask, String field, JsonReader.Element<? extends E> element) {
        super(ask, Fields.all(element));
        this.field = field;
        this.element = element;
    }

    @Override
    public Pending<List<E>> start() {
        return Listing.super.start();
    }

    @Override
    public Call<Page<E>> pages() {
        Ask ask = ask();
        String search = ask.query().getOrDefault("search", "");
        Paging paging = ask.pageSize() == 0
                ? Paging.single()
                : new Paging.PageNumber("search", (search + " page ").stripLeading(), "max", ask.pageSize());
        ListRequest request = new ListRequest(ask.request(), field, true, paging);
        return ask.endpoint().<E>list(request, element, row -> "").pages();
    }
}
