package dev.muster.clouds.softlayer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.Endpoint;
import dev.muster.core.FetchReport;
import dev.muster.core.Inventory;
import dev.muster.core.InventoryReport;
import dev.muster.core.MusterException;
import dev.muster.core.RowCollector;
import dev.muster.core.Session;
import dev.muster.core.Traffic;
import dev.muster.http.Headers;
import dev.muster.http.HttpClient;
import dev.muster.http.HttpException;
import dev.muster.http.HttpRequest;
import dev.muster.http.HttpResponse;
import dev.muster.sim.Failure;
import dev.muster.sim.FailureRule;
import dev.muster.sim.SimOptions;
import dev.muster.sim.softlayer.Quirks;
import dev.muster.sim.softlayer.SimSoftLayer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists of an embedded account whose pages come in another order for each request, unless they are asked for in one. */
class RowsTest {
    private static final int GUESTS = 137;
    private static final Pattern LIMIT = Pattern.compile("resultLimit=(\\d+)%2C(\\d+)");
    private static final long FIRST = 20_000_000;

    /** The ids of the invented guests, ascending. */
    private static final List<Long> IDS =
            IntStream.range(0, GUESTS).mapToObj(i -> FIRST + 7L * i).toList();

    private static List<Long> ids(List<Item> items) {
        return items.stream().map(item -> item.integer("id")).toList();
    }

    private static ServiceCall guests(SoftLayer cloud) {
        return cloud.call("SoftLayer_Account", "getVirtualGuests").mask("id");
    }

