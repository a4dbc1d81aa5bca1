package dev.muster.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.http.BodySource;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.sim.Failure;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** The same three requests, as each tool sees them: answered, refused, and without an answer. */
class ObserveTest {
    @RegisterExtension
    static final OpenTelemetryExtension TELEMETRY = OpenTelemetryExtension.create();

    private static final HttpRequest REQUEST = HttpRequest.get(URI.create("https://lab/x"));

    @TempDir
    Path folder;

    private static void three(Consumer<? super HttpEvent> listener) throws HttpException {
        try (SimOvirt engine = SimOvirt.start(SimOptions.defaults().vms(1));
                HttpClient client =
                        HttpClient.builder().connections(1).events(listener).build()) {
            URI origin = URI.create(engine.url()).resolve("/");
            client.get(HttpRequest.get(origin.resolve("/ovirt-engine/services/health")));
            client.get(HttpRequest.get(origin.resolve("/ovirt-engine/api/vms?max=3&access_token=verysecret"))
                    .header("Authorization", "Bearer verysecret"));
            engine.fail("/health", Failure.HANG_UP);
            assertThatThrownBy(() -> client.get(HttpRequest.get(origin.resolve("/ovirt-engine/services/health"))))
                    .isInstanceOf(HttpException.class);
        }
    }

    @Test
    void theFlightRecorderHasRequestsAndConnections() throws Exception {
        Path file = folder.resolve("run.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("dev.muster.Request").withoutThreshold();
            recording.enable("dev.muster.Connection").withoutThreshold();
            recording.start();
            three(new JfrEvents());
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        List<RecordedEvent> requests = events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.muster.Request"))
                .toList();
        assertThat(requests).extracting(event -> event.getInt("status")).containsExactlyInAnyOrder(200, 401, 0);
        assertThat(requests)
                .extracting(event -> event.getString("path"))
                .containsOnly("/ovirt-engine/services/health", "/ovirt-engine/api/vms");
        assertThat(requests)
                .filteredOn(event -> event.getInt("status") == 0)
                .allMatch(event -> !event.getString("failure").isEmpty() && event.getInt("sends") > 1);
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("dev.muster.Connection"))
                .isNotEmpty()
                .allMatch(event -> !event.getString("end").isEmpty());
    }

