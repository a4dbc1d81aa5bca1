/**
 * An embedded OpenStack: Keystone, Nova, Glance and Neutron under one address, as one project sees them in one region or
 * in several of one catalog. What they answer follows observations of the Zed release: paging and its links, microversions,
 * forms of errors and dates. Not covered: volumes, objects, policies, quotas, and everything that writes.
 */
@NullMarked
package dev.muster.sim.openstack;

import org.jspecify.annotations.NullMarked;
