package dev.muster.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.core.ListRequest;
import dev.muster.core.MusterException;
import dev.muster.core.Paging;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over many thousands of random lists, servers and changes under way: every row that was there all the time arrives once, or
 * the walk says that it may not have. A failure names its seed, which repeats it.
 */
class PagesPropertyTest {
    private static final int CASES = Integer.getInteger("muster.cases", 2500);
    private static final ListRequest LIST = ListRequest.get("", "/rows").rows("rows");

    enum Kind {
        SINGLE,
        OFFSET,
        OFFSET_ONE_BY_ONE,
        PAGE_NUMBER,
        MARKER,
        NEXT_LINK,
        KEY_RANGE,
        RANGES,
        RANGES_IN_ORDER;

        Paging paging(int size) {
            return switch (this) {
                case SINGLE -> Paging.single();
                case OFFSET, OFFSET_ONE_BY_ONE -> new Paging.Offset("offset", "limit", size, "total");
                case PAGE_NUMBER -> new Paging.PageNumber("page", "", "limit", size);
                case MARKER -> new Paging.Marker("marker", "limit", size);
                case NEXT_LINK -> new Paging.NextLink("next", "limit", size);
                case KEY_RANGE, RANGES, RANGES_IN_ORDER -> new Paging.KeyRange("after", "limit", size);
            };
        }

        boolean ordered() {
            return this != RANGES;
        }
    }

    /** What a walk brought, and what it said at its end; null where it said nothing. */
    private record Brought(List<Long> rows, String told) {}

    /** One case of one kind. */
    private interface Case {
        void run(Random random, String where);
    }

