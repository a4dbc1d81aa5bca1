package dev.muster.bench;

/**
 * One contender's one run.
 *
 * @param wallNanos from start to end
 * @param cpuNanos what this process spent meanwhile; the server is another process
 */
record Run(long wallNanos, long cpuNanos) {}
