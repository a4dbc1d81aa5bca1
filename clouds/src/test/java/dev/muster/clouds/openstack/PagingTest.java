package dev.muster.clouds.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.clouds.openstack.FakeOpenStack.Answer;
import dev.muster.core.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each service's own form of paging, as the Zed release has it: every row once and in order, over any size of page. */
class PagingTest {
    private static final int[] TOTALS = {0, 1, 4, 5, 6, 15, 17, 20};

    private final FakeOpenStack fake = new FakeOpenStack();
    private OpenStack cloud;
    private List<String> ids = List.of();

    @BeforeEach
    void connect() {
        cloud = OpenStack.connect(fake.settings());
    }

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @Test
    void novaLinksWithWholeUrlsAndBehindEveryFullPage() {
        nova("/compute/v2.1/servers/detail", "servers");
        nova("/compute/v2.1/servers", "servers");
        nova("/compute/v2.1/flavors/detail", "flavors");
        assertEveryRowOnce(size -> cloud.compute().servers().pageSize(size), Server::id);
        assertEveryRowOnce(size -> cloud.compute().servers().pageSize(size).brief(), Server.Brief::id);
        assertEveryRowOnce(size -> cloud.compute().flavors().pageSize(size), Flavor::id);
    }

    @Test
    void novaCapsThePageAndTheLinkSaysSo() {
        nova("/compute/v2.1/servers/detail", "servers");
        ids = ids(17);
        assertThat(cloud.compute().servers().pageSize(5000).get())
                .extracting(Server::id)
                .isEqualTo(ids);
        // Capped at 7: three pages, each but the last with a link that still asks for 5000.
        assertThat(fake.requests).filteredOn(r -> r.contains("/servers/detail")).hasSize(3);
    }

    @Test
    void glanceLinksWithAPath() {
        fake.answer("GET /image/v2/images", query -> {
            List<String> page = page(query, 7);
            String next = full(page, query, 7)
                    ? ", \"next\": \"/v2/images?limit=%s&marker=%s\"".formatted(query.get("limit"), page.getLast())
                    : "";
            return Answer.json(
                    200,
                    "{\"images\": %s, \"first\": \"/v2/images\", \"schema\": \"/v2/schemas/images\"%s}"
                            .formatted(rows(page), next));
        });
        assertEveryRowOnce(size -> cloud.image().images().pageSize(size), Image::id);
    }

    @Test
    void neutronLinksBothWaysAndOnlyWithALimit() {
        neutron("networks");
        neutron("ports");
        neutron("floatingips");
        assertEveryRowOnce(size -> cloud.network().networks().pageSize(size), Network::id);
        assertEveryRowOnce(size -> cloud.network().ports().pageSize(size), Port::id);
        assertEveryRowOnce(size -> cloud.network().floatingIps().pageSize(size), FloatingIp::id);
    }

    @Test
    void filtersGoWithEveryPage() {
        nova("/compute/v2.1/servers/detail", "servers");
        ids = ids(12);
        assertThat(cloud.compute()
                        .servers()
                        .status("ACTIVE")
                        .name("^web&")
                        .allProjects()
                        .pageSize(5)
                        .get())
                .hasSize(12);
        assertThat(fake.requests)
                .filteredOn(r -> r.contains("/servers/detail"))
                .hasSize(3)
                .allMatch(r ->
                        r.contains("status=ACTIVE") && r.contains("name=%5Eweb%26") && r.contains("all_tenants=1"));
    }

    @Test
    void flavorsAreThoseOfAdministratorsToo() {
        nova("/compute/v2.1/flavors/detail", "flavors");
        assertThat(cloud.compute().flavors().minRamMib(512).get()).isEmpty();
        assertThat(fake.requests)
                .last()
                .asString()
                .isEqualTo("GET /compute/v2.1/flavors/detail?is_public=None&minRam=512&limit=1000");
    }

    @Test
    void aQueryIsAValue() {
        nova("/compute/v2.1/servers/detail", "servers");
        Nova.Servers all = cloud.compute().servers();
        assertThat(all.status("ERROR")).isNotSameAs(all);
        assertThat(all.get()).isEmpty();
        assertThat(fake.requests).noneMatch(r -> r.contains("ERROR"));
    }

    private <T> void assertEveryRowOnce(Function<Integer, Listing<T>> listing, Function<T, String> id) {
        for (int total : TOTALS) {
            ids = ids(total);
            assertThat(listing.apply(5).get()).extracting(id::apply).isEqualTo(ids);
            try (Stream<T> rows = listing.apply(3).stream()) {
                assertThat(rows.map(id)).isEqualTo(ids);
            }
        }
    }

    private void nova(String path, String rows) {
        fake.answer("GET " + path, query -> {
            List<String> page = page(query, 7);
            String links = full(page, query, 7)
                    ? ", \"%s_links\": [{\"rel\": \"next\", \"href\": \"http://controller:8774/v2.1/%s?marker=%s&%s\"}]"
                            .formatted(rows, rows, page.getLast(), kept(query))
                    : "";
            return Answer.json(200, "{\"%s\": %s%s}".formatted(rows, rows(page), links));
        });
    }

    private void neutron(String rows) {
        fake.answer("GET /network/v2.0/" + rows, query -> {
            List<String> page = page(query, Integer.MAX_VALUE);
            List<String> links = new ArrayList<>();
            if (query.containsKey("limit")) {
                if (full(page, query, Integer.MAX_VALUE)) {
                    links.add("{\"rel\": \"next\", \"href\": \"http://h:9696/v2.0/%s?%s&marker=%s\"}"
                            .formatted(rows, kept(query), page.getLast()));
                }
                links.add("{\"rel\": \"previous\", \"href\": \"http://h:9696/v2.0/%s?%s&page_reverse=True\"}"
                        .formatted(rows, kept(query)));
            }
            return Answer.json(
                    200,
                    "{\"%s_links\": [%s], \"%s\": %s}".formatted(rows, String.join(", ", links), rows, rows(page)));
        });
    }

    private static String kept(Map<String, String> query) {
        StringBuilder kept = new StringBuilder();
        query.forEach((name, value) -> {
            if (!name.equals("marker")) {
                kept.append(kept.isEmpty() ? "" : "&")
                        .append(name)
                        .append('=')
                        .append(value.replace("^", "%5E").replace("&", "%26"));
            }
        });
        return kept.toString();
    }

    private List<String> page(Map<String, String> query, int most) {
        String marker = query.get("marker");
        int from = marker == null ? 0 : ids.indexOf(marker) + 1;
        return ids.subList(from, Math.min(ids.size(), from + limit(query, most)));
    }

    private static boolean full(List<String> page, Map<String, String> query, int most) {
        return !page.isEmpty() && page.size() == limit(query, most);
    }

    private static int limit(Map<String, String> query, int most) {
        String limit = query.get("limit");
        return limit == null ? most : Math.min(Integer.parseInt(limit), most);
    }

    private static String rows(List<String> page) {
        return page.stream()
                .map("{\"id\": \"%1$s\", \"network_id\": \"n\", \"floating_ip_address\": \"1.2.3.4\"}"::formatted)
                .toList()
                .toString();
    }

    private static List<String> ids(int total) {
        return IntStream.range(0, total).mapToObj(i -> "id-" + i).toList();
    }
}
