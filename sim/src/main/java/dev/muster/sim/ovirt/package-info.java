/**
 * An embedded oVirt engine. It speaks version 4 of the oVirt REST API as the engine's sources and captures of a running
 * 4.5.5 show it: tokens, XML and JSON with their oddities, search, paging, follow, faults, and enough writes to start, stop,
 * add and remove machines. Not covered: user-level filtering, asynchronous tasks, everything but machines for writing.
 */
@NullMarked
package dev.muster.sim.ovirt;

import org.jspecify.annotations.NullMarked;
