/**
 * An embedded SoftLayer (IBM Cloud Classic): REST v3.1 and XML-RPC v3.1 over one invented account, with object masks, object
 * filters, result limits, totals and the service's own ways to fail.
 */
@NullMarked
package dev.muster.sim.softlayer;

import org.jspecify.annotations.NullMarked;
