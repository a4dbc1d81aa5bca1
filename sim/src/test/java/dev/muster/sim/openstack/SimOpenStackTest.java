package dev.muster.sim.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.sim.Clients;
import dev.muster.sim.SimOptions;
import dev.muster.sim.internal.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimOpenStackTest {
    private static final int SERVERS = 60;

    private final SimOpenStack cloud = SimOpenStack.start(SimOptions.defaults().vms(SERVERS));
    private String token = "";

    @AfterEach
    void close() {
        cloud.close();
    }

    private static String login(String password, String scope) {
        return """
                {"auth":{"identity":{"methods":["password"],"password":{"user":
                {"name":"demo","domain":{"name":"Default"},"password":"%s"}}}%s}}""".formatted(password, scope);
    }

    private static final String DEMO = ",\"scope\":{\"project\":{\"name\":\"demo\",\"domain\":{\"id\":\"default\"}}}";

    private HttpResponse<String> post(String body) {
        return Clients.send("POST", URI.create(cloud.url() + "/auth/tokens"), body, "Content-Type", "application/json");
    }

    private HttpResponse<String> get(String path, String... headers) {
        if (token.isEmpty()) {
            token = post(login("secret", DEMO))
                    .headers()
                    .firstValue("X-Subject-Token")
                    .orElseThrow();
        }
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("X-Auth-Token", token));
        URI uri = path.startsWith("http") ? URI.create(path) : cloud.uri().resolve(path);
        return Clients.send("GET", uri, "", all.toArray(String[]::new));
    }

    private Map<String, String> json(String path, String... headers) {
        HttpResponse<String> response = get(path, headers);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return texts(response);
    }

    private static Map<String, String> texts(HttpResponse<String> response) {
        return Json.texts(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The values of one member of all elements of an array. */
    private static List<String> column(Map<String, String> json, String array, String member) {
        List<String> values = new ArrayList<>();
        for (int i = 0; json.containsKey(array + "." + i + "." + member); i++) {
            values.add(json.getOrDefault(array + "." + i + "." + member, ""));
        }
        return values;
    }

    /** The link of this relation; empty = there is none. */
    private static String link(Map<String, String> json, String array, String rel) {
        int at = column(json, array, "rel").indexOf(rel);
        return at < 0 ? "" : json.getOrDefault(array + "." + at + ".href", "");
    }

    @Test
    void aTokenComesWithACatalogueOfTheAddressThatWasAsked() {
        HttpResponse<String> response = post(login("secret", DEMO));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("X-Subject-Token").orElseThrow())
                .hasSize(183);
        Map<String, String> json = texts(response);
        assertThat(column(json, "token.catalog", "type")).containsExactly("identity", "compute", "image", "network");
        assertThat(json)
                .containsEntry(
                        "token.catalog.2.endpoints.0.url",
                        cloud.uri().resolve("/image").toString())
                .containsEntry("token.project.name", "demo");
        assertThat(json.get("token.expires_at")).endsWith(".000000Z");
    }

    @Test
    void eachRegionOfACatalogHasItsOwnServicesAndOneTokenDoesForAll() {
        try (SimOpenStack two = SimOpenStack.start(SimOptions.defaults().vms(SERVERS), List.of("one", "two"))) {
            HttpResponse<String> logIn = Clients.send(
                    "POST",
                    URI.create(two.url() + "/auth/tokens"),
                    login("secret", DEMO),
                    "Content-Type",
                    "application/json");
            token = logIn.headers().firstValue("X-Subject-Token").orElseThrow();
            Map<String, String> catalog = texts(logIn);
            assertThat(column(catalog, "token.catalog.1.endpoints", "region_id"))
                    .containsExactly("one", "one", "one", "two", "two", "two");
            Set<String> ids = new HashSet<>();
            for (int endpoint : List.of(0, 3)) {
                String url = catalog.getOrDefault("token.catalog.1.endpoints." + endpoint + ".url", "");
                Map<String, String> page = json(url + "/servers?limit=50");
                ids.addAll(column(page, "servers", "id"));
                String next = link(page, "servers_links", "next");
                assertThat(next).startsWith(url);
                ids.addAll(column(json(next), "servers", "id"));
            }
            assertThat(ids).hasSize(2 * SERVERS);
            assertThat(get(two.uri().resolve("/three/compute/v2.1/servers").toString())
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void wrongPasswordsAndForeignProjectsAreRefusedAlike() {
        String elsewhere = ",\"scope\":{\"project\":{\"name\":\"other\",\"domain\":{\"id\":\"default\"}}}";
        for (String body : List.of(login("wrong", DEMO), login("secret", elsewhere))) {
            HttpResponse<String> response = post(body);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(texts(response)).containsEntry("error.title", "Unauthorized");
        }
    }

    @Test
    void novaLinksEveryFullPageEvenTheLast() {
        List<String> ids = new ArrayList<>();
        int pages = 0;
        for (String next = "/compute/v2.1/servers/detail?limit=20"; !next.isEmpty(); pages++) {
            Map<String, String> page = json(next);
            ids.addAll(column(page, "servers", "id"));
            next = link(page, "servers_links", "next");
        }
        assertThat(pages).as("three full pages and an empty one").isEqualTo(4);
        assertThat(ids).hasSize(SERVERS).doesNotHaveDuplicates();
    }

    @Test
    void novaRefusesLimitsAndMarkersThatAreNone() {
        for (String query : List.of("limit=abc", "limit=-1", "marker=nowhere")) {
            HttpResponse<String> response = get("/compute/v2.1/servers?" + query);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(texts(response)).containsEntry("badRequest.code", "400");
        }
        assertThat(json("/compute/v2.1/servers?limit=0")).doesNotContainKey("servers_links.0.href");
    }

    @Test
    void novaEmbedsTheFlavorFromMicroversion47On() {
        Map<String, String> old = json("/compute/v2.1/servers/detail?limit=1");
        assertThat(old).containsKey("servers.0.flavor.id").doesNotContainKey("servers.0.flavor.vcpus");
        Map<String, String> young =
                json("/compute/v2.1/servers/detail?limit=1", "OpenStack-API-Version", "compute 2.47");
        assertThat(young).containsKey("servers.0.flavor.vcpus").doesNotContainKey("servers.0.flavor.id");
        HttpResponse<String> tooYoung = get("/compute/v2.1/servers", "OpenStack-API-Version", "compute 2.999");
        assertThat(tooYoung.statusCode()).isEqualTo(406);
        assertThat(texts(tooYoung)).containsKey("computeFault.message");
    }

    @Test
    void glancePagesByRelativeLinksAndTwentyFive() {
        Map<String, String> first = json("/image/v2/images");
        assertThat(column(first, "images", "id")).hasSize(25);
        assertThat(first.get("next")).startsWith("/v2/images?marker=");
        Map<String, String> second = json("/image" + first.get("next"));
        assertThat(column(second, "images", "id")).hasSize(5);
        assertThat(second).doesNotContainKey("next");
    }

    @Test
    void neutronGivesEverythingAtOnceUnlessLimited() {
        Map<String, String> all = json("/network/v2.0/ports");
        List<String> ids = column(all, "ports", "id");
        assertThat(ids).isSorted().hasSizeGreaterThan(SERVERS);
        assertThat(all).doesNotContainKey("ports_links.0.href");
        Map<String, String> page = json("/network/v2.0/ports?limit=2");
        assertThat(column(page, "ports", "id")).isEqualTo(ids.subList(0, 2));
        assertThat(link(page, "ports_links", "previous")).contains("page_reverse=True");
        assertThat(column(json(link(page, "ports_links", "next")), "ports", "id"))
                .isEqualTo(ids.subList(2, 4));
        Map<String, String> last = json("/network/v2.0/ports?limit=2&page_reverse=True");
        assertThat(column(last, "ports", "id")).isEqualTo(ids.subList(ids.size() - 2, ids.size()));
        Map<String, String> empty = json("/network/v2.0/ports?limit=5&marker=" + ids.getLast());
        assertThat(link(empty, "ports_links", "previous")).endsWith("?limit=5&page_reverse=True");
        assertThat(link(empty, "ports_links", "next")).isEmpty();
    }

    @Test
    void neutronFiltersByRepeatedParametersAndShowsOnlyWhatIsAsked() {
        List<String> ids = column(json("/network/v2.0/ports"), "ports", "id");
        String query = "?id=" + ids.get(1) + "&id=" + ids.get(3) + "&fields=id&fields=status";
        Map<String, String> some = json("/network/v2.0/ports" + query);
        assertThat(some)
                .isEqualTo(Map.of(
                        "ports.0.id",
                        ids.get(1),
                        "ports.0.status",
                        "ACTIVE",
                        "ports.1.id",
                        ids.get(3),
                        "ports.1.status",
                        "ACTIVE"));
        assertThat(get("/network/v2.0/ports?colour=green").statusCode()).isEqualTo(400);
        HttpResponse<String> lost = get("/network/v2.0/ports?marker=nowhere");
        assertThat(lost.statusCode()).isEqualTo(404);
        assertThat(texts(lost)).containsEntry("NeutronError.type", "PortNotFound");
    }

    @Test
    void everythingThatIsPointedToExists() {
        Map<String, String> servers = json("/compute/v2.1/servers/detail");
        Set<String> images = new HashSet<>(column(json("/image/v2/images?limit=100"), "images", "id"));
        Set<String> flavors = new HashSet<>(column(json("/compute/v2.1/flavors/detail"), "flavors", "id"));
        assertThat(images).containsAll(column(servers, "servers", "image.id"));
        assertThat(flavors).containsAll(column(servers, "servers", "flavor.id"));
        Map<String, String> ports = json("/network/v2.0/ports");
        Set<String> networks = new HashSet<>(column(json("/network/v2.0/networks"), "networks", "id"));
        assertThat(networks).containsAll(column(ports, "ports", "network_id"));
        assertThat(column(ports, "ports", "device_id")).containsAll(column(servers, "servers", "id"));
        Map<String, String> floating = json("/network/v2.0/floatingips");
        assertThat(column(floating, "floatingips", "id")).hasSize(SERVERS / 5);
        assertThat(column(ports, "ports", "id")).containsAll(column(floating, "floatingips", "port_id"));
        List<String> addresses = column(ports, "ports", "fixed_ips.0.ip_address");
        assertThat(addresses)
                .containsAll(column(floating, "floatingips", "fixed_ip_address"))
                .doesNotHaveDuplicates();
        List<String> shown = servers.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(".addr"))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(shown).containsAll(column(floating, "floatingips", "floating_ip_address"));
        assertThat(addresses)
                .containsAll(shown.stream().filter(ip -> ip.startsWith("10.")).toList());
    }

    @Test
    void eachServiceRefusesAnExpiredTokenInItsOwnForm() {
        assertThat(get("/compute/v2.1/servers?limit=1").statusCode()).isEqualTo(200);
        cloud.expireTokens();
        Map<String, String> types = Map.of(
                "/compute/v2.1/servers", "application/json",
                "/network/v2.0/ports", "application/json",
                "/image/v2/images", "text/plain; charset=UTF-8",
                "/identity/v3/projects", "application/json");
        types.forEach((path, type) -> {
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("Content-Type")).contains(type);
            assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .startsWith("Keystone uri=");
        });
        assertThat(cloud.tokensIssued()).isEqualTo(1);
    }

    @Test
    void theSameSeedMakesTheSameCloud() {
        String body = get("/network/v2.0/ports").body();
        try (SimOpenStack twin = SimOpenStack.start(SimOptions.defaults().vms(SERVERS));
                SimOpenStack other =
                        SimOpenStack.start(SimOptions.defaults().vms(SERVERS).seed(2))) {
            assertThat(ports(twin)).isEqualTo(body);
            assertThat(ports(other)).isNotEqualTo(body);
        }
    }

    private static String ports(SimOpenStack cloud) {
        String token = Clients.send("POST", URI.create(cloud.url() + "/auth/tokens"), login("secret", DEMO))
                .headers()
                .firstValue("X-Subject-Token")
                .orElseThrow();
        return Clients.send("GET", cloud.uri().resolve("/network/v2.0/ports"), "", "X-Auth-Token", token)
                .body();
    }
}
