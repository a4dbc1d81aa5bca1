/**
 * What the oVirt API is about: a record for each type of the model, an enum for each set of values, generated from the
 * official model.
 *
 * <p>A component is null where the answer does not have it: what a user may not see, what was not asked for with {@code
 * follow}, what is not set. A list that is there and has nothing in it is empty, not null. What a newer engine sends and
 * this version does not know stays in {@code unknown()}, and goes back to the engine when the record is written.
 */
@NullMarked
package dev.muster.ovirt.types;

import org.jspecify.annotations.NullMarked;
