package dev.muster.core;

import dev.muster.core.MusterException.Place;
import dev.muster.core.internal.Faults;
import dev.muster.core.internal.PageReader;
import dev.muster.core.internal.PageStep;
import dev.muster.core.internal.Task;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A cloud's API as something to call: it knows who we are there, where each service is, renews what has expired once, and
 * turns every failure into a {@link MusterException} that names cloud and request. Thread-safe.
 */
public final class Endpoint {
    private final String cloud;
    private final Wire wire;
    private final Session session;
    private final FaultReader faults;
    private final Traffic traffic;

    /** What carries requests: an {@link HttpClient}, or whatever stands in for the network. */
    @FunctionalInterface
    public interface Wire {
        /** Sends at once, and calls one method of the handler, once, on a thread that may take its time. */
        HttpClient.Exchange send(HttpRequest request, HttpClient.Handler handler);

        /** Work for the server at this address is about to come. */
        default void prepare(URI address) {}

        /** How much each server is asked at once, and why; empty where that is not known. */
        default List<OriginLimit> limits() {
            return List.of();
        }

        /** An engine as a wire. */
        static Wire of(HttpClient http) {
            return new Wire() {
                @Override
                public HttpClient.Exchange send(HttpRequest request, HttpClient.Handler handler) {
                    CompletableFuture<HttpResponse> answer = http.start(request);
                    var _ = answer.whenComplete((response, why) -> {
                        if (response != null) {
                            handler.done(response);
                        } else {
                            handler.failed(
                                    why instanceof HttpException told
                                            ? told
                                            : new HttpException.Closed(request + ": cancelled"));
                        }
                    });
                    return () -> answer.cancel(true);
                }

                @Override
                public void prepare(URI address) {
                    http.prepare(address);
                }

                @Override
                public List<OriginLimit> limits() {
                    return http.limits();
                }
            };
        }
    }

    /**
     * @param cloud the configured name, for messages
     * @param wire carries the requests, as {@link Wire#of}; stays the caller's to close
     * @param faults finds the cloud's own words in its errors
     * @param traffic counts what is asked here
     */
    public Endpoint(String cloud, Wire wire, Session session, FaultReader faults, Traffic traffic) {
        this.cloud = cloud;
        this.wire = wire;
        this.session = session;
        this.faults = faults;
        this.traffic = traffic;
    }

    /** The cloud's configured name. */
    public String cloud() {
        return cloud;
    }

    /** Everything asked here so far, and at every {@link #counting} of it. */
    public Traffic traffic() {
        return traffic;
    }

    /** How much each server is asked at once, and why. */
    List<OriginLimit> limits() {
        return wire.limits();
    }

    /** The same endpoint with its traffic counted apart as well. */
    public Endpoint counting(Traffic part) {
        return new Endpoint(cloud, wire, session, faults, part);
    }

    /** Says that calls are about to come: whoever is not logged in logs in. If that fails, the calls tell. */
    void prepare() {
        var _ = session.grant();
    }

    /** Says that many calls to a service are about to come, so that connections are opened while there is time. */
    public void prepare(String service) {
        session.grant().thenAccept(grant -> {
            URI base = grant.services().get(service);
            if (base != null) {
                wire.prepare(base);
            }
        });
    }

    /** An operation: its request, and how its answer is read. Sends nothing yet. */
    public <T> Call<T> call(ApiRequest request, ResponseReader<? extends T> reader) {
        return () -> {
            Task<T> task = new Task<>();
            withGrant(task, request, reader, true);
            return task;
        };
    }

    /** An operation that answers with one JSON value. */
    public <T> Call<T> json(ApiRequest request, JsonReader.Element<? extends T> value) {
        return call(request.header("Accept", "application/json"), ResponseReader.json(value));
    }

    /**
     * A list operation with rows of a type.
     *
     * @param key gives a row's key, for paging by marker; unused otherwise
     */
    public <T> Listing<T> list(ListRequest list, JsonReader.Element<? extends T> row, Function<? super T, String> key) {
        PageReader<T> reader = new PageReader<>(list, row);
        return () -> page(PageStep.first(list), reader, key);
    }

