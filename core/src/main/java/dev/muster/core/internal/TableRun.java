package dev.muster.core.internal;

import dev.muster.core.Column;
import dev.muster.core.Endpoint;
import dev.muster.core.FetchPlan;
import dev.muster.core.FetchReport;
import dev.muster.core.FetchReport.Outcome;
import dev.muster.core.InventoryRun;
import dev.muster.core.MusterException;
import dev.muster.core.Planned;
import dev.muster.core.Row;
import dev.muster.core.RowSink;
import dev.muster.core.Table;
import dev.muster.core.Traffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The fetching of one table: it carries out the plan, hands rows to the sink and to the tables fetched for each of them, and
 * keeps account. How much is on the wire at once is the engine's affair, and how much waits for it is bounded by windows.
 */
public final class TableRun {
    private final Planned begun;
    private final Runs.Context context;
    private final RowSink sink;
    private final Endpoint endpoint;
    private final Traffic traffic;
    private final Account account;
    private final List<TableRun> children = new CopyOnWriteArrayList<>();
    private final Refusals refusals;
    private final Set<TableRun> owned = ConcurrentHashMap.newKeySet();

    /** One for the source of walks (the parent, or this run itself), one for each walk under way. */
    private final AtomicInteger open = new AtomicInteger(1);

    /** The place of the next listing, whatever carries it out. */
    private final AtomicReference<Turn> nextTurn = new AtomicReference<>(Turn.first());

    private final AtomicLong left;
    private final @Nullable Sorter sorter;
    private volatile Planned planned;
    private volatile Listings listings;
    private volatile boolean cancelled;
    private volatile boolean enough;
    private volatile long startedNanos;
    private volatile long endedNanos;
    private volatile Runnable whenDone = () -> {};
    private volatile Runnable whenFailed = () -> {};

    /**
     * @param inside runs whose rows stand inside this one's, in the order of the plan
     * @param traffic of which this run's is a part
     * @param shared on whose account this runs; null for one of its own
     */
    public TableRun(
            Runs.Context context,
            Planned planned,
            List<TableRun> inside,
            RowSink sink,
            Traffic traffic,
            @Nullable Tallies shared) {
        this.context = context;
        this.begun = planned;
        this.planned = planned;
        this.sink = sink;
        this.traffic = new Traffic(traffic);
        this.endpoint = context.cloud().endpoint().counting(this.traffic);
        this.account = new Account(shared == null ? new Tallies(context.cloud().name(), context.learner()) : shared);
        this.refusals = new Refusals(context.plans());
        this.sorter = Sorter.of(
                planned.plan(),
                planned.read(),
                planned.table().key(),
                planned.query().limit());
        this.left = new AtomicLong(planned.query().limit());
        this.listings = new Listings(this, context, planned, account, inside);
    }

    private FetchPlan source() {
        return Stages.source(planned.plan());
    }

    /** Where the parent's row holds these rows; empty where it does not. */
    String insidePointer() {
        return source() instanceof FetchPlan.Inside(var parent, Column.Inline part) ? part.pointer() : "";
    }

    /** What was planned, before the server refused any of it. */
    public Planned begun() {
        return begun;
    }

