/**
 * Where is the customer on the way to what they want?
 *
 * <p>A journey has a start, steps, a goal and ways to fail; one customer can have several runs of it at once, told apart by a
 * key. Events go in; {@link dev.forestall.loop.journey.Transition transitions} from step to step come out.
 */
@NullMarked
package dev.forestall.loop.journey;

import org.jspecify.annotations.NullMarked;
