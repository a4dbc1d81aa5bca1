package dev.muster.core;

import static dev.muster.core.ColumnType.INTEGER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the total, the page size and the server's own cap: every row arrives once. */
class PagingTest {
    private static final int CASES = Integer.getInteger("muster.paging.cases", 80);

    /** A server with rows 1 to {@code total}, which answers no more than {@code cap} of them at once. */
    private record Server(int total, int cap, Paging paging) implements MemoryCloud.Server {
        @Override
        public HttpResponse answer(String path, Map<String, String> query) {
            return switch (paging) {
                case Paging.Single p -> MemoryCloud.json(rows(0, total));
                case Paging.Offset p -> {
                    int offset = Integer.parseInt(query.getOrDefault(p.offset(), "0"));
                    int limit = Math.min(cap, Integer.parseInt(query.get(p.limit())));
                    yield p.total().startsWith("header:")
                            ? MemoryCloud.json(rows(offset, limit), "X-Total", Integer.toString(total))
                            : MemoryCloud.json("{\"count\":" + total + ","
                                    + rows(offset, limit).substring(1));
                }
                case Paging.PageNumber p -> {
                    int page = Integer.parseInt(query.get(p.page()).replace("page ", ""));
                    int limit = Math.min(cap, Integer.parseInt(query.get(p.limit())));
                    yield MemoryCloud.json(rows((page - 1) * limit, limit));
                }
                case Paging.Marker p -> {
                    int marker = Integer.parseInt(query.getOrDefault(p.marker(), "0"));
                    yield MemoryCloud.json(rows(marker, Math.min(cap, Integer.parseInt(query.get(p.limit())))));
                }
                case Paging.KeyRange p -> {
                    int after = Integer.parseInt(query.getOrDefault(p.after(), "0"));
                    yield MemoryCloud.json(rows(after, Math.min(cap, Integer.parseInt(query.get(p.limit())))));
                }
                case Paging.NextLink p -> {
                    int marker = Integer.parseInt(query.getOrDefault("marker", "0"));
                    int limit = Math.min(cap, Integer.parseInt(query.get(p.limit())));
                    // As Nova does: a link wherever the page is full, so the last one may lead to nothing.
                    boolean full = marker + limit <= total;
                    String link = full
                            ? ",\"links\":[{\"rel\":\"self\",\"href\":\"x\"},{\"rel\":\"next\",\"href\":"
                                    + "\"http://elsewhere/y?marker=" + (marker + limit) + "&limit=" + limit + "\"}]"
                            : "";
                    String body = rows(marker, limit);
                    yield MemoryCloud.json(body.substring(0, body.length() - 1) + link + "}");
                }
            };
        }

        private String rows(int offset, int limit) {
            return IntStream.rangeClosed(offset + 1, Math.min(total, offset + limit))
                    .mapToObj(i -> "{\"id\":" + i + "}")
                    .collect(Collectors.joining(",", "{\"rows\":[", "]}"));
        }
    }

    enum Kind {
        SINGLE,
        OFFSET,
        OFFSET_HEADER,
        PAGE_NUMBER,
        MARKER,
        NEXT_LINK,
        KEY_RANGE;

        Paging paging(int size) {
            return switch (this) {
                case SINGLE -> Paging.single();
                case OFFSET -> new Paging.Offset("offset", "limit", size, "count");
                case OFFSET_HEADER -> new Paging.Offset("offset", "limit", size, "header:X-Total");
                case PAGE_NUMBER -> new Paging.PageNumber("search", "page ", "max", size);
                case MARKER -> new Paging.Marker("marker", "limit", size);
                case NEXT_LINK -> new Paging.NextLink("links", "limit", size);
                case KEY_RANGE -> new Paging.KeyRange("after", "limit", size);
            };
        }
    }

    private static ListRequest list(Paging paging) {
        return ListRequest.get("", "/things").rows("rows").paging(paging);
    }

