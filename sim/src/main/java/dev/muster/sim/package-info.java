/**
 * Embedded clouds: real HTTP servers on the loopback interface that speak the wire protocols of real clouds, with as much
 * latency, throttling and failure as a test or a demonstration asks for.
 *
 * <pre>{@code
 * try (SimOvirt cloud = SimOvirt.start(SimOptions.defaults().vms(100).rtt(Duration.ofMillis(20)))) {
 *     ... a client of cloud.url() ...
 * }
 * }</pre>
 */
@NullMarked
package dev.muster.sim;

import org.jspecify.annotations.NullMarked;
