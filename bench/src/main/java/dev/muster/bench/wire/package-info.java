/** {@code bench/run wire}: HTTP clients beside one another, each in a process of its own. */
@NullMarked
package dev.muster.bench.wire;

import org.jspecify.annotations.NullMarked;
