package dev.muster.ovirt;

import dev.muster.core.Endpoint;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.http.OriginLimit;
import java.net.URI;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/**
 * An engine asked for JSON that answers XML, as some old ones and some that stand in front of others do: what comes is
 * handed on as the JSON that it should have been, faults as well. JSON passes through untouched.
 */
record XmlWire(Endpoint.Wire wire) implements Endpoint.Wire {

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
        return wire.send(request, new HttpClient.Handler() {
            @Override
            public void done(HttpResponse response) {
                if (isXml(response)) {
                    translate(response, handler);
                } else {
                    handler.done(response);
                }
            }

            @Override
            public void failed(HttpException why) {
                handler.failed(why);
            }
        });
    }

    private static boolean isXml(HttpResponse response) {
        String type = response.headers().first("Content-Type");
        return response.body().length > 0 && type != null && (is("application/xml", type) || is("text/xml", type));
    }

    /** Whether a header names that type, with parameters or without: {@code text/xmlish} is another. */
    private static boolean is(String wanted, String type) {
        int end = wanted.length();
        return type.regionMatches(true, 0, wanted, 0, end)
                && (type.length() == end || "; \t".indexOf(type.charAt(end)) >= 0);
    }

    private static void translate(HttpResponse xml, HttpClient.Handler handler) {
        HttpResponse json;
        try {
            json = new HttpResponse(
                    xml.status(), xml.headers(), XmlAnswer.json(xml.body()), xml.timing(), xml.trailers());
        } catch (XMLStreamException e) {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            handler.failed(new HttpException.Malformed(
                    "HTTP " + xml.status() + " came with XML that is not well-formed: " + what, e));
            return;
        }
        handler.done(json);
    }
}
