package dev.muster.sim.network;

import java.nio.ByteBuffer;

/**
 * What happens to the bytes of one direction.
 *
 * @param endAfter bytes after which nothing more is delivered; NEVER = all are
 * @param garbleAt position of the byte to change; NEVER = none
 * @param end what follows the last delivered byte
 */
record Faults(long endAfter, long garbleAt, DelayLine.State end) {
    static final Faults NONE = new Faults(NetworkPlan.NEVER, NetworkPlan.NEVER, DelayLine.State.SILENT);

    /** The first fault of a plan to come about wins; of two at the same byte, the gentler. */
    static Faults of(NetworkPlan plan) {
        long first = Math.min(plan.stallAfter(), Math.min(plan.cutAfter(), plan.resetAfter()));
        DelayLine.State end = first == plan.stallAfter()
                ? DelayLine.State.SILENT
                : first == plan.cutAfter() ? DelayLine.State.CUT : DelayLine.State.RESET;
        return new Faults(first, plan.garbleAt(), end);
    }

    /** Shortens and changes a buffer that begins at {@code position} of the direction. */
    void apply(ByteBuffer bytes, long position) {
        long allowed = Math.max(0, endAfter - position);
        if (bytes.remaining() > allowed) {
            bytes.limit(bytes.position() + (int) allowed);
        }
        long at = garbleAt - position;
        if (at >= 0 && at < bytes.remaining()) {
            int index = bytes.position() + (int) at;
            bytes.put(index, (byte) (bytes.get(index) ^ 0x5A));
        }
    }
}
