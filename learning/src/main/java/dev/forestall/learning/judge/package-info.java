/**
 * How good are probabilities, and how sure is that?
 *
 * <p>In go probabilities and what came of them; out come figures with intervals that respect that a customer's moments belong
 * together.
 */
@NullMarked
package dev.forestall.learning.judge;

import org.jspecify.annotations.NullMarked;
