package dev.muster.http.internal;

import dev.muster.http.HttpClient;
import dev.muster.http.HttpEvent;
import dev.muster.http.HttpRequest;
import dev.muster.http.OriginLimit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop: one daemon thread that carries all connections of a client.
 *
 * <p><b>Threads.</b> The loop thread owns every pool, connection, codec, timer and exchange, and calls handlers and event
 * listeners. Callers' threads only push tasks (a new exchange, a cancellation, the end). Virtual threads resolve names
 * and compute for TLS handshakes; they touch nothing of the engine and push a task with what they found. Futures are
 * completed on virtual threads too, by {@link Completions}.
 *
 * <p><b>What never blocks.</b> The loop, except in {@code select} and for the short rests of {@link Moderation}. Channels are
 * non-blocking; whatever may take long is on a virtual thread. Handlers and listeners must be as quick: what they throw is
 * logged and forgotten.
 *
 * <p><b>Bodies as they come.</b> Whoever reads one does so on its own thread, at the far end of a {@link BodyPipe}. A reader that
 * is behind stops the loop from reading that connection, and no other. For a long body over HTTP/1.1 the reader gets the
 * connection itself, as a {@link Loan}.
 *
 * <p><b>Locks.</b> None of ours that the loop could wait at. {@link TaskQueue} is a compare-and-swap; {@link Watch} makes one
 * pusher of many wake the selector, and none where the loop is awake.
 *
 * <p><b>A turn.</b> Read what has come and tell handlers; run tasks; fire timers; let each pool that something happened
 * to hand out requests; write each connection that got some, in one system call; let futures be completed. Handlers that send
 * are only queued by it, so nothing is re-entered, and answers that arrive together lead to requests that leave together.
 */
public final class Engine {
    private static final int READ_BYTES = 64 * 1024;
    /** In days. */
    private static final long CENTURY = 36_500;

    private static final AtomicInteger ENGINES = new AtomicInteger();

    final Settings settings;
    final Timers timers = new Timers();
    final Outbox outbox = new Outbox();
    final Buffers buffers = new Buffers();
    final Agenda agenda = new Agenda();
    final Watch watch;
    /** Where results go that callers wait for. */
    public final Completions completions = new Completions(this);

    final byte[] inboxBytes = new byte[READ_BYTES];
    final ByteBuffer inbox = ByteBuffer.wrap(inboxBytes);
    /** Between the heap and the kernel. */
    final ByteBuffer between = ByteBuffer.allocateDirect(READ_BYTES);

    private final TaskQueue tasks = new TaskQueue();
    /** What handlers sent on the loop itself, which need no queue between threads. */
    private final ExchangeQueue sentHere = new ExchangeQueue();

    private final Thread thread;
    private final @Nullable Consumer<? super HttpEvent> listener;
    /** By the origin's text: a record's own hash code is linked at run time, which a cold process would wait for. */
    private final Map<String, Pool> pools = new HashMap<>();

    private final @Nullable Flights flights;
    private @Nullable Pool lastPool;
    private boolean stopping;
    private long now = System.nanoTime();
    private long exchanges;
    private long connections;

