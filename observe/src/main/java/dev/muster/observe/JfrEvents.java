package dev.muster.observe;

import dev.muster.http.HttpEvent;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * Requests and connections as events of the JDK's flight recorder: {@code dev.muster.Request} and {@code
 * dev.muster.Connection}, each as long as it lasted. Costs next to nothing while nobody records. Look at a recording with
 * {@code jfr summary}, {@code jfr print --events dev.muster.Request} or JDK Mission Control.
 */
public final class JfrEvents implements Consumer<HttpEvent> {
    private final Map<Long, RequestEvent> requests = new HashMap<>();
    private final Map<Long, ConnectionEvent> connections = new HashMap<>();

    /** A request, from when it was asked for to its end. */
    @Name("dev.muster.Request")
    @Label("HTTP Request")
    @Category("Muster")
    @StackTrace(false)
    static final class RequestEvent extends Event {
        @Label("Method")
        String method = "";

        @Label("Host")
        String host = "";

        @Label("Path")
        @Description("Without the query, which may hold a secret")
        String path = "";

        @Label("Status")
        @Description("Of the answer; 0 where there was none")
        int status;

        @Label("Body")
        @DataAmount
        long bodyBytes;

        @Label("Waited")
        @Description("For a place on the wire, until it was last written")
        @Timespan
        long waited;

        @Label("Connection")
        long connection;

        @Label("Times Sent")
        int sends;

        @Label("Hedged")
        @Description("Written twice because it was slow")
        boolean hedged;

        @Label("Requests Before It")
        @Description("Unanswered on the same connection when it was written")
        int ahead;

        @Label("Failure")
        String failure = "";

        private transient long queued;
    }

    /** A connection, from the first attempt to its end. */
    @Name("dev.muster.Connection")
    @Label("HTTP Connection")
    @Category("Muster")
    @StackTrace(false)
    static final class ConnectionEvent extends Event {
        @Label("Connection")
        long connection;

        @Label("Origin")
        String origin = "";

        @Label("Protocol")
        @Description("Empty where it could not be made")
        String protocol = "";

        @Label("Time to Connect")
        @Timespan
        long connecting;

        @Label("End")
        String end = "";

        private transient long begun;
    }

    @Override
    public void accept(HttpEvent event) {
        switch (event) {
            case HttpEvent.Queued e -> queued(e);
            case HttpEvent.Sent e -> {
                RequestEvent request = requests.get(e.request());
                if (request != null) {
                    request.sends++;
                    request.connection = e.connection();
                    request.ahead = e.ahead();
                    request.waited = e.nanos() - request.queued;
                }
            }
            case HttpEvent.Hedged e -> {
                RequestEvent request = requests.get(e.request());
                if (request != null) {
                    request.hedged = true;
                }
            }
            case HttpEvent.Done e -> {
                RequestEvent request = requests.remove(e.request());
                if (request != null) {
                    request.status = e.status();
                    request.bodyBytes = e.bodyBytes();
                    request.commit();
                }
            }
            case HttpEvent.Failed e -> {
                RequestEvent request = requests.remove(e.request());
                if (request != null) {
                    request.failure = String.valueOf(e.why().getMessage());
                    request.commit();
                }
            }
            case HttpEvent.Connecting e -> connecting(e);
            case HttpEvent.Connected e -> {
                ConnectionEvent connection = connections.get(e.connection());
                if (connection != null) {
                    connection.protocol = e.protocol();
                    connection.connecting = e.nanos() - connection.begun;
                }
            }
            case HttpEvent.ConnectFailed e ->
                ended(e.connection(), String.valueOf(e.why().getMessage()));
            case HttpEvent.Disconnected e -> ended(e.connection(), e.why());
            default -> {
                // The rest shows in the numbers of these.
            }
        }
    }

    private void queued(HttpEvent.Queued e) {
        RequestEvent request = new RequestEvent();
        if (!request.isEnabled()) {
            return;
        }
        request.begin();
        request.queued = e.nanos();
        request.method = e.value().method();
        URI uri = e.value().uri();
        request.host = uri.getAuthority();
        request.path = uri.getRawPath();
        requests.put(e.request(), request);
    }

    private void connecting(HttpEvent.Connecting e) {
        ConnectionEvent connection = new ConnectionEvent();
        if (!connection.isEnabled()) {
            return;
        }
        connection.begin();
        connection.begun = e.nanos();
        connection.connection = e.connection();
        connection.origin = e.origin();
        connections.put(e.connection(), connection);
    }

    private void ended(long number, String why) {
        ConnectionEvent connection = connections.remove(number);
        if (connection != null) {
            connection.end = why;
            connection.commit();
        }
    }
}
