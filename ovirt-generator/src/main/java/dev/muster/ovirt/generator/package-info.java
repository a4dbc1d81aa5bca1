/** Writes the typed oVirt API from the official model. */
@NullMarked
package dev.muster.ovirt.generator;

import org.jspecify.annotations.NullMarked;
