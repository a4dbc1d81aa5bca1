/** The oVirt API. */
@NullMarked
package dev.muster.ovirt;

import org.jspecify.annotations.NullMarked;