    private static Table table(Paging paging) {
        return Table.named("thing", "A thing.")
                .list(list(paging))
                .key("id", INTEGER, "Number.")
                .build();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyRowArrivesOnceInOrderWhateverTheSizes(Kind kind) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            int total = random.nextInt(random.nextBoolean() ? 8 : 300);
            int size = 1 + random.nextInt(random.nextBoolean() ? 4 : 120);
            int cap = 1 + random.nextInt(random.nextBoolean() ? 4 : 120);
            Planner.Wish wish = random.nextBoolean() ? Planner.Wish.AUTO : Planner.Wish.SEQUENTIAL;
            Paging paging = kind.paging(size);
            MemoryCloud cloud = new MemoryCloud("m", List.of(table(paging)), new Server(total, cap, paging));
            RowCollector rows = new RowCollector();

            InventoryReport report =
                    Inventory.of(List.of(cloud)).planner(new Planner(wish)).get(rows);

            String where = "seed " + seed + ", case " + i + ": total " + total + ", size " + size + ", cap " + cap;
            assertThat(report.tables().getFirst().failures()).as(where).isEmpty();
            assertThat(rows.rows("m", "thing").stream().map(r -> r.get("id")))
                    .as(where)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, total)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aTypedListingGivesTheSameRows(Kind kind) {
        Random random = new Random(7);
        for (int i = 0; i < CASES / 4; i++) {
            int total = random.nextInt(60);
            Paging paging = kind.paging(1 + random.nextInt(20));
            MemoryCloud cloud = new MemoryCloud("m", List.of(), new Server(total, 1 + random.nextInt(20), paging));
            Listing<Long> listing = cloud.endpoint().list(list(paging), PagingTest::id, String::valueOf);

            List<Long> truth =
                    IntStream.rangeClosed(1, total).mapToObj(Long::valueOf).toList();
            assertThat(listing.get()).isEqualTo(truth);
            assertThat(listing.stream().toList()).isEqualTo(truth);
        }
    }

    private static Long id(JsonReader in) {
        Long id = 0L;
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            id = in.integer();
        }
        return id;
    }

    @Test
    void pagesWithATotalAreAskedForTogether() {
        Paging paging = Kind.OFFSET.paging(10);
        MemoryCloud cloud = new MemoryCloud("m", List.of(table(paging)), new Server(95, 1000, paging));
        Inventory.of(List.of(cloud)).get(new RowCollector());

        // Each page but the first begins with the last row of the one before.
        assertThat(cloud.asked()).hasSize(11).startsWith("/things?offset=0&limit=10", "/things?offset=9&limit=10");
    }

    @Test
    void aTotalThatChangesUnderWayIsTold() {
        Paging paging = Kind.OFFSET.paging(10);
        Server before = new Server(30, 1000, paging);
        Server after = new Server(29, 1000, paging);
        MemoryCloud cloud = new MemoryCloud(
                "m",
                List.of(table(paging)),
                (path, query) -> (query.get("offset").equals("0") ? before : after).answer(path, query));

        FetchReport report =
                Inventory.of(List.of(cloud)).get(new RowCollector()).tables().getFirst();

        assertThat(report.outcome()).isEqualTo(FetchReport.Outcome.PARTIAL);
        assertThat(report.failures().getFirst().message()).contains("changed while it was read", "30", "29");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void pagesThatLeadInACircleAreFoundOut(int length) {
        Paging paging = Kind.NEXT_LINK.paging(2);
        MemoryCloud cloud = new MemoryCloud("m", List.of(table(paging)), (path, query) -> {
            int at = Integer.parseInt(query.getOrDefault("marker", "0"));
            return MemoryCloud.json(
                    "{\"rows\":[{\"id\":" + at + "}],\"links\":{\"next\":\"?marker=" + (at + 1) % length + "\"}}");
        });

        FetchReport report =
                Inventory.of(List.of(cloud)).get(new RowCollector()).tables().getFirst();

        assertThat(report.failures().getFirst().message()).contains("circle");
        assertThat(cloud.asked()).hasSizeLessThan(40);
    }

    @Test
    void aLinkToAnotherHostIsFollowedAtOurOwn() {
        Paging paging = Kind.NEXT_LINK.paging(2);
        MemoryCloud cloud = new MemoryCloud("m", List.of(table(paging)), new Server(3, 1000, paging));

        Inventory.of(List.of(cloud)).get(new RowCollector());

        assertThat(cloud.asked()).containsExactly("/things?limit=2", "/things?marker=2&limit=2");
    }
}
