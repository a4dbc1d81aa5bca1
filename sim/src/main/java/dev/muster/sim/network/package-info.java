/** A TCP proxy that makes the network in front of any server slow, narrow or broken. */
@NullMarked
package dev.muster.sim.network;

import org.jspecify.annotations.NullMarked;
