package dev.muster.ovirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.Json;
import dev.muster.core.JsonReader;
import dev.muster.core.MusterException;
import dev.muster.core.RowCollector;
import dev.muster.core.Table;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.ovirt.types.Action;
import dev.muster.ovirt.types.Cluster;
import dev.muster.ovirt.types.Template;
import dev.muster.ovirt.types.Vm;
import dev.muster.sim.SimCloud;
import dev.muster.sim.SimOptions;
import dev.muster.sim.ovirt.SimOvirt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class XmlWireTest {
    private static final SimOptions OPTIONS = SimOptions.defaults().vms(12);

    private static Ovirt connect(SimCloud engine) {
        return Ovirt.at(engine.uri().toString())
                .username(engine.login().user())
                .password(engine.login().password())
                .connect();
    }

    private static String json(String xml) throws XMLStreamException {
        return new String(XmlAnswer.json(xml.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void everyTableIsTheSameFromXmlAsFromJson() {
        try (SimOvirt json = SimOvirt.start(OPTIONS);
                SimOvirt xml = SimOvirt.startXmlOnly(OPTIONS);
                Ovirt one = connect(json);
                Ovirt other = connect(xml)) {
            RowCollector expected = new RowCollector();
            RowCollector found = new RowCollector();
            Inventory.of(List.of(one)).get(expected);
            InventoryReport report = Inventory.of(List.of(other)).get(found);
            assertThat(report.complete()).as(report.toString()).isTrue();
            for (Table table : OvirtProvider.TABLES) {
                assertThat(values(found, table)).as(table.name()).isEqualTo(values(expected, table));
            }
        }
    }

    /** The values in the order of the columns; inside columns of JSON, XML has other orders, and texts for numbers. */
    private static List<String> values(RowCollector rows, Table table) {
        return rows.rows("ovirt", table.name()).stream()
                .flatMap(row ->
                        table.columns().stream().map(column -> column.name() + " " + plain(row.get(column.name()))))
                .toList();
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "-";
            case Json json -> {
                try (JsonReader in = JsonReader.of(json.text())) {
                    yield plain(in.value());
                }
            }
            case Map<?, ?> map -> {
                Map<String, String> sorted = new TreeMap<>();
                map.forEach((name, field) -> sorted.put(name.toString(), plain(field)));
                yield sorted.toString();
            }
            case List<?> list -> list.stream().map(XmlWireTest::plain).toList().toString();
            default -> value.toString();
        };
    }

    @Test
    void typedCallsReadXmlIntoTheSameRecords() {
        try (SimOvirt json = SimOvirt.start(OPTIONS);
                SimOvirt xml = SimOvirt.startXmlOnly(OPTIONS);
                Ovirt one = connect(json);
                Ovirt other = connect(xml)) {
            String[] links = {"nics", "disk_attachments.disk", "permissions", "cluster", "statistics"};
            List<Vm> expected = one.vms().list().follow(links).get();
            assertThat(other.vms().list().follow(links).get()).isEqualTo(expected);
            assertThat(other.hosts().list().get()).isEqualTo(one.hosts().list().get());
            assertThat(other.clusterLevels().list().get())
                    .isEqualTo(one.clusterLevels().list().get());
            assertThat(other.get().get().productInfo())
                    .isEqualTo(one.get().get().productInfo());
            assertThat(other.vms().list().search("name=nothing-is-called-so").get())
                    .isEmpty();
            assertThat(other.vms().list().search("sortby name").pageSize(5).stream()
                            .map(Vm::id)
                            .toList())
                    .hasSize(12);
        }
    }

    @Test
    void actionsAdditionsAndFaultsAreReadToo() {
        try (SimOvirt xml = SimOvirt.startXmlOnly(OPTIONS);
                Ovirt ovirt = connect(xml)) {
            Vm added = ovirt.vms()
                    .add(Vm.builder()
                            .name("a<b&c")
                            .cluster(Cluster.ofId(
                                    ovirt.clusters().list().get().getFirst().id()))
                            .template(Template.ofName("Blank"))
                            .build())
                    .get();
            assertThat(added.name()).isEqualTo("a<b&c");
            Action started = ovirt.vms().vm(added.id()).startVm().get();
            assertThat(started.status()).isEqualTo("complete");
            assertThat(started.job()).isNotNull();
            assertThatThrownBy(() -> ovirt.vms().vm(added.id()).startVm().get())
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessageContaining("Operation Failed: [Cannot run VM");
            assertThatThrownBy(() -> ovirt.jobs().list().query("search", "x").get())
                    .isInstanceOf(MusterException.class);
        }
    }

    @Test
    void whatTheModelDoesNotKnowSurvives() throws XMLStreamException {
        assertThat(json(
                        "<?xml version=\"1.0\"?><!-- c --><nics><nic id=\"1\" href=\"/n/1\"><name>a &amp; <![CDATA[<b>]]></name>"
                                + "<link rel=\"statistics\" href=\"/s\"/><link rel=\"x\" href=\"/x\"/>"
                                + "<mac><address>56:6f</address></mac><novel>1</novel>"
                                + "<box><a>1</a><a>2</a><b/></box></nic></nics>"))
                .isEqualTo(
                        "{\"nic\":[{\"id\":\"1\",\"href\":\"/n/1\",\"name\":\"a & <b>\",\"link\":[{\"rel\":\"statistics\","
                                + "\"href\":\"/s\"},{\"rel\":\"x\",\"href\":\"/x\"}],\"mac\":{\"address\":\"56:6f\"},"
                                + "\"novel\":\"1\",\"box\":{\"a\":[\"1\",\"2\"],\"b\":\"\"}}]}");
        assertThat(json("<vms/>")).isEqualTo("{}");
        assertThat(json("<bookshelf><book/></bookshelf>")).isEqualTo("{\"book\":\"\"}");
    }

    @Test
    void neitherEntitiesNorDepthAreFollowed() {
        assertThatThrownBy(() ->
                        json("<!DOCTYPE vms [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><vms><vm>&x;</vm></vms>"))
                .isInstanceOf(XMLStreamException.class);
        assertThatThrownBy(() -> json("<vms>" + "<vm>".repeat(5000)))
                .isInstanceOf(XMLStreamException.class)
                .hasMessageContaining("elements deep");
    }

    @Test
    void brokenXmlIsToldAndJsonIsLeftAlone() {
        CompletableFuture<HttpResponse> broken = answered("application/xml;charset=UTF-8", "<vms><vm></vms>");
        assertThatThrownBy(broken::join)
                .hasCauseInstanceOf(HttpException.Malformed.class)
                .hasMessageContaining("HTTP 200 came with XML that is not well-formed");
        // What the parser finds out only when the text is asked for.
        for (String field : List.of("name", "unknown_to_the_model")) {
            String document = "<vms><vm><%s>a&nbsp;b</%s></vm></vms>".formatted(field, field);
            assertThatThrownBy(answered("application/xml", document)::join)
                    .hasCauseInstanceOf(HttpException.Malformed.class);
        }
        assertThat(answered("application/json", "<not looked at>").join().text())
                .isEqualTo("<not looked at>");
        assertThat(answered("text/html", "<html>").join().text()).isEqualTo("<html>");
    }

    private static CompletableFuture<HttpResponse> answered(String type, String body) {
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        var _ = new XmlWire((request, handler) -> {
                    handler.done(new HttpResponse(
                            200,
                            Headers.of("Content-Type", type),
                            body.getBytes(StandardCharsets.UTF_8),
                            new HttpResponse.Timing(0, 0, 1, 0)));
                    return () -> {};
                })
                .send(HttpRequest.get(URI.create("http://engine/api")), new HttpClient.Handler() {
                    @Override
                    public void done(HttpResponse response) {
                        answer.complete(response);
                    }

                    @Override
                    public void failed(HttpException why) {
                        answer.completeExceptionally(why);
                    }
                });
        return answer;
    }
}
