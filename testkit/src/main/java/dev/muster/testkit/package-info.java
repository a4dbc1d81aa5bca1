/** What every cloud must hold to, as tests to inherit: {@link dev.muster.testkit.CloudContract}. */
@NullMarked
package dev.muster.testkit;

import org.jspecify.annotations.NullMarked;