    /** Starts the loop. */
    public Engine(Settings settings) {
        this.settings = settings;
        this.listener = settings.events();
        this.flights = settings.singleFlight() ? new Flights(this) : null;
        this.watch = new Watch(this);
        // No lambda, here and in what the first exchange takes: to link the first few costs a fresh process 25 ms.
        this.thread = new Thread("muster-http-" + ENGINES.incrementAndGet()) {
            @Override
            public void run() {
                loop();
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    /** Very long times, be they ahead or past, are as good as a century, which does not overflow. */
    public static long nanos(Duration time) {
        return Math.abs(time.toDays()) <= CENTURY
                ? time.toNanos()
                : Duration.ofDays(Math.clamp(time.toDays(), -CENTURY, CENTURY)).toNanos();
    }

    /** Sends at once. From any thread. */
    public HttpClient.Exchange send(HttpRequest request, HttpClient.Handler handler) {
        boolean here = onLoop() && !stopping;
        Exchange exchange = new Exchange(this, request, handler, here ? now : System.nanoTime());
        if (here) {
            sentHere.addLast(exchange);
        } else if (!execute(exchange)) {
            exchange.refuse();
        }
        return exchange;
    }

    /** Opens the connections that this request would need before there is work for them. From any thread. */
    public void prepare(HttpRequest request) {
        execute(TaskQueue.Task.of(() -> pool(request).connections.prepare()));
    }

    /** What every origin is asked at once. From any thread. */
    public List<OriginLimit> limits() {
        if (onLoop()) {
            return pools.values().stream().map(Pool::limit).toList();
        }
        CompletableFuture<List<OriginLimit>> found = new CompletableFuture<>();
        if (!execute(TaskQueue.Task.of(() -> found.complete(limits())))) {
            return List.of();
        }
        return found.join();
    }

    /** Whether the caller is the loop, which must not wait for itself. */
    public boolean onLoop() {
        return thread.equals(Thread.currentThread());
    }

    /** Fails what is under way, closes everything and waits for the loop to end, unless called on it. */
    public void close() {
        execute(TaskQueue.Task.of(() -> stopping = true));
        if (onLoop()) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a task on the loop, soon. From any thread; false when the loop has ended. */
    boolean execute(TaskQueue.Task task) {
        boolean pushed = tasks.push(task);
        if (pushed) {
            watch.wake();
        }
        return pushed;
    }

    boolean listened() {
        return listener != null;
    }

    void emit(HttpEvent event) {
        Consumer<? super HttpEvent> told = listener;
        if (told == null) {
            return;
        }
        try {
            told.accept(event);
        } catch (Throwable thrown) {
            complain("an event listener threw", thrown);
        }
    }

    void complain(String what, Throwable thrown) {
        System.getLogger("dev.muster.http").log(System.Logger.Level.WARNING, what, thrown);
    }

    /** The time as of a moment ago. */
    long now() {
        return now;
    }

    long tick() {
        now = System.nanoTime();
        return now;
    }

    long nextConnection() {
        return ++connections;
    }

    boolean stopping() {
        return stopping;
    }

    /** An exchange begins. */
    void accept(Exchange exchange) {
        exchange.number = ++exchanges;
        if (listened()) {
            emit(new HttpEvent.Queued(exchange.asked, exchange.number, exchange.request));
        }
        if (stopping) {
            exchange.refuse();
            return;
        }
        if (exchange.request.deadline() != null) {
            exchange.setDeadline(exchange.request.deadline());
        }
        if (flights == null || !flights.take(exchange)) {
            submit(exchange);
        }
    }

    /** An exchange goes to its origin. */
    void submit(Exchange exchange) {
        pool(exchange.request).submit(exchange);
    }

    /** An exchange has ended. */
    void ended(Exchange exchange) {
        if (flights != null && exchange.number > 0) {
            flights.changed(exchange);
        }
    }

    private Pool pool(HttpRequest request) {
        Pool pool = lastPool;
        return pool != null && pool.origin.covers(request) ? pool : pool(Origin.of(request));
    }

    private Pool pool(Origin origin) {
        String key = origin.toString();
        Pool pool = pools.get(key);
        if (pool == null) {
            if (!pools.isEmpty()) {
                // A client may outlive many origins.
                pools.values().removeIf(Pool::forgettable);
            }
            pool = new Pool(this, origin);
            pools.put(key, pool);
        }
        lastPool = pool;
        return pool;
    }

    private void loop() {
        while (!stopping) {
            try {
                turn();
            } catch (Throwable thrown) {
                complain("the loop goes on after", thrown);
            }
        }
        end();
    }

    private void turn() throws IOException {
        try {
            watch.look();
            tick();
            agenda.readOn();
            acceptSent();
            runTasks();
            fireTimers();
            agenda.settle();
        } finally {
            completions.start();
        }
    }

    /** How long there is nothing to do unless something comes or is pushed. */
    long untilDue() {
        return !agenda.hasUnread() && sentHere.isEmpty() && tasks.isEmpty() ? timers.untilNext(System.nanoTime()) : 0;
    }

    private void acceptSent() {
        for (Exchange exchange = sentHere.poll(); exchange != null; exchange = sentHere.poll()) {
            run(exchange);
        }
    }

    private void runTasks() {
        runAll(tasks.take());
    }

    private void runAll(TaskQueue.@Nullable Task first) {
        TaskQueue.Task task = first;
        while (task != null) {
            TaskQueue.Task next = TaskQueue.next(task);
            run(task);
            task = next;
        }
    }

    private void run(TaskQueue.Task task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            complain("a task failed", thrown);
        }
    }

    private void fireTimers() {
        for (Timers.Timer timer = timers.takeDue(now); timer != null; timer = timers.takeDue(now)) {
            try {
                timer.fire(now);
            } catch (Throwable thrown) {
                complain("a timer failed", thrown);
            }
        }
    }

    private void end() {
        stopping = true;
        acceptSent();
        runAll(tasks.shut());
        for (Pool pool : pools.values()) {
            pool.shut();
        }
        completions.end();
        try {
            watch.close();
        } catch (IOException e) {
            complain("the selector did not close", e);
        }
    }
}
