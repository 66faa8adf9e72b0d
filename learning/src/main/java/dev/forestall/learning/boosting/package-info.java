/**
 * How do the trees of the training library become the loop's own?
 *
 * <p>In goes a trained booster, out comes a forest with the same thresholds and leaves to the last bit.
 */
@NullMarked
package dev.forestall.learning.boosting;

import org.jspecify.annotations.NullMarked;
