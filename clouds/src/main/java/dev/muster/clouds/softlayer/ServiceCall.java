package dev.muster.clouds.softlayer;

import dev.muster.core.ApiRequest;
import dev.muster.core.Call;
import dev.muster.core.Endpoint;
import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.Pending;
import dev.muster.core.ResponseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Any method of any service. Asked as it is, it answers with the service's own JSON; {@link #item()}, {@link #rows()} and
 * their typed forms read it. Immutable and thread-safe.
 *
 * {@snippet :
 * Listing<Item> guests = softlayer.call("SoftLayer_Account", "getVirtualGuests")
 *         .mask("id,hostname,datacenter.name")
 *         .filter(Filter.where("virtualGuests.maxCpu", Operation.atLeast(4)))
 *         .rows();
 * softlayer.call("SoftLayer_Virtual_Guest", "getObject").id(1234).item().get();
 * softlayer.call("SoftLayer_Account", "getHardware").drill(365112, "getNetworkComponents").rows();
 * }
 *
 * @see <a href="https://sldn.softlayer.com/reference/services/">Services</a>
 */
public final class ServiceCall implements Call<@Nullable Json> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final String PREFIX = "SoftLayer_";

    /** Methods whose rows are those of the service itself: their filters begin at the row. */
    private static final Set<String> ROOTED = Set.of("getAllObjects", "getPublicImages", "getDatacenters");

    private final Endpoint endpoint;
    private final State state;

    /** What is asked; a path of {@code service/id/method} and on. */
    record State(
            List<String> path,
            List<Object> parameters,
            @Nullable Mask mask,
            @Nullable Filter filter,
            int offset,
            @Nullable Integer limit,
            int pageSize) {}

    private ServiceCall(Endpoint endpoint, State state) {
        this.endpoint = endpoint;
        this.state = state;
    }

    static ServiceCall of(Endpoint endpoint, String service, String method) {
        String whole = name(service, "service");
        return new ServiceCall(
                endpoint,
                new State(
                        List.of(whole.startsWith(PREFIX) ? whole : PREFIX + whole, name(method, "method")),
                        List.of(),
                        null,
                        null,
                        0,
                        null,
                        100));
    }

    private static String name(String name, String what) {
        if (!NAME.matcher(name).matches()) {
            throw new MusterException.Rejected(null, "'" + name + "' is no " + what + " of the API");
        }
        return name;
    }

    private ServiceCall with(State changed) {
        return new ServiceCall(endpoint, changed);
    }

    /** On the object of this id. */
    public ServiceCall id(long id) {
        return id(Long.toString(id));
    }

    /** On the object of this id or, where a service has these, identifier. */
    public ServiceCall id(String id) {
        if (!id.matches("[A-Za-z0-9_.-]+")) {
            throw new MusterException.Rejected(null, "'" + id + "' is no id");
        }
        List<String> path = new ArrayList<>(state.path);
        path.add(1, id);
        return with(
                new State(path, state.parameters, state.mask, state.filter, state.offset, state.limit, state.pageSize));
    }

    /** One of the objects found by now, and a method of it. */
    public ServiceCall drill(long id, String method) {
        List<String> path = new ArrayList<>(state.path);
        path.add(Long.toString(id));
        path.add(name(method, "method"));
        return with(
                new State(path, state.parameters, state.mask, state.filter, state.offset, state.limit, state.pageSize));
    }

    /** With these parameters: texts, numbers, booleans, and maps and lists of them. */
    public ServiceCall parameters(Object... values) {
        return with(new State(
                state.path, List.of(values), state.mask, state.filter, state.offset, state.limit, state.pageSize));
    }

    /** Showing these properties. */
    public ServiceCall mask(Mask mask) {
        return with(
                new State(state.path, state.parameters, mask, state.filter, state.offset, state.limit, state.pageSize));
    }

    /** Showing these properties, in the service's grammar. See {@link Mask#parse}. */
    public ServiceCall mask(String mask) {
        return mask(Mask.parse(mask));
    }

    /** Only the rows that pass. */
    public ServiceCall filter(Filter filter) {
        return with(
                new State(state.path, state.parameters, state.mask, filter, state.offset, state.limit, state.pageSize));
    }

    /** Only the rows that pass, as JSON. See {@link Filter#parse}. */
    public ServiceCall filter(String json) {
        return filter(Filter.parse(json));
    }

    /** No more than so many rows, 1 or more. */
    public ServiceCall limit(int rows) {
        return with(new State(
                state.path,
                state.parameters,
                state.mask,
                state.filter,
                state.offset,
                positive(rows, "limit"),
                state.pageSize));
    }

    /** Passing over so many rows, 0 or more. */
    public ServiceCall offset(int rows) {
        if (rows < 0) {
            throw new MusterException.Rejected(null, "an offset is 0 or more, not " + rows);
        }
        return with(
                new State(state.path, state.parameters, state.mask, state.filter, rows, state.limit, state.pageSize));
    }

    /** So many rows in a request; 100 unless told. Where that is too much for the service, less. */
    public ServiceCall pageSize(int rows) {
        return with(new State(
                state.path,
                state.parameters,
                state.mask,
                state.filter,
                state.offset,
                state.limit,
                positive(rows, "page size")));
    }

    private static int positive(int rows, String what) {
        if (rows < 1) {
            throw new MusterException.Rejected(null, "a " + what + " is 1 or more, not " + rows);
        }
        return rows;
    }

    /** Sends it as it is: one request, whatever the limit. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    @Override
    public Pending<@Nullable Json> start() {
        return endpoint.call(limited(request(state.filter)), body(JsonReader::json))
                .start();
    }

    /** One object. */
    public Call<Item> item() {
        return item(Item::read);
    }

    /** One object, read by {@code reader}. */
    public <T> Call<T> item(JsonReader.Element<? extends T> reader) {
        return endpoint.call(request(state.filter), ResponseReader.json(reader));
    }

    /** One object, or null where there is none, as a relation may have none. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    public Call<@Nullable Item> itemOrNone() {
        return endpoint.call(request(state.filter), body(in -> in.atObject() ? Item.read(in) : none(in)));
    }

    private static @Nullable Item none(JsonReader in) {
        in.skip();
        return null;
    }

    /** Whatever it answers: {@link Rows.Fetched} of a list with all its pages, else as {@link #value()}. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    public Call<@Nullable Object> answer() {
        return isGet()
                ? rows(in -> Objects.requireNonNull(in.value()), row -> row instanceof Map<?, ?> m ? m.get("id") : null)
                        .orValue()
                : value();
    }

    /** Whatever it answers, as {@link Item#properties} holds it; null where that is nothing. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    public Call<@Nullable Object> value() {
        return endpoint.call(request(state.filter), body(JsonReader::value));
    }

    /** The rows of a list. */
    public Rows<Item> rows() {
        return rows(Item::read, row -> row.get("id"));
    }

    /**
     * The rows of a list, read by {@code reader}. Unless the filter asks for an order or is about the id, rows are asked for in
     * the order of their ids: without one, the service's pages overlap. As nothing tells these rows apart, a change of the list
     * meanwhile is noticed by its total only.
     */
    public <T> Rows<T> rows(JsonReader.Element<? extends T> reader) {
        return rows(reader, row -> null);
    }

    <T> Rows<T> rows(JsonReader.Element<? extends T> reader, Rows.Key<? super T> key) {
        String order = orderedBy();
        Filter filter = state.filter;
        boolean ordered = filter != null && filter.isOrdered();
        if (order != null && !ordered && (filter == null || !filter.has(order))) {
            filter = filter == null ? Filter.ordered(order) : filter.orderBy(order);
            ordered = true;
        }
        return new Rows<>(
                endpoint, request(filter), reader, key, state.offset, state.limit, state.pageSize, ordered || !isGet());
    }

    /** The property that tells rows apart, as filters name it; null where nothing says. */
    private @Nullable String orderedBy() {
        String relation = relation();
        return relation == null ? null : ROOTED.contains(state.path.getLast()) ? "id" : relation + ".id";
    }

    /** The property that a getter gets, where it is one. */
    private @Nullable String relation() {
        String method = state.path.getLast();
        return isGet() && method.startsWith("get") && method.length() > 3
                ? Character.toLowerCase(method.charAt(3)) + method.substring(4)
                : null;
    }

    /** The same where it is sure to be a property of an object: there is one, the account or that of an id. */
    private @Nullable String related() {
        boolean ofObject = state.path.size() > 2 || state.path.getFirst().equals(PREFIX + "Account");
        return ofObject
                        && !ROOTED.contains(state.path.getLast())
                        && !state.path.getLast().equals("getObject")
                ? relation()
                : null;
    }

    private boolean isGet() {
        return state.parameters.isEmpty();
    }

    private ApiRequest limited(ApiRequest request) {
        return state.limit == null && state.offset == 0
                ? request
                : Rows.page(request, state.offset, state.limit == null ? state.pageSize : state.limit);
    }

    private ApiRequest request(@Nullable Filter filter) {
        String method = state.path.getLast();
        String root = related();
        if (filter != null && root != null && !filter.isBelow(root)) {
            throw new MusterException.Rejected(
                    null,
                    "object filter: rows of " + this + " are filtered by properties below '" + root + "', as " + root
                            + ".id; the service would ignore " + filter);
        }
        String verb = switch (method) {
            case "createObject", "createObjects" -> "POST";
            case "editObject", "editObjects" -> "PUT";
            case "deleteObject" -> "DELETE";
            default -> state.parameters.isEmpty() ? "GET" : "POST";
        };
        ApiRequest request = ApiRequest.of(verb, "", '/' + String.join("/", state.path) + ".json")
                .header("Accept", "application/json");
        if (state.mask != null) {
            request = request.query("objectMask", state.mask);
        }
        if (filter != null && !filter.isEmpty()) {
            request = request.query("objectFilter", filter);
        }
        if (!state.parameters.isEmpty()) {
            Map<String, Object> body = Map.of("parameters", state.parameters);
            request = request.json(Json.bytes(out -> Json.write(out, body)));
        }
        return request;
    }

    /** An empty body is an answer without a value: methods that answer nothing have it. */
    @SuppressWarnings("NullAway") // which does not follow type arguments: null is what they allow
    static <T> ResponseReader<@Nullable T> body(JsonReader.Element<? extends @Nullable T> reader) {
        return response -> response.body().length == 0
                ? null
                : ResponseReader.<@Nullable T>json(reader).read(response);
    }

    /** The service, the method and what is between them, as {@code SoftLayer_Account::getHardware}. */
    @Override
    public String toString() {
        return String.join("::", state.path);
    }
}
