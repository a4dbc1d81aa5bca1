package dev.muster.sim.softlayer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.Clients;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimSoftLayerTest {
    private final SimSoftLayer cloud = SimSoftLayer.start(SimOptions.defaults().vms(40));

    @AfterEach
    void close() {
        cloud.close();
    }

    private static HttpResponse<String> get(SimSoftLayer cloud, String path, String... query) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < query.length; i += 2) {
            pairs.add(query[i] + '=' + URLEncoder.encode(query[i + 1], StandardCharsets.UTF_8));
        }
        return Clients.send(
                "GET",
                URI.create(cloud.url() + path + '?' + String.join("&", pairs)),
                "",
                "Authorization",
                Clients.basic(cloud).substring("Authorization: ".length()));
    }

    private HttpResponse<String> get(String path, String... query) {
        return get(cloud, path, query);
    }

    @SuppressWarnings("unchecked") // rows are objects
    private static List<Map<String, Object>> rows(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return (List<Map<String, Object>>) Json.tree(response.body().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mask[id]                                | id
            id,datacenter.name                      | id datacenter{name}
            mask[datacenter[name]]                  | * datacenter{name}
            mask.id,mask.datacenter.name            | id datacenter{name}
            [mask[id],mask(SoftLayer_Virtual_Guest)[datacenter[id,name]]] | id datacenter{id name}
            id;status.name                          | id status{name}
            filteredMask[id,networkVlanCount]       | id networkVlanCount
            """)
    void masksAreProjected(String mask, String shown) {
        Map<String, Object> row = rows(get("/SoftLayer_Account/getVirtualGuests.json", "objectMask", mask))
                .getFirst();
        assertThat(shape(row)).isEqualTo(shown);
    }

    private static String shape(Map<?, ?> object) {
        List<String> names = new ArrayList<>();
        boolean all = object.containsKey("uuid");
        if (all) {
            names.add("*");
        }
        object.forEach((name, value) -> {
            if (value instanceof Map<?, ?> map) {
                names.add(name + "{" + shape(map) + "}");
            } else if (!all) {
                names.add(String.valueOf(name));
            }
        });
        return String.join(" ", names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"hostname":{"operation":"web-1"}}                                | 1
            {"hostname":{"operation":"_= WEB-1"}}                             | 1
            {"hostname":{"operation":"^= web"}}                               | 8
            {"hostname":{"operation":"!^= web"}}                              | 32
            {"hostname":{"operation":"$= -1"}}                                | 1
            {"hostname":{"operation":"*= eb-1"}}                              | 3
            {"hostname":{"operation":"~ ^[dw]e?b-[0-9]$"}}                    | 4
            {"maxCpu":{"operation":">= 1"}}                                   | 40
            {"maxCpu":{"operation":"> 8"}}                                    | 0
            {"id":{"operation":20000000}}                                     | 1
            {"id":{"operation":"< 20000014"}}                                 | 2
            {"notes":{"operation":"not null"}}                                | 6
            {"notes":{"operation":"is null"}}                                 | 34
            {"datacenter":{"name":{"operation":"in","options":[{"name":"data","value":["dal05","sng01"]}]}}} | 20
            {"datacenter":{"name":{"operation":"not in","options":[{"name":"data","value":["dal05"]}]}}} | 30
            {"tagReferences":{"tag":{"name":{"operation":"gpu"}}}}            | 3
            {"createDate":{"operation":"> sysdate - 1"}}                      | 23
            {"createDate":{"operation":"betweenDate","options":[{"name":"startDate","value":["12/31/2025 20:00:00"]},{"name":"endDate","value":["12/31/2025 22:00:00"]}]}} | 3
            {"hostname":{"operation":"or","options":[{"name":"data","value":["web-1","db-2"]}]}} | 2
            {"hostname":{"operation":"in"}}                                   | 40
            {"nothing":5}                                                     | 40
            """)
    void filtersAreAppliedAndMalformedOnesIgnored(String filter, int rows) {
        HttpResponse<String> response = get(
                "/SoftLayer_Account/VirtualGuests.json",
                "objectFilter",
                "{\"virtualGuests\":" + filter + "}",
                "objectMask",
                "id");
        assertThat(rows(response)).hasSize(rows);
        assertThat(response.headers().firstValue("SoftLayer-Total-Items")).hasValue(String.valueOf(rows));
    }

    @Test
    void pagesOverlapUnlessTheyAreAskedForInAnOrder() {
        Set<Object> unordered = new HashSet<>();
        List<Object> ordered = new ArrayList<>();
        String order =
                "{\"virtualGuests\":{\"id\":{\"operation\":\"orderBy\",\"options\":[{\"name\":\"sort\",\"value\":[\"DESC\"]}]}}}";
        for (int offset = 0; offset < 40; offset += 10) {
            String limit = offset + ",10";
            rows(get("/SoftLayer_Account/getVirtualGuests.json", "resultLimit", limit))
                    .forEach(row -> unordered.add(row.get("id")));
            rows(get("/SoftLayer_Account/getVirtualGuests.json", "resultLimit", limit, "objectFilter", order))
                    .forEach(row -> ordered.add(row.get("id")));
        }
        assertThat(unordered).hasSizeLessThan(40);
        assertThat(ordered).hasSize(40).doesNotHaveDuplicates();
        assertThat(ordered.getFirst()).isEqualTo(20_000_273L);
    }

    @Test
    void aListLimitedToOneRowIsThatRow() {
        assertThat(get("/SoftLayer_Account/getVirtualGuests.json", "resultLimit", "3,1", "objectMask", "id")
                        .body())
                .startsWith("{\"id\":");
    }

    @Test
    void whatIsTooHeavyFails() {
        try (SimSoftLayer weak = SimSoftLayer.start(
                SimOptions.defaults().vms(40), Quirks.defaults().heaviest(20))) {
            String path = "/SoftLayer_Account/getVirtualGuests.json";
            HttpResponse<String> heavy = get(weak, path, "objectMask", "id,datacenter");
            assertThat(heavy.statusCode()).isEqualTo(500);
            assertThat(heavy.body())
                    .isEqualTo("{\"error\":\"Internal Error\",\"code\":\"SoftLayer_Exception_Public\"}");
            assertThat(get(weak, path, "objectMask", "id,datacenter", "resultLimit", "0,20")
                            .statusCode())
                    .isEqualTo(200);
        }
        try (SimSoftLayer odd = SimSoftLayer.start(
                SimOptions.defaults().vms(40), Quirks.defaults().heaviest(20).errorsWith200(true))) {
            HttpResponse<String> heavy =
                    get(odd, "/SoftLayer_Account/getVirtualGuests.json", "objectMask", "datacenter");
            assertThat(heavy.statusCode()).isEqualTo(200);
            assertThat(heavy.body()).contains("Internal Error");
        }
    }

    @Test
    void whatIsAboveTheRateIsAnsweredWith500AndACode() {
        try (SimSoftLayer slow = SimSoftLayer.start(SimOptions.defaults().vms(1).rateLimit(2))) {
            HttpResponse<String> last = get(slow, "/SoftLayer_Account/getObject.json");
            for (int i = 0; i < 50 && last.statusCode() == 200; i++) {
                last = get(slow, "/SoftLayer_Account/getObject.json");
            }
            assertThat(last.statusCode()).isEqualTo(500);
            assertThat(last.body())
                    .contains(
                            "SoftLayer_Exception_WebService_RateLimitExceeded",
                            "Rate limit of 2 requests for every 1 second");
            assertThat(slow.requests().throttled()).isPositive();
        }
    }

    @Test
    void pathsDrillDown() {
        assertThat(get(
                                "/SoftLayer_Account/getHardware/1500000/getNetworkComponents/95000001.json",
                                "objectMask",
                                "port")
                        .body())
                .isEqualTo("{\"port\":0}");
        assertThat(get("/SoftLayer_Virtual_Guest/20000000.json", "objectMask", "hostname")
                        .body())
                .isEqualTo("{\"hostname\":\"web-1\"}");
        assertThat(get("/SoftLayer_Virtual_Guest/20000000/getActiveTransaction.json")
                        .body())
                .isEqualTo("null");
        assertThat(get("/SoftLayer_Virtual_Guest/5.json").statusCode()).isEqualTo(404);
        assertThat(get("/SoftLayer_Virtual_Guest/20000000/getNothing.json").body())
                .contains("is not a valid method");
        assertThat(get("/SoftLayer_Nothing/getObject.json").statusCode()).isEqualTo(404);
        assertThat(get("/SoftLayer_Account/getVirtualGuests.json", "objectMask", "mask[id")
                        .body())
                .contains("cannot be parsed");
    }

    @Test
    void aSmallAccountHasTheSameMethodsAsALargeOne() {
        try (SimSoftLayer small = SimSoftLayer.start(SimOptions.defaults().vms(1))) {
            assertThat(get(small, "/SoftLayer_Hardware_Server/1500000/getActiveTransaction.json")
                            .body())
                    .isEqualTo("null");
        }
    }

    @Test
    void strangersAreTurnedAway() {
        HttpResponse<String> stranger =
                Clients.send("GET", URI.create(cloud.url() + "/SoftLayer_Account/getObject.json"), "");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("Invalid API token");
    }

    @Test
    void xmlRpcAnswersFaultsWith200() {
        String call =
                "<?xml version='1.0'?><methodCall><methodName>getObject</methodName><params><param><value><struct>"
                        + "<member><name>headers</name><value><struct><member><name>authenticate</name><value><struct>"
                        + "<member><name>username</name><value><string>demo</string></value></member>"
                        + "<member><name>apiKey</name><value>KEY</value></member></struct></value></member></struct></value></member>"
                        + "</struct></value></param></params></methodCall>";
        URI uri = URI.create(cloud.xmlRpcUrl() + "/SoftLayer_Account");
        HttpResponse<String> good = Clients.send("POST", uri, call.replace("KEY", "secret"));
        assertThat(good.body()).contains("<name>companyName</name><value><string>Example Ltd</string></value>");
        HttpResponse<String> bad = Clients.send("POST", uri, call.replace("KEY", "wrong"));
        assertThat(bad.statusCode()).isEqualTo(200);
        assertThat(bad.body()).contains("<fault>", "faultCode", "Invalid API token");
    }

    @Test
    void theSameSeedInventsTheSameAccount() {
        String mask = "id,hostname,globalIdentifier,primaryIpAddress,tagReferences.tag.name";
        String path = "/SoftLayer_Account/getVirtualGuests.json";
        String order = "{\"virtualGuests\":{\"id\":{\"operation\":\"orderBy\"}}}";
        try (SimSoftLayer twin = SimSoftLayer.start(SimOptions.defaults().vms(40));
                SimSoftLayer other =
                        SimSoftLayer.start(SimOptions.defaults().vms(40).seed(2))) {
            String one = get(path, "objectMask", mask, "objectFilter", order).body();
            assertThat(get(twin, path, "objectMask", mask, "objectFilter", order)
                            .body())
                    .isEqualTo(one);
            assertThat(get(other, path, "objectMask", mask, "objectFilter", order)
                            .body())
                    .isNotEqualTo(one);
        }
    }
}
