package dev.muster.bench.wire;

/**
 * One run of one contender.
 *
 * @param wallNanos warm: from the first request to the last answer; cold: from starting the process to the last answer
 * @param cpuNanos of the contender's process meanwhile, user and system
 * @param allocatedBytes on its heap meanwhile; negative where that is not known
 * @param peakBytes the most memory that the process had resident until then
 */
record Sample(long wallNanos, long cpuNanos, long allocatedBytes, long peakBytes, Contestant.Tally tally) {}
