package dev.muster.sim.internal;

/** What a cloud answers, apart from how it is carried. Called by many threads at once. */
public interface SimService {
    /** The answer to a request. */
    SimReply answer(SimRequest request);

    /** The answer to a request whose credentials are not accepted. */
    SimReply unauthorized(SimRequest request);

    /** The answer to a request that comes too soon after others. */
    default SimReply throttled(SimRequest request) {
        return SimReply.html(429, "Too Many Requests").with("Retry-After", "1");
    }
}
