package dev.muster.sim.internal;

/** What a cloud answers, apart from how it is carried. Called by many threads at once. */
public interface SimService {
    /** The answer to a request. */
    SimReply answer(SimRequest request);

    /** The answer to a request whose credentials are not accepted. */
    SimReply unauthorized(SimRequest request);
}