    private static void times(int count, Case one) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long seed = start + i;
            one.run(new Random(seed), "seed " + seed);
        }
    }

    private static int some(Random random, int many) {
        return random.nextInt(random.nextInt(4) == 0 ? many : 8);
    }

    private static Brought walk(Kind kind, Pager pager, Paging paging, long most, Random random) {
        List<Long> rows = new ArrayList<>();
        Keys keys = kind == Kind.SINGLE ? null : new Keys(new int[] {0});
        Pages.Asker safe = request -> {
            synchronized (pager) {
                return pager.ask(request);
            }
        };
        Pages pages = new Pages(
                safe,
                (page, found) -> {
                    found.forEach(row -> rows.add((Long) row[0]));
                    return true;
                },
                (read, further) -> {},
                keys,
                most,
                "GET /rows");
        ListRequest list = LIST.paging(paging);
        try {
            switch (kind) {
                case OFFSET -> new OffsetWalk(pages, list, (Paging.Offset) paging, 1 + random.nextInt(8)).walk();
                case OFFSET_ONE_BY_ONE -> new OffsetWalk(pages, list, (Paging.Offset) paging, 1).walk();
                case KEY_RANGE -> ranges(pages, list, paging, true).walk(List.of());
                case RANGES, RANGES_IN_ORDER -> {
                    List<String> splits = new ArrayList<>();
                    long key = 0;
                    for (int i = 0; i < random.nextInt(5); i++) {
                        key += random.nextInt(120);
                        splits.add(Long.toString(key));
                    }
                    ranges(pages, list, paging, kind.ordered()).walk(splits);
                }
                default -> new StepWalk(pages, list, row -> row[0].toString()).walk();
            }
        } catch (Pages.Enough e) {
            return new Brought(rows, null);
        } catch (MusterException e) {
            return new Brought(rows, e.getMessage());
        }
        return new Brought(
                rows, pages.lost().isEmpty() ? null : pages.lost().getFirst().getMessage());
    }

    /** An error as well, which no walk expects. */
    @Test
    void whatASinkThrowsInOneOfTheRangesEndsTheWalk() {
        Paging paging = Kind.RANGES.paging(4);
        Pager pager = new Pager(paging, 20, 4, new Random(1));
        Pages pages = new Pages(
                request -> {
                    synchronized (pager) {
                        return pager.ask(request);
                    }
                },
                (page, rows) -> {
                    if (rows.getLast()[0] instanceof Long key && key > 100) {
                        throw new AssertionError("no room");
                    }
                    return true;
                },
                (read, further) -> {},
                new Keys(new int[] {0}),
                Long.MAX_VALUE,
                "rows");
        assertThatThrownBy(
                        () -> ranges(pages, LIST.paging(paging), paging, false).walk(List.of("100")))
                .hasMessageContaining("no room");
    }

    private static RangeWalk ranges(Pages pages, ListRequest list, Paging paging, boolean inOrder) {
        return new RangeWalk(
                pages, list, (Paging.KeyRange) paging, row -> row[0].toString(), RangeWalk.order(true), inOrder);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyRowArrivesOnceInOrder(Kind kind) {
        times(CASES, (random, where) -> {
            Paging paging = kind.paging(1 + some(random, 50));
            Pager pager = new Pager(paging, some(random, 200), 1 + some(random, 50), random);
            if (random.nextInt(4) == 0) {
                pager.shortPages();
            }
            Brought brought = walk(kind, pager, paging, Long.MAX_VALUE, random);
            assertThat(brought.told()).as(where).isNull();
            if (kind.ordered()) {
                assertThat(brought.rows()).as(where).isEqualTo(pager.rows());
            } else {
                assertThat(brought.rows()).as(where).containsExactlyInAnyOrderElementsOf(pager.rows());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SINGLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void aLimitBringsSoManyOfTheFirstRowsAndAsksNoFurtherThanNeeded(Kind kind) {
        times(CASES, (random, where) -> {
            int size = 1 + some(random, 50);
            int total = some(random, 200);
            long most = 1L + random.nextInt(40);
            Paging paging = kind.paging(size);
            Pager pager = new Pager(paging, total, Integer.MAX_VALUE, random);
            Brought brought = walk(kind, pager, paging, most, random);
            assertThat(brought.told()).as(where).isNull();
            assertThat(brought.rows()).as(where).hasSize((int) Math.min(most, total));
            assertThat(new HashSet<>(brought.rows())).as(where).hasSameSizeAs(brought.rows());
            if (kind.ordered()) {
                assertThat(brought.rows())
                        .as(where)
                        .isEqualTo(pager.rows().subList(0, brought.rows().size()));
            }
            if (kind == Kind.MARKER || kind == Kind.NEXT_LINK || kind == Kind.OFFSET_ONE_BY_ONE) {
                assertThat(pager.asked).as(where).isLessThanOrEqualTo((int) most / Math.max(1, size - 1) + 2);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SINGLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsThereAllTheTimeArrivesThoughOthersComeUnderWay(Kind kind) {
        changing(kind, true, false);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SINGLE", "PAGE_NUMBER"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsThereAllTheTimeArrivesThoughOthersGoUnderWay(Kind kind) {
        changing(kind, false, true);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SINGLE", "PAGE_NUMBER"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsThereAllTheTimeArrivesThoughOthersComeAndGoUnderWay(Kind kind) {
        changing(kind, true, true);
    }

    private static void changing(Kind kind, boolean inserts, boolean removes) {
        times(CASES, (random, where) -> {
            boolean offsets = kind == Kind.OFFSET || kind == Kind.OFFSET_ONE_BY_ONE;
            // Pages of one row cannot overlap: there nothing shows that one came for one that went.
            Paging paging = kind.paging(2 + some(random, 30));
            int cap = offsets || kind == Kind.PAGE_NUMBER ? 2 + some(random, 30) : 1 + some(random, 30);
            Pager pager =
                    new Pager(paging, some(random, 120), cap, random).changing(1 + random.nextInt(4), inserts, removes);
            Brought brought = walk(kind, pager, paging, Long.MAX_VALUE, random);
            assertThat(new HashSet<>(brought.rows())).as(where + ": none twice").hasSameSizeAs(brought.rows());
            assertThat(pager.ever()).as(where + ": none invented").containsAll(brought.rows());
            if (brought.told() == null) {
                assertThat(brought.rows()).as(where + ": none missing").containsAll(pager.always());
            } else {
                assertThat(brought.told()).as(where).containsAnyOf("changed while it was read", "not found");
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OFFSET", "OFFSET_ONE_BY_ONE", "PAGE_NUMBER"})
    void pagesWithoutAnOrderAreToldUnlessEveryRowArrivedAllTheSame(Kind kind) {
        times(CASES, (random, where) -> {
            Paging paging = kind.paging(2 + some(random, 30));
            Pager pager = new Pager(paging, some(random, 120), Integer.MAX_VALUE, random).unordered();
            Brought brought = walk(kind, pager, paging, Long.MAX_VALUE, random);
            assertThat(new HashSet<>(brought.rows())).as(where).hasSameSizeAs(brought.rows());
            if (brought.told() == null) {
                assertThat(brought.rows()).as(where).containsAll(pager.always());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"OFFSET", "OFFSET_ONE_BY_ONE"})
    void aWrongTotalIsMadeUpForOrTold(Kind kind) {
        times(CASES, (random, where) -> {
            int total = some(random, 120);
            long off = random.nextInt(-total, 20);
            Paging paging = kind.paging(2 + some(random, 30));
            int cap = 2 + some(random, 50);
            if (total + off == cap) {
                // A capped page that holds exactly what is announced looks like the whole list, to anybody.
                return;
            }
            Pager pager = new Pager(paging, total, cap, random).totalOff(off);
            Brought brought = walk(kind, pager, paging, Long.MAX_VALUE, random);
            assertThat(new HashSet<>(brought.rows())).as(where).hasSameSizeAs(brought.rows());
            if (off > 0) {
                assertThat(brought.told()).as(where).containsAnyOf("announce", "changed");
            } else if (brought.told() == null) {
                assertThat(brought.rows()).as(where).isEqualTo(pager.rows());
            }
        });
    }

    @Test
    void aServerThatTakesNoNoticeOfItsPageIsFoundOut() {
        for (Kind kind : List.of(Kind.PAGE_NUMBER, Kind.MARKER, Kind.NEXT_LINK, Kind.KEY_RANGE)) {
            Paging paging = kind.paging(2);
            PageReader.Read<Object[]> same = new PageReader.Read<>(
                    List.of(new Object[] {7L}, new Object[] {8L}), null, "marker=8&n=" + kind, 0, 0);
            int[] asked = {0};
            Pages pages = new Pages(
                    request -> {
                        asked[0]++;
                        return dev.muster.core.Pending.of(same);
                    },
                    (page, rows) -> true,
                    (read, further) -> {},
                    new Keys(new int[] {0}),
                    Long.MAX_VALUE,
                    "GET /rows");
            String told = null;
            try {
                if (kind == Kind.KEY_RANGE) {
                    ranges(pages, LIST.paging(paging), paging, true).walk(List.of());
                } else {
                    new StepWalk(pages, LIST.paging(paging), row -> row[0].toString()).walk();
                }
            } catch (MusterException e) {
                told = e.getMessage();
            }
            told = pages.lost().isEmpty() ? told : pages.lost().getFirst().getMessage();
            assertThat(told).as(kind.name()).containsAnyOf("circle", "not in the order");
            assertThat(asked[0]).as(kind.name()).isLessThan(10);
        }
    }
}