    @Test
    void anyTotalOffsetLimitPageSizeAndOrderGivesExactlyTheRowsAskedFor() {
        Random random = new Random(6);
        try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(GUESTS));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim))) {
            for (int run = 0; run < 250; run++) {
                int total = random.nextInt(GUESTS + 1);
                int offset = random.nextInt(4) == 0 ? 0 : random.nextInt(GUESTS + 20);
                Integer limit = random.nextInt(3) == 0 ? null : 1 + random.nextInt(GUESTS + 20);
                int size = 1 + random.nextInt(random.nextBoolean() ? 10 : 150);
                boolean descending = random.nextBoolean();
                // The filter is about the cores' number of the host name: the id is what the rows are ordered by.
                Filter filter = total == GUESTS
                        ? Filter.all()
                        : Filter.where("virtualGuests.globalIdentifier", Operation.present())
                                .and("virtualGuests.createDate", createdWithin(total));
                filter = descending ? filter.orderByDescending("virtualGuests.id") : filter;
                ServiceCall call = guests(cloud).offset(offset).pageSize(size);
                call = limit == null ? call : call.limit(limit);
                call = call.filter(filter);
                List<Long> expected = IDS.stream()
                        .limit(total)
                        .sorted(descending ? Comparator.reverseOrder() : Comparator.naturalOrder())
                        .skip(offset)
                        .limit(limit == null ? Long.MAX_VALUE : limit)
                        .toList();
                String what = "total " + total + ", offset " + offset + ", limit " + limit + ", pages of " + size;
                assertThat(ids(call.rows().get())).as(what).isEqualTo(expected);
                if (run % 5 == 0) {
                    assertThat(ids(call.rows().stream().toList()))
                            .as(what + ", walked")
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Guests are invented one for each hour before the account's present: so many are the youngest. */
    private static Operation createdWithin(int guests) {
        return Operation.after(
                java.time.LocalDateTime.of(2026, 1, 1, 0, 0).minusHours(guests).minusMinutes(30));
    }

    @Test
    void pagesAreAskedForAtOnce() {
        try (SimSoftLayer sim = SimSoftLayer.start(
                        SimOptions.defaults().vms(GUESTS).latency(java.time.Duration.ofMillis(100)));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim).with("connections", 16))) {
            assertThat(ids(guests(cloud).pageSize(10).rows().get())).isEqualTo(IDS);
            // The first has ten rows, every other one nine that are new.
            assertThat(sim.requests().total()).isEqualTo(16);
            assertThat(sim.requests().maxConcurrent()).isGreaterThan(4);
        }
    }

    /** One row goes and another comes between two pages: the total is the same, and a row passed over. */
    @Test
    void aListThatChangesWhileItIsReadIsToldEvenWhereItsLengthStays() {
        for (boolean walked : List.of(false, true)) {
            List<Integer> ids = new ArrayList<>(IntStream.range(0, 10).boxed().toList());
            Endpoint endpoint = new Endpoint(
                    "sl",
                    (request, handler) -> {
                        Matcher asked = LIMIT.matcher(request.target());
                        assertThat(asked.find()).isTrue();
                        int from = Integer.parseInt(asked.group(1));
                        handler.done(new HttpResponse(
                                200,
                                Headers.of("SoftLayer-Total-Items", "10"),
                                ids.stream()
                                        .skip(from)
                                        .limit(Integer.parseInt(asked.group(2)))
                                        .map(id -> "{\"id\":" + id + "}")
                                        .collect(Collectors.joining(",", "[", "]"))
                                        .getBytes(StandardCharsets.UTF_8),
                                new HttpResponse.Timing(0, 0, 1, 0)));
                        if (from == 0) {
                            ids.removeFirst();
                            ids.add(10);
                        }
                        return () -> {};
                    },
                    Session.fixed(new Session.Grant(Headers.none(), Map.of("", URI.create("http://sl")), null)),
                    new SoftLayerFaults(),
                    new Traffic());
            Rows<Item> rows = ServiceCall.of(endpoint, "Account", "getVirtualGuests")
                    .pageSize(4)
                    .rows();
            assertThatThrownBy(() -> {
                        List<Item> found = walked ? rows.stream().toList() : rows.get();
                        assertThat(ids(found)).contains(4L);
                    })
                    .isInstanceOf(MusterException.Undecodable.class)
                    .hasMessageContaining("changed while it was read");
        }
    }

    @Test
    void aPageThatFailsOnceIsAskedForAloneAgain() {
        try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(GUESTS));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim))) {
            sim.fail(FailureRule.always(Failure.ERROR_HTML).times(1));
            assertThat(ids(guests(cloud).pageSize(20).rows().get())).isEqualTo(IDS);
            // Seven pages; the one that failed came in two halves, and their size is kept for the others.
            assertThat(sim.requests().failed()).isEqualTo(1);
        }
    }

    @Test
    void aPageThatStaysLostIsNamedAndTheOthersStand() {
        try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(GUESTS));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim).with("connections", 1))) {
            // The first page is there; of what follows, one page fails for every row of it that is tried.
            List<Item> first = guests(cloud).limit(20).rows().get();
            assertThat(first).hasSize(20);
            Rows<Item> rows = guests(cloud).pageSize(40).rows();
            Rows.Fetched<Item> calm = rows.whatComes().get();
            assertThat(calm.lost()).isEmpty();
            assertThat(calm.total()).isEqualTo(GUESTS);

            ExtraFailure failing = new ExtraFailure(sim, 79, 38);
            try (failing;
                    SoftLayer through = SoftLayer.connect(Sim.settings(sim).with("endpoint_url", failing.url()))) {
                Rows.Fetched<Item> partial =
                        guests(through).pageSize(40).rows().whatComes().get();
                assertThat(partial.lost()).hasSize(1);
                assertThat(partial.lost().getFirst())
                        .isInstanceOf(MusterException.Failed.class)
                        .hasMessageContaining("rows 78 to 117");
                assertThat(ids(partial.rows()))
                        .containsExactlyElementsOf(IntStream.range(0, GUESTS)
                                .filter(i -> i < 79 || i >= 117)
                                .mapToObj(IDS::get)
                                .toList());
                assertThatThrownBy(() -> guests(through).pageSize(40).rows().get())
                        .isInstanceOf(MusterException.Failed.class)
                        .hasMessageContaining("rows 78 to 117");

                RowCollector collected = new RowCollector();
                failing.loses(100, 100);
                InventoryReport report = Inventory.of(List.of(through))
                        .tables("softlayer_virtual_guest")
                        .get(collected);
                FetchReport table = report.tables().getFirst();
                assertThat(table.outcome()).isEqualTo(FetchReport.Outcome.PARTIAL);
                assertThat(table.failures().getFirst().message()).contains("rows ");
                assertThat(collected.rows("sim", "softlayer_virtual_guest")).hasSizeBetween(99, 100);
            }
        }
    }

    @Test
    void aMaskThatIsTooHeavyForAPageComesInSmallerOnes() {
        String mask =
                "id,networkComponents[primarySubnet,networkVlan],blockDevices,tagReferences[tag],networkVlans[primaryRouter]";
        for (boolean okErrors : List.of(false, true)) {
            Quirks quirks = Quirks.defaults().heaviest(150).errorsWith200(okErrors);
            try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(GUESTS), quirks);
                    SoftLayer cloud = SoftLayer.connect(Sim.settings(sim))) {
                Rows<Item> rows =
                        cloud.call("Account", "getVirtualGuests").mask(mask).rows();
                assertThat(ids(rows.get())).isEqualTo(IDS);
                long first = sim.requests().total();
                assertThat(ids(rows.get())).isEqualTo(IDS);
                // What passes is known by now: nothing fails any more.
                assertThat(sim.requests().total() - first).isLessThan(first);
            }
        }
    }

    @Test
    void aListLimitedToOneRowIsAListAllTheSame() {
        try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(3));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim))) {
            assertThat(guests(cloud).limit(1).get().text()).matches("\\[\\{\"id\":200000\\d\\d}]");
            assertThat(ids(guests(cloud).pageSize(1).rows().get())).containsExactly(FIRST, FIRST + 7, FIRST + 14);
            assertThat(ids(guests(cloud).limit(1).offset(2).rows().get())).containsExactly(FIRST + 14);
        }
    }

    @Test
    void aFilterAboutTheIdLeavesNoOrderAndSoOnlyOnePage() {
        try (SimSoftLayer sim = SimSoftLayer.start(SimOptions.defaults().vms(GUESTS));
                SoftLayer cloud = SoftLayer.connect(Sim.settings(sim))) {
            Filter one = Filter.where("virtualGuests.id", Operation.in(FIRST, FIRST + 7));
            assertThat(ids(guests(cloud).filter(one).rows().get())).containsExactlyInAnyOrder(FIRST, FIRST + 7);
            Filter many = Filter.where("virtualGuests.id", Operation.atLeast(FIRST));
            assertThatThrownBy(() -> guests(cloud).filter(many).rows().get())
                    .isInstanceOf(MusterException.Rejected.class)
                    .hasMessageContaining("no order");
            assertThat(ids(guests(cloud)
                            .filter(many.orderBy("virtualGuests.hostname"))
                            .rows()
                            .get()))
                    .hasSize(GUESTS)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void rowsThatFailOnceEachAreNotLost() {
        Set<String> failed = new HashSet<>();
        List<HttpResponse> answers = new ArrayList<>();
        HttpClient.Exchange exchange = new SoftLayerWire((request, handler) -> {
                    Matcher asked = LIMIT.matcher(request.target());
                    boolean passes = asked.find() && asked.group(2).equals("1") && !failed.add(asked.group());
                    handler.done(new HttpResponse(
                            passes ? 200 : 500,
                            Headers.none(),
                            (passes ? "[" + asked.group(1) + "]" : "").getBytes(StandardCharsets.UTF_8),
                            new HttpResponse.Timing(0, 0, 1, 0)));
                    return () -> {};
                })
                .send(
                        HttpRequest.get(URI.create("http://sl/rest/v3.1/x.json?resultLimit=0%2C4")),
                        new HttpClient.Handler() {
                            @Override
                            public void done(HttpResponse response) {
                                answers.add(response);
                            }

                            @Override
                            public void failed(HttpException why) {
                                throw new AssertionError(why);
                            }
                        });
        assertThat(exchange).isNotNull();
        assertThat(answers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.text()).isEqualTo("[0,1,2,3]"));
    }
}