    @Test
    void micrometerHasTimersByOutcome() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        three(new MicrometerMetrics(registry, "lab"));
        assertThat(registry.get("http.client.requests")
                        .tag("outcome", "SUCCESS")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("http.client.requests")
                        .tag("status", "401")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("http.client.requests")
                        .tag("outcome", "UNKNOWN")
                        .timers())
                .singleElement()
                .satisfies(
                        timer -> assertThat(timer.getId().getTag("exception")).isNotEqualTo("none"));
        assertThat(registry.get("http.client.resends").counter().count()).isPositive();
        assertThat(registry.get("http.client.active.requests").gauge().value()).isZero();
        assertThat(registry.get("http.client.connections").gauge().value()).isZero();
        assertThat(registry.getMeters())
                .allMatch(meter -> "lab".equals(meter.getId().getTag("cloud")));
    }

    @Test
    void openTelemetryHasASpanForEach() throws Exception {
        three(new OpenTelemetryTraces(TELEMETRY.getOpenTelemetry(), Context.root(), "lab"));
        List<SpanData> spans = TELEMETRY.getSpans();
        assertThat(spans).hasSize(3).allMatch(span -> span.getName().equals("GET"));
        assertThat(spans).extracting(SpanData::getStatus).contains(StatusData.unset(), StatusData.error());
        assertThat(spans).allMatch(span -> span.getEndEpochNanos() >= span.getStartEpochNanos());
        assertThat(spans.toString()).contains("access_token=REDACTED").doesNotContain("verysecret");
    }

    @Test
    void theHarFileIsWholeAndHasNoSecret() throws Exception {
        Path file = folder.resolve("run.har");
        try (HarFile har = new HarFile(file, "muster test")) {
            three(har.of("lab"));
        }
        String text = Files.readString(file);
        assertThat(text)
                .contains("\"version\":\"1.2\"", "\"status\":200", "\"status\":401", "\"status\":0", "\"_error\":")
                .contains("max=3&access_token=REDACTED", "\"comment\":\"lab\"")
                .doesNotContain("verysecret");
        assertThat(text).contains("\"httpVersion\":\"HTTP/1.1\"", "{\"name\":\"Content-Type\",\"value\":");
        int entries = 0;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                entries +=
                        token == JsonToken.PROPERTY_NAME && parser.currentName().equals("startedDateTime") ? 1 : 0;
            }
        }
        assertThat(entries).isEqualTo(3);
    }

    @Test
    void whatTheAnswerSaidAndHowItCameIsInTheHarFileButNoSecret() throws Exception {
        Path file = folder.resolve("events.har");
        HttpRequest request = HttpRequest.get(URI.create("https://lab/x"));
        Headers headers = Headers.of(
                "Set-Cookie", "id=hush", "Location", "https://lab/back?token=hush", "Content-Type", "text/plain");
        try (HarFile har = new HarFile(file, "muster test")) {
            Consumer<HttpEvent> told = har.of("lab");
            told.accept(new HttpEvent.Connected(1, 7, "h2"));
            told.accept(new HttpEvent.Queued(2, 1, request));
            told.accept(new HttpEvent.Queued(2, 2, request));
            told.accept(new HttpEvent.Shared(2, 2, 1));
            told.accept(new HttpEvent.Sent(3, 1, 7, 0));
            told.accept(new HttpEvent.Hedged(4, 1, 8, 1));
            told.accept(new HttpEvent.FirstByte(5, 1));
            told.accept(new HttpEvent.Done(6, 1, 302, headers, 0));
            told.accept(new HttpEvent.Done(6, 2, 302, headers, 0));
        }
        assertThat(Files.readString(file))
                .contains("\"httpVersion\":\"HTTP/2\"", "\"mimeType\":\"text/plain\"")
                .contains("{\"name\":\"Set-Cookie\",\"value\":\"REDACTED\"}")
                .contains("\"redirectURL\":\"https://lab/back?REDACTED\"")
                .contains("\"connection\":\"7\"", "\"comment\":\"lab, asked twice because it was slow\"")
                .contains("\"comment\":\"lab, the answer of an equal request\"")
                .doesNotContain("hush");
    }

    @Test
    void whatWasAskedTwiceIsCounted() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MicrometerMetrics metrics = new MicrometerMetrics(registry, "lab");
        metrics.accept(new HttpEvent.Queued(2, 1, HttpRequest.get(URI.create("https://lab/x"))));
        metrics.accept(new HttpEvent.Sent(3, 1, 7, 0));
        metrics.accept(new HttpEvent.Hedged(4, 1, 8, 1));
        metrics.accept(new HttpEvent.Done(6, 1, 200, Headers.none(), 0));
        assertThat(registry.get("http.client.hedges").counter().count()).isEqualTo(1);
        assertThat(registry.get("http.client.resends").counter().count()).isZero();
    }

    @Test
    void whatSharedAnAnswerIsNoAnswerOfTheServer() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MicrometerMetrics metrics = new MicrometerMetrics(registry, "lab");
        metrics.accept(new HttpEvent.Queued(2, 1, REQUEST));
        metrics.accept(new HttpEvent.Queued(2, 2, REQUEST));
        metrics.accept(new HttpEvent.Shared(2, 2, 1));
        metrics.accept(new HttpEvent.Sent(3, 1, 7, 0));
        metrics.accept(new HttpEvent.Done(1_003, 1, 200, Headers.none(), 0));
        metrics.accept(new HttpEvent.Done(1_003, 2, 200, Headers.none(), 0));
        assertThat(registry.get("http.client.requests").timer().count()).isEqualTo(1);
        assertThat(registry.get("http.client.requests").timer().mean(TimeUnit.NANOSECONDS))
                .isEqualTo(1_000);
        assertThat(registry.get("http.client.active.requests").gauge().value()).isZero();
    }

    @Test
    void theNextClientOfACloudIsInItsGaugesToo() {
        MeterRegistry registry = new SimpleMeterRegistry();
        MicrometerMetrics first = new MicrometerMetrics(registry, "lab");
        first.accept(new HttpEvent.Connected(1, 1, "h2"));
        first.accept(new HttpEvent.Disconnected(2, 1, "closed"));
        MicrometerMetrics next = new MicrometerMetrics(registry, "lab");
        next.accept(new HttpEvent.Connected(3, 1, "h2"));
        next.accept(new HttpEvent.Queued(3, 1, REQUEST));
        new MicrometerMetrics(registry, "other").accept(new HttpEvent.Connected(3, 1, "h2"));
        assertThat(gauge(registry, "http.client.connections")).isEqualTo(1);
        assertThat(gauge(registry, "http.client.active.requests")).isEqualTo(1);
    }

    private static double gauge(MeterRegistry registry, String name) {
        return registry.get(name).tag("cloud", "lab").gauge().value();
    }

    @Test
    void aSpanKeepsToTheConventions() {
        OpenTelemetryTraces traces = new OpenTelemetryTraces(TELEMETRY.getOpenTelemetry(), Context.root(), "lab");
        traces.accept(new HttpEvent.Connected(1, 7, "h2"));
        traces.accept(new HttpEvent.Queued(2, 1, HttpRequest.of("PURGE", URI.create("https://[::1]:8443/x"))));
        traces.accept(new HttpEvent.Sent(3, 1, 7, 0));
        traces.accept(new HttpEvent.Done(4, 1, 200, Headers.none(), 5_000));
        traces.accept(new HttpEvent.Queued(5, 2, REQUEST));
        traces.accept(new HttpEvent.Done(6, 2, 200, Headers.of("Content-Length", "12"), 12));
        SpanData odd = TELEMETRY.getSpans().getFirst();
        assertThat(odd.getName()).isEqualTo("HTTP");
        assertThat(odd.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("http.request.method"), "_OTHER")
                .containsEntry(AttributeKey.stringKey("http.request.method_original"), "PURGE")
                .containsEntry(AttributeKey.stringKey("server.address"), "::1")
                .containsEntry(AttributeKey.stringKey("network.protocol.version"), "2")
                // Decompressed: how much was transferred is not known.
                .doesNotContainKey(AttributeKey.longKey("http.response.body.size"));
        assertThat(TELEMETRY.getSpans().getLast().getAttributes().asMap())
                .containsEntry(AttributeKey.longKey("http.response.body.size"), 12L)
                .doesNotContainKey(AttributeKey.stringKey("network.protocol.version"));
    }

    @Test
    void aBodyThatIsReadWhileItIsSentHasItsSizeInTheHarFile() throws Exception {
        Path file = folder.resolve("sent.har");
        try (HarFile har = new HarFile(file, "muster test")) {
            Consumer<HttpEvent> told = har.of("lab");
            BodySource unknown = BodySource.stream(InputStream.nullInputStream(), -1);
            BodySource known = BodySource.stream(InputStream.nullInputStream(), 12);
            told.accept(new HttpEvent.Queued(2, 1, REQUEST.body(unknown)));
            told.accept(new HttpEvent.Queued(2, 2, REQUEST.body(known)));
            told.accept(new HttpEvent.Done(6, 1, 200, Headers.none(), 0));
            told.accept(new HttpEvent.Done(6, 2, 200, Headers.none(), 0));
        }
        assertThat(Files.readString(file).split("\"queryString\":\\[]", -1)[1])
                .startsWith(",\"headersSize\":-1,\"bodySize\":-1}");
        assertThat(Files.readString(file)).contains("\"headersSize\":-1,\"bodySize\":12}");
    }

    @Test
    void aHarFileThatCannotBeMadeIsToldAtOnce() {
        assertThatThrownBy(() -> new HarFile(folder.resolve("no/such/folder/run.har"), "muster test").close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aHarFileThatCannotBeWrittenKeepsNothing() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        HarFile har = new HarFile(full, "muster test");
        Consumer<HttpEvent> told = har.of("lab");
        List<WeakReference<HttpRequest>> requests = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            HttpRequest request = HttpRequest.get(URI.create("https://lab/x"));
            requests.add(new WeakReference<>(request));
            told.accept(new HttpEvent.Queued(1, i, request));
            told.accept(new HttpEvent.Done(2, i, 200, Headers.none(), 0));
        }
        for (int i = 0; i < 100 && requests.stream().anyMatch(request -> request.get() != null); i++) {
            System.gc();
        }
        assertThat(requests).filteredOn(request -> request.get() != null).isEmpty();
        assertThatThrownBy(har::close)
                .hasMessage("/dev/full could not be written to its end: No space left on device")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void namesTellSecrets() {
        assertThat(List.of(
                        "Authorization",
                        "X-Auth-Token",
                        "Set-Cookie",
                        "X-Amz-Signature",
                        "sig",
                        "temp_url_sig",
                        "key",
                        "api_key",
                        "AWSAccessKeyId",
                        "pwd",
                        "session_id",
                        "JSESSIONID",
                        "password"))
                .allMatch(Secrets::named);
        assertThat(List.of("max", "marker", "search", "Accept", "keyword", "design", "Content-Type", "Session-TTL"))
                .noneMatch(Secrets::named);
    }

    @Test
    void aNameIsNotHiddenByEscapes() {
        URI uri = URI.create("https://lab/?pass%77ord=verysecret&X-Amz-Signatur%65=verysecret&max%3d=3");
        assertThat(Secrets.query(uri)).isEqualTo("pass%77ord=REDACTED&X-Amz-Signatur%65=REDACTED&max%3d=3");
    }
}