    private <T> Call<Listing.Page<T>> page(PageStep step, PageReader<T> reader, Function<? super T, String> key) {
        return call(step.request(), reader).map(read -> {
            String last = read.rows().isEmpty() ? null : key.apply(read.rows().getLast());
            PageStep next = step.after(read, last);
            return new Listing.Page<>(read.rows(), next == null ? null : page(next, reader, key));
        });
    }

    private <T> void withGrant(Task<T> task, ApiRequest request, ResponseReader<? extends T> reader, boolean mayRenew) {
        session.grant().whenComplete((grant, failure) -> {
            if (failure != null) {
                task.completeExceptionally(ofSession(failure));
            } else {
                send(task, request, reader, grant, mayRenew);
            }
        });
    }

    private <T> void send(
            Task<T> task,
            ApiRequest request,
            ResponseReader<? extends T> reader,
            Session.Grant grant,
            boolean mayRenew) {
        if (task.isDone()) {
            return;
        }
        Place place = new Place(cloud, request.toString());
        HttpRequest sent;
        try {
            sent = toHttp(request, grant, place);
        } catch (RuntimeException e) {
            task.completeExceptionally(Faults.placed(place, e));
            return;
        }
        traffic.asked();
        // Before it is sent: its answer may be a 401, and another request then be what is to be cancelled.
        CompletableFuture<HttpClient.Exchange> underWay = new CompletableFuture<>();
        task.onCancel(() -> {
            var _ = underWay.thenAccept(HttpClient.Exchange::cancel);
        });
        HttpClient.Handler handler = new HttpClient.Handler() {
            @Override
            public void done(HttpResponse response) {
                answered(task, request, reader, grant, mayRenew, place, response);
            }

            @Override
            public void failed(HttpException why) {
                task.completeExceptionally(Faults.of(place, why));
            }
        };
        try {
            underWay.complete(wire.send(sent, handler));
        } catch (Throwable e) {
            // Whoever waits must hear of it.
            task.completeExceptionally(Faults.placed(place, e));
        }
    }

    /** What a log-in did not find says nothing of whether there is what was asked for. */
    private static RuntimeException ofSession(Throwable failure) {
        RuntimeException why = Task.unwrap(failure);
        if (!(why instanceof MusterException.Rejected e) || !e.notFound()) {
            return why;
        }
        Place place = e.request() == null ? null : new Place(String.valueOf(e.cloud()), e.request());
        return new MusterException.Rejected(place, String.valueOf(e.getMessage()), e);
    }

    private <T> void answered(
            Task<T> task,
            ApiRequest request,
            ResponseReader<? extends T> reader,
            Session.Grant grant,
            boolean mayRenew,
            Place place,
            HttpResponse response) {
        traffic.answered(response);
        if (response.status() == 401 && mayRenew) {
            session.renew(grant).whenComplete((fresh, failure) -> {
                if (failure != null) {
                    task.completeExceptionally(ofSession(failure));
                } else if (isSame(fresh, grant)) {
                    finish(task, reader, place, response);
                } else {
                    send(task, request, reader, fresh, false);
                }
            });
            return;
        }
        finish(task, reader, place, response);
    }

    @SuppressWarnings("ReferenceEquality") // the very grant: another log-in may have given an equal one
    private static boolean isSame(Session.Grant fresh, Session.Grant stale) {
        return fresh == stale;
    }

    private <T> void finish(Task<T> task, ResponseReader<? extends T> reader, Place place, HttpResponse response) {
        try {
            if (response.status() / 100 != 2) {
                throw Faults.of(place, response, faults);
            }
            task.complete(reader.read(response));
        } catch (Throwable e) {
            // Errors too, as of a value nested too deep: whoever waits must hear of them.
            task.completeExceptionally(Faults.placed(place, e));
        }
    }

    private HttpRequest toHttp(ApiRequest request, Session.Grant grant, Place place) {
        URI base = grant.services().get(request.service());
        if (base == null) {
            throw new MusterException.Rejected(
                    place,
                    "the cloud has no service '" + request.service() + "'"
                            + (grant.scope().isEmpty() ? "" : " (" + grant.scope() + ")") + "; it has "
                            + String.join(", ", grant.services().keySet()));
        }
        String query = request.query().isEmpty() ? "" : '?' + request.query();
        HttpRequest http = HttpRequest.of(request.method(), base)
                .target(base.getRawPath() + request.path() + query)
                .headers(grant.headers())
                .headers(request.headers());
        return request.body() == null ? http : http.body(request.body());
    }
}
