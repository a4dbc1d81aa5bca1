/**
 * An embedded oVirt engine. It speaks version 4 of the oVirt REST API as the official model, the engine's sources and captures
 * of a running 4.5.5 show it. All services of the model are served: collections begin as an inventory has them or empty, and
 * can be added to, changed and acted upon. Beyond the model: tokens, XML and JSON with their oddities, faults, locks, the life
 * of machines, jobs with steps, events, {@code search} (what of it, {@link dev.muster.sim.ovirt.Search} says), paging,
 * {@code follow}. Not covered: users other than the administrator, whom {@code Filter} hides nothing from, and documentation
 * pages.
 */
@NullMarked
package dev.muster.sim.ovirt;

import org.jspecify.annotations.NullMarked;
