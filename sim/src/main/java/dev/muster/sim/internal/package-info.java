/** What the embedded clouds share: the HTTP server under them, tokens, faults. Nobody's API. */
@NullMarked
package dev.muster.sim.internal;

import org.jspecify.annotations.NullMarked;
