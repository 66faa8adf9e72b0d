/**
 * What was known at each moment of history, and what came of it?
 *
 * <p>In go the samples that a replay through the loop tells; out come the features worth learning from, and a table of moments with
 * their labels. Moments whose horizon was not over when history ends are left out: nobody knows what came of them.
 */
@NullMarked
package dev.forestall.learning.gather;

import org.jspecify.annotations.NullMarked;
