package dev.muster.sim.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One direction of a connection: bytes come out as late as the network is long. Confined to the proxy's thread. */
final class DelayLine {
    /** So much may be under way; beyond it the sender is not read from, as a full window would stop it. */
    private static final long WINDOW = 4 << 20;

    private static final int READ_SIZE = 64 << 10;

    private final SocketChannel from;
    private final SocketChannel to;
    private final long oneWay;
    private final long bandwidth;
    private final long notBefore;
    private final Faults faults;
    private final ByteBuffer scratch;
    private final ArrayDeque<Parcel> underWay = new ArrayDeque<>();
    private long queued;
    private long position;
    private long wireFree;
    private boolean blocked;
    /** What the last parcel will bring about; OPEN = the last parcel is not on its way yet. */
    private State coming = State.OPEN;

    private State state = State.OPEN;

    /** What the receiver has seen of this direction. */
    enum State {
        OPEN,
        /** The sender ended the stream, and the receiver has been told. */
        ENDED,
        /** A fault swallows the rest. */
        SILENT,
        /** A fault wants the whole connection closed. */
        CUT,
        /** A fault wants the whole connection reset. */
        RESET
    }

    /** Bytes and when they arrive; no bytes = the last parcel. */
    private record Parcel(@Nullable ByteBuffer bytes, long due) {}

    DelayLine(SocketChannel from, SocketChannel to, long oneWay, long bandwidth, long notBefore, Faults faults) {
        this.from = from;
        this.to = to;
        this.oneWay = oneWay;
        this.bandwidth = bandwidth;
        this.notBefore = notBefore;
        this.faults = faults;
        // A narrow wire is read in small parcels: otherwise bytes would arrive in heaps.
        this.scratch =
                ByteBuffer.allocateDirect(bandwidth == 0 ? READ_SIZE : Math.clamp(bandwidth / 200, 256, READ_SIZE));
        this.wireFree = notBefore;
    }

    void read(long now) throws IOException {
        scratch.clear();
        int count = from.read(scratch);
        if (count < 0) {
            last(State.ENDED, Math.max(Math.max(now, notBefore), wireFree));
            return;
        }
        scratch.flip();
        faults.apply(scratch, position);
        position += count;
        wireFree = Math.max(Math.max(now, notBefore), wireFree)
                + (bandwidth == 0 ? 0 : count * 1_000_000_000L / bandwidth);
        if (scratch.hasRemaining()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(scratch.remaining()).put(scratch).flip();
            queued += bytes.remaining();
            underWay.add(new Parcel(bytes, wireFree + oneWay));
        }
        if (position >= faults.endAfter()) {
            last(faults.end(), wireFree);
        }
    }

    private void last(State brings, long sent) {
        coming = brings;
        underWay.add(new Parcel(null, sent + oneWay));
    }

    void write(long now) throws IOException {
        blocked = false;
        for (Parcel parcel; (parcel = underWay.peek()) != null && parcel.due - now <= NetworkProxy.SLACK_NANOS; ) {
            ByteBuffer bytes = parcel.bytes;
            if (bytes == null) {
                state = coming;
                if (state == State.ENDED) {
                    shutOutput();
                }
            } else {
                queued -= to.write(bytes);
                if (bytes.hasRemaining()) {
                    blocked = true;
                    return;
                }
            }
            underWay.remove();
        }
    }

    private void shutOutput() throws IOException {
        try {
            to.shutdownOutput();
        } catch (ClosedChannelException e) {
            return; // The other side went first.
        }
    }

    /** Whether the sender should be read from: not after its end, and not while the line is full. */
    boolean wantsRead() {
        return coming == State.OPEN && queued < WINDOW;
    }

    /** Whether the receiver's socket buffer is full. */
    boolean wantsWrite() {
        return blocked;
    }

    State state() {
        return state;
    }

    long nanosUntilDue(long now) {
        Parcel parcel = underWay.peek();
        return parcel == null || blocked ? Long.MAX_VALUE : Math.max(0, parcel.due - now);
    }
}
