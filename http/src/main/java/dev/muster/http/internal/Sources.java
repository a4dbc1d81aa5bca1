package dev.muster.http.internal;

import dev.muster.http.BodySource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The kinds of {@link BodySource}. */
public final class Sources {
    private static final int COPIED = 64 * 1024;

    private Sources() {}

    /** Begins to read. */
    public interface Opener {
        ReadableByteChannel open() throws IOException;
    }

    private record Source(Opener opener, long length, boolean repeatable) implements BodySource {
        @Override
        public ReadableByteChannel open() throws IOException {
            return opener.open();
        }

        @Override
        public String toString() {
            return length < 0 ? "a body of unknown length" : "a body of " + length + " bytes";
        }
    }

    public static BodySource file(Path file, long length) {
        return new Source(() -> FileChannel.open(file), length, true);
    }

    public static BodySource again(Opener opener, long length) {
        return new Source(opener, length, true);
    }

    public static BodySource once(Opener opener, long length) {
        AtomicBoolean opened = new AtomicBoolean();
        return new Source(
                () -> {
                    if (opened.getAndSet(true)) {
                        throw new IOException("it can be read only once");
                    }
                    return opener.open();
                },
                length,
                false);
    }

    public static InputStream call(Callable<? extends InputStream> opener) throws IOException {
        try {
            return opener.call();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** A stream, read as much at a time as it gives. */
    public static ReadableByteChannel channel(InputStream in) {
        byte[] copy = new byte[COPIED];
        return new ReadableByteChannel() {
            private boolean open = true;

            @Override
            public int read(ByteBuffer into) throws IOException {
                int count = in.read(copy, 0, Math.min(copy.length, into.remaining()));
                if (count > 0) {
                    into.put(copy, 0, count);
                }
                return count;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() throws IOException {
                open = false;
                in.close();
            }
        };
    }

    public static ReadableByteChannel channel(Flow.Publisher<? extends ByteBuffer> publisher) {
        Subscribed subscribed = new Subscribed();
        publisher.subscribe(subscribed);
        return subscribed;
    }

    /** Takes one buffer after another from a publisher. */
    private static final class Subscribed implements ReadableByteChannel, Flow.Subscriber<ByteBuffer> {
        private static final ByteBuffer NONE = ByteBuffer.allocate(0);

        /** Buffers, then a Throwable or this. */
        private final BlockingQueue<Object> given = new LinkedBlockingQueue<>();

        private volatile boolean open = true;
        private volatile Flow.@Nullable Subscription subscription;
        private ByteBuffer piece = NONE;
        private boolean ended;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            if (subscription != null) {
                begun.cancel();
                return;
            }
            // Before the look: whoever closes just now may not have seen it.
            subscription = begun;
            if (open) {
                begun.request(1);
            } else {
                begun.cancel();
            }
        }

        @Override
        public void onNext(ByteBuffer item) {
            given.add(item);
        }

        @Override
        public void onError(Throwable why) {
            given.add(why);
        }

        @Override
        public void onComplete() {
            given.add(this);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            while (!piece.hasRemaining()) {
                if (ended) {
                    return -1;
                }
                next();
            }
            int count = Math.min(piece.remaining(), into.remaining());
            into.put(piece.slice(piece.position(), count));
            piece.position(piece.position() + count);
            if (!piece.hasRemaining()) {
                Flow.Subscription asked = subscription;
                if (asked != null) {
                    asked.request(1);
                }
            }
            return count;
        }

        private void next() throws IOException {
            Object next;
            try {
                next = given.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            switch (next) {
                case ByteBuffer buffer -> {
                    piece = buffer;
                    Flow.Subscription asked = subscription;
                    if (!buffer.hasRemaining() && asked != null) {
                        asked.request(1);
                    }
                }
                case Throwable why -> throw new IOException(why);
                default -> ended = true;
            }
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
            Flow.Subscription asked = subscription;
            if (asked != null) {
                asked.cancel();
            }
        }
    }
}
