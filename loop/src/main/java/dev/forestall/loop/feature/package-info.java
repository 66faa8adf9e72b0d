/**
 * What is known of a customer, as numbers that can be learned from?
 *
 * <p>The feature stage keeps, for each customer, what the tracking plan, the journeys and the signals give to count, time and
 * compare. Out of it come features: one number each, with a name people understand. Nothing here is written by hand for a question,
 * and the same code gives the numbers that are learned from and those that are scored.
 */
@NullMarked
package dev.forestall.loop.feature;

import org.jspecify.annotations.NullMarked;
