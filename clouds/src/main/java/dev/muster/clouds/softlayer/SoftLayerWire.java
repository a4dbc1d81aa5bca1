package dev.muster.clouds.softlayer;

import dev.muster.clouds.softlayer.SoftLayerFaults.Fault;
import dev.muster.core.Endpoint;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The service as it would be if it kept to HTTP. Errors that come with 200 or with a 500 for everything get the status that
 * says what they mean. A page of a list that is too heavy for the service, which is an internal error, is asked for again in
 * halves, and what was found to pass is remembered for the next pages of the same list. A list of one row that comes as the
 * bare row is a list again. Thread-safe.
 */
final class SoftLayerWire implements Endpoint.Wire {
    /** What is remembered is little; whoever asks for more kinds of lists than this asks for each once. */
    private static final int REMEMBERED = 1_000;

    private final Endpoint.Wire wire;
    private final Map<String, Integer> passing = new ConcurrentHashMap<>();

    SoftLayerWire(Endpoint.Wire wire) {
        this.wire = wire;
    }

    @Override
    public void prepare(URI address) {
        wire.prepare(address);
    }

    @Override
    public List<OriginLimit> limits() {
        return wire.limits();
    }

    @Override
    public HttpClient.Exchange send(HttpRequest request, HttpClient.Handler handler) {
        PageOfList page = PageOfList.of(request);
        if (page == null) {
            return wire.send(request, new HttpClient.Handler() {
                @Override
                public void done(HttpResponse response) {
                    handler.done(meant(response, null));
                }

                @Override
                public void failed(HttpException why) {
                    handler.failed(why);
                }
            });
        }
        return new PageExchange(this, page, handler).start();
    }

    HttpClient.Exchange sendPart(HttpRequest request, HttpClient.Handler handler) {
        return wire.send(request, handler);
    }

    /** How many rows of such a list the service was found to bear at once. */
    int passing(PageOfList page) {
        return passing.getOrDefault(page.list(), Integer.MAX_VALUE);
    }

    void passes(PageOfList page, int rows) {
        if (passing.size() < REMEMBERED) {
            passing.merge(page.list(), rows, Math::min);
        }
    }

    /** The answer with the status that it means, and with the rows that it was to hold. */
    static HttpResponse meant(HttpResponse response, @Nullable String rows) {
        int status = response.status();
        Fault fault = SoftLayerFaults.fault(response.body());
        if (fault != null && (status / 100 == 2 || status >= 500)) {
            status = fault.status();
        }
        Headers headers = rows == null || status / 100 == 2
                ? response.headers()
                : response.headers().and(SoftLayerFaults.ROWS, rows);
        return status == response.status() && headers == response.headers()
                ? response
                : new HttpResponse(status, headers, response.body(), response.timing());
    }
}
