/**
 * Is the world still as it was when a model was learned?
 *
 * <p>In go moments that came after training, with what a model said of them and what came of those whose time is over; out comes whether
 * what it looks at lies otherwise than in training, and whether its probabilities still mean what they say. Both with a stated chance
 * of a false alarm.
 */
@NullMarked
package dev.forestall.learning.drift;

import org.jspecify.annotations.NullMarked;
