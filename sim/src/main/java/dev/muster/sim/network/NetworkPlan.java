package dev.muster.sim.network;

import java.time.Duration;

/**
 * What the network does to one connection. Byte counts and positions are those of the bytes that travel from the server to
 * the client, the first being 0; a fault after 0 bytes comes about when the first byte would have arrived, when the server
 * has long got the request. Immutable; the methods named like the components make changed copies.
 *
 * @param rtt round trip: bytes take half of it each way, the first ones of a connection one whole more
 * @param bandwidth bytes a second, each way; 0 = unlimited
 * @param cutAfter after so many bytes the connection ends in good order, as if the server had closed it; NEVER = not
 * @param resetAfter after so many bytes the connection is reset (RST); NEVER = not
 * @param stallAfter after so many bytes nothing arrives any more, yet the connection stays open; NEVER = not
 * @param garbleAt the byte at this position arrives changed; NEVER = none
 * @param refuse the connection is reset as soon as it is made
 */
public record NetworkPlan(
        Duration rtt, long bandwidth, long cutAfter, long resetAfter, long stallAfter, long garbleAt, boolean refuse) {
    /** No byte count: the fault does not happen. */
    public static final long NEVER = Long.MAX_VALUE;

    /** A network that does nothing. */
    public static final NetworkPlan CLEAR = new NetworkPlan(Duration.ZERO, 0, NEVER, NEVER, NEVER, NEVER, false);

    public NetworkPlan {
        if (rtt.isNegative() || bandwidth < 0 || cutAfter < 0 || resetAfter < 0 || stallAfter < 0 || garbleAt < 0) {
            throw new IllegalArgumentException("times, rates and byte counts are not negative");
        }
    }

    /** A copy with this round trip. */
    public NetworkPlan rtt(Duration rtt) {
        return new NetworkPlan(rtt, bandwidth, cutAfter, resetAfter, stallAfter, garbleAt, refuse);
    }

    /** A copy with this many bytes a second. */
    public NetworkPlan bandwidth(long bandwidth) {
        return new NetworkPlan(rtt, bandwidth, cutAfter, resetAfter, stallAfter, garbleAt, refuse);
    }

    /** A copy that ends after so many bytes. */
    public NetworkPlan cutAfter(long bytes) {
        return new NetworkPlan(rtt, bandwidth, bytes, resetAfter, stallAfter, garbleAt, refuse);
    }

    /** A copy that is reset after so many bytes. */
    public NetworkPlan resetAfter(long bytes) {
        return new NetworkPlan(rtt, bandwidth, cutAfter, bytes, stallAfter, garbleAt, refuse);
    }

    /** A copy that falls silent after so many bytes. */
    public NetworkPlan stallAfter(long bytes) {
        return new NetworkPlan(rtt, bandwidth, cutAfter, resetAfter, bytes, garbleAt, refuse);
    }

    /** A copy that changes the byte at this position. */
    public NetworkPlan garbleAt(long position) {
        return new NetworkPlan(rtt, bandwidth, cutAfter, resetAfter, stallAfter, position, refuse);
    }

    /** A copy that resets the connection as soon as it is made. */
    public NetworkPlan refused() {
        return new NetworkPlan(rtt, bandwidth, cutAfter, resetAfter, stallAfter, garbleAt, true);
    }
}