    /** What is carried out. */
    public Planned planned() {
        return planned;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Traffic traffic() {
        return traffic;
    }

    Account account() {
        return account;
    }

    /** Before the start: {@code child} is listed for each row of this table. */
    public void feeds(TableRun child) {
        children.add(child);
    }

    /** Before the start: what runs once when nothing more will come, and what runs at each failure. */
    public void when(Runnable done, Runnable failed) {
        whenDone = done;
        whenFailed = failed;
    }

    /** Starts, unless it waits for the rows of a parent. */
    public void start() {
        startedNanos = System.nanoTime();
        List<String> services = children.stream()
                .map(child -> child.planned.table().list().request().service())
                .distinct()
                .toList();
        if (listings.start(services)) {
            closed();
        }
    }

    /** Whether as many rows were handed over as are wanted. */
    boolean hasEnough() {
        return enough;
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** A walk, or something of its own that a page needs, is under way until {@link #closed}. */
    void opened() {
        open.incrementAndGet();
    }

    Turn nextTurn() {
        return nextTurn.getAndUpdate(Turn::next);
    }

    /** Whether there is another way than to ask for this list. */
    boolean canOtherwise(FetchPlan.Listed list) {
        return refusals.leave(list, planned);
    }

    /**
     * The server refused to answer: from now on it is asked otherwise.
     *
     * @param by what asked
     * @return what goes on; null where there is no other way
     */
    synchronized @Nullable Listings otherwise(Listings by, FetchPlan.Listed list, MusterException why) {
        if (listings != by) {
            // Another walk of the same table was refused before.
            return listings;
        }
        Planned other = refusals.otherwise(list, planned, why);
        if (other == null) {
            return null;
        }
        for (TableRun child : by.inside()) {
            // Its rows were to stand inside this one's: now it is listed for each of them.
            child.goOn(child.refusals.byCalls(child.planned, why));
            children.add(child);
        }
        goOn(other);
        return listings;
    }

    private void goOn(Planned other) {
        planned = other;
        listings = new Listings(this, context, other, account, List.of());
        listings.begin();
    }

    void failed(Throwable e) {
        if (!enough || !(Task.unwrap(e) instanceof CancellationException)) {
            account.failures().add(e);
            whenFailed.run();
        }
    }

    /** Hands rows over to whoever wants them, as many as are wanted. */
    void deliver(Listings from, RowSink.Order order, List<@Nullable Object[]> found) {
        Sorter until = sorter;
        if (until != null) {
            until.add(found);
            return;
        }
        handOver(from, order, found);
    }

    private void handOver(Listings from, RowSink.Order order, List<@Nullable Object[]> found) {
        List<@Nullable Object[]> wanted = found;
        if (planned.query().limit() != Long.MAX_VALUE) {
            long before = left.getAndAdd(-found.size());
            wanted = found.subList(0, Math.clamp(before, 0, found.size()));
            if (before - found.size() <= 0) {
                enough = true;
                listings.cancel();
            }
        }
        List<Column> output = planned.output();
        List<Row> shown = new ArrayList<>(wanted.size());
        for (@Nullable Object[] row : wanted) {
            shown.add(Row.of(output, row.length == output.size() ? row : Arrays.copyOf(row, output.size())));
        }
        account.arrived(shown.size());
        sink.accept(
                new RowSink.Batch(context.cloud().name(), context.cloud().tenancy(), planned.table(), order, shown));
        List<TableRun> inside = from.inside();
        for (TableRun child : children) {
            if (!inside.contains(child)) {
                child.listings.parentRows(from.read(), wanted, order);
            }
        }
        for (int i = 0; i < inside.size(); i++) {
            int slot = from.read().size() + i;
            for (int r = 0; r < wanted.size(); r++) {
                inside.get(i).insideRows(from.read(), wanted.get(r), slot, order.below(r));
            }
        }
    }

    /** Rows of this table that stood inside a row of the parent. */
    @SuppressWarnings("unchecked") // the parent's reader put them there
    private void insideRows(List<Column> columns, @Nullable Object[] parent, int slot, RowSink.Order order) {
        List<@Nullable Object[]> found = (List<@Nullable Object[]>) parent[slot];
        if (enough) {
            return;
        }
        if (found == null) {
            byCalls().parentRows(columns, List.<@Nullable Object[]>of(parent), order);
        } else if (!found.isEmpty()) {
            listings.insideRows(columns, parent, found, order);
        }
    }

    /** The server does not put these rows into the parent's, be it that it does not know how: they are listed for it. */
    private synchronized Listings byCalls() {
        if (source() instanceof FetchPlan.Inside(var parent, Column.Inline part)) {
            goOn(refusals.byCalls(planned, part));
        }
        return listings;
    }

    void closed() {
        if (open.decrementAndGet() > 0) {
            return;
        }
        if (sorter != null) {
            try {
                sorter.end((order, sorted) -> handOver(listings, order, sorted));
            } catch (Throwable e) {
                // Of a sink: whoever waits for the end must see it come.
                failed(e);
            }
        }
        endedNanos = System.nanoTime();
        boolean lost = !isComplete();
        List<TableRun> fed = new ArrayList<>(children);
        fed.addAll(listings.inside());
        for (TableRun child : fed) {
            if (lost) {
                child.account
                        .failures()
                        .parentIncomplete(
                                planned.table().name(), account.failures().list());
            }
            child.closed();
        }
        whenDone.run();
    }

    /** Gives up what is under way. */
    public void cancel() {
        cancelled = true;
        listings.cancel();
        owned.forEach(TableRun::cancel);
    }

    /** Runs on this one's account, which end when it does. */
    void owns(List<TableRun> runs) {
        owned.addAll(runs);
        if (cancelled) {
            runs.forEach(TableRun::cancel);
        }
    }

    void disowns(List<TableRun> runs) {
        owned.removeAll(runs);
    }

    /** The query, held against the tables of the cloud. */
    Wanted wanted() {
        Map<String, Table> tables = new HashMap<>();
        context.cloud().tables().forEach(table -> tables.put(table.name(), table));
        return Wanted.of(planned.query(), tables);
    }

    /** Gives up, and tells why. */
    public void expire(RuntimeException why) {
        if (open.get() > 0) {
            account.failures().add(why);
            cancel();
        }
    }

    /** The first failure; null where there is none. */
    public @Nullable RuntimeException firstFailure() {
        return account.failures().first();
    }

    public InventoryRun.Progress progress() {
        boolean done = open.get() == 0;
        FetchPlan source = source();
        boolean root = source instanceof FetchPlan.Listed || source instanceof FetchPlan.Lookup;
        long known = root ? Math.max(1, account.expected() + 1) : account.expected();
        boolean settled = done || (root && account.settled() && listings.light()) || listings.isAnnounced();
        return new InventoryRun.Progress(
                context.cloud().name(),
                planned.table().name(),
                account.rows(),
                account.answers(),
                known,
                settled,
                done,
                account.failures().count());
    }

    public long startedNanos() {
        return startedNanos;
    }

    public long endedNanos() {
        return endedNanos;
    }

    /** Whether all rows that were asked for arrived. */
    public boolean isComplete() {
        return account.outcome() == Outcome.COMPLETE;
    }

    /** Whether the server refused to answer what was planned. */
    public boolean wasRefused() {
        return !refusals.told().isEmpty();
    }

    public FetchReport report() {
        return new FetchReport(
                context.cloud().name(),
                planned.table().name(),
                planned,
                account.outcome(),
                account.rows(),
                traffic.requests(),
                traffic.resent(),
                Duration.ofNanos(endedNanos - startedNanos),
                account.failures().list(),
                refusals.told(),
                account.tallies().list());
    }
}
