/** Embedded clouds that speak the real wire protocols. */
@NullMarked
package dev.muster.sim;

import org.jspecify.annotations.NullMarked;
