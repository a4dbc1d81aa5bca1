package dev.muster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoLeaks.class)
final class EventsTest {
    @Test
    void everyBeginningHasItsEndWhateverTheServerDoes() throws Exception {
        ConcurrentLinkedQueue<HttpEvent> events = new ConcurrentLinkedQueue<>();
        Random random = new Random(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            for (Peer.Request request = peer.read(); request != null; request = peer.read()) {
                int dice;
                synchronized (random) {
                    dice = random.nextInt(40);
                }
                switch (dice) {
                    case 0 -> peer.reset();
                    case 1 -> peer.answer(request.path(), "Connection: close");
                    case 2 -> peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut");
                    case 3 -> peer.write("garbage\r\n\r\n");
                    case 4, 5 -> peer.write("HTTP/1.1 429 Later\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
                    default -> peer.answer(request.path());
                }
                if (dice < 4) {
                    return;
                }
            }
        })) {
            Outcomes outcomes = new Outcomes();
            HttpClient client = HttpClient.builder()
                    .connections(3)
                    .pipeline(4)
                    .events(events::add)
                    .build();
            List<HttpClient.Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                exchanges.add(client.send(server.get("/" + i), outcomes.next()));
            }
            outcomes.await(300);
            exchanges.subList(200, 400).forEach(HttpClient.Exchange::cancel);
            client.close();
        }
        assertThat(events).isNotEmpty();
        checkRequests(events, 400);
        checkConnections(events);
    }

    @Test
    void whatIsAskedForAfterTheEndIsToldToNobodyButItsCaller() {
        ConcurrentLinkedQueue<HttpEvent> events = new ConcurrentLinkedQueue<>();
        HttpClient client = HttpClient.builder().events(events::add).build();
        client.close();
        assertThatThrownBy(() -> client.get(HttpRequest.get(URI.create("http://127.0.0.1:1/"))))
                .isInstanceOf(HttpException.Closed.class);
        assertThat(events).isEmpty();
    }

    /** Whatever happens to a request, the one event that ends it comes last. */
    static void checkRequests(Iterable<HttpEvent> events, int count) {
        Map<Long, String> traces = new HashMap<>();
        for (HttpEvent event : events) {
            switch (event) {
                case HttpEvent.Queued e -> trace(traces, e.request(), "Q");
                case HttpEvent.Sent e -> trace(traces, e.request(), "S");
                case HttpEvent.FirstByte e -> trace(traces, e.request(), "b");
                case HttpEvent.Resent e -> trace(traces, e.request(), "R");
                case HttpEvent.Throttled e -> trace(traces, e.request(), "T");
                case HttpEvent.Hedged e -> trace(traces, e.request(), "H");
                case HttpEvent.Shared e -> trace(traces, e.request(), "W");
                case HttpEvent.Done e -> trace(traces, e.request(), "D");
                case HttpEvent.Failed e -> trace(traces, e.request(), "F");
                default -> {}
            }
        }
        assertThat(traces).hasSize(count);
        assertThat(traces.values()).allMatch(trace -> trace.matches("Q((Sb?(Hb?)?R|SbT)*(Sb?(Hb?)?[DF]|F)|W.*[DF])"));
        // Only an equal request's answer comes to one that was never answered itself.
        assertThat(traces.values()).noneMatch(trace -> trace.endsWith("D") && trace.matches("[^bW]*"));
        assertThat(traces.values()).allMatch(trace -> trace.matches("[^DF]*[DF]"));
    }

    private static void checkConnections(Iterable<HttpEvent> events) {
        Map<Long, String> traces = new HashMap<>();
        for (HttpEvent event : events) {
            switch (event) {
                case HttpEvent.Connecting e -> trace(traces, e.connection(), "c");
                case HttpEvent.Connected e -> trace(traces, e.connection(), "C");
                case HttpEvent.ConnectFailed e -> trace(traces, e.connection(), "f");
                case HttpEvent.Disconnected e -> trace(traces, e.connection(), "D");
                default -> {}
            }
        }
        assertThat(traces.values()).allMatch(trace -> trace.matches("cCD|cf"));
    }

    private static void trace(Map<Long, String> traces, long number, String step) {
        traces.merge(number, step, String::concat);
    }

    @Test
    void theQueueAndTheWireAreTimedApart() throws Exception {
        ConcurrentLinkedQueue<HttpEvent> events = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = ScriptedServer.echo();
                HttpClient client = HttpClient.builder()
                        .connections(1)
                        .pipeline(3)
                        .events(events::add)
                        .build()) {
            client.get(server.get("/first"));
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < 3; i++) {
                client.send(server.get("/" + i), outcomes.next());
            }
            for (Outcomes.Outcome outcome : outcomes.await(3)) {
                HttpResponse.Timing timing = outcome.response().timing();
                assertThat(timing.queued()).isNotNegative();
                assertThat(timing.wire()).isPositive();
                assertThat(timing.sends()).isEqualTo(1);
            }
        }
        assertThat(events.stream()
                        .filter(HttpEvent.Sent.class::isInstance)
                        .map(event -> ((HttpEvent.Sent) event).connection())
                        .distinct())
                .hasSize(1);
    }
}
