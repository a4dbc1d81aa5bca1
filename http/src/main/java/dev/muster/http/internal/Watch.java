package dev.muster.http.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The selector of a loop, and when it is looked at. Confined to the loop but for {@link #wake}. */
final class Watch implements Consumer<SelectionKey> {
    final Selector selector;

    private final Engine engine;
    private final Moderation moderation = new Moderation();
    private volatile boolean asleep;
    private boolean looking;

    Watch(Engine engine) {
        this.engine = engine;
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no selector", e);
        }
    }

    /** Ends the waiting, once for all who call; nothing where nobody waits. From any thread. */
    void wake() {
        if (asleep) {
            asleep = false;
            selector.wakeup();
        }
    }

    /** Hands over what is ready, and waits for it until the loop has something else to do. */
    void look() throws IOException {
        rest();
        looking = true;
        long wait = engine.untilDue();
        if (wait > 0) {
            asleep = true;
            // Asked again, as whoever pushed a task before that woke nobody.
            wait = engine.untilDue();
        }
        if (wait > 0) {
            // Rounded up, so that the timer is due when select returns.
            selector.select(this, wait == Long.MAX_VALUE ? 0 : Math.min(wait / 1_000_000 + 1, Integer.MAX_VALUE));
        } else {
            selector.selectNow(this);
        }
        asleep = false;
    }

    /** A stream of many on its connection was answered after so long. */
    void answered(long nanos) {
        moderation.answered(nanos);
    }

    void close() throws IOException {
        selector.close();
    }

    /** Lets answers gather that come one by one. */
    private void rest() {
        long rest = moderation.rest(System.nanoTime());
        if (rest > 0) {
            LockSupport.parkNanos(this, Math.min(rest, engine.untilDue()));
        }
    }

    /** A socket is ready: called by the selector within {@link #look}. */
    @Override
    public void accept(SelectionKey key) {
        if (asleep) {
            // Handlers that send must not wake who is awake: that would be three system calls for each turn.
            asleep = false;
        }
        if (looking) {
            looking = false;
            moderation.looked(System.nanoTime());
        }
        engine.agenda.ready((Connection) key.attachment());
    }
}
