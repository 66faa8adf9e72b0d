/**
 * What should people know about a model before they trust it?
 *
 * <p>In goes a trained model and the rows it has never seen; out comes a card: how good it is beside the simplest rules, whether its
 * probabilities mean what they say, what it goes by, and whether it may be used.
 */
@NullMarked
package dev.forestall.learning.card;

import org.jspecify.annotations.NullMarked;
