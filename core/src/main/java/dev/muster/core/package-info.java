/** Calls, listings, tables, plans, settings and errors: what every cloud shares. */
@NullMarked
package dev.muster.core;

import org.jspecify.annotations.NullMarked;
