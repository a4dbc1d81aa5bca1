/** What generated code calls; nobody's API. */
@NullMarked
package dev.muster.ovirt.internal;

import org.jspecify.annotations.NullMarked;
