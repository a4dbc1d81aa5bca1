/** OpenStack: Keystone, Nova, Glance and Neutron. */
@NullMarked
package dev.muster.clouds.openstack;

import org.jspecify.annotations.NullMarked;
