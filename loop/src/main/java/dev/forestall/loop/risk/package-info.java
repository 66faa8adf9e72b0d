/**
 * How likely does it end badly?
 *
 * <p>A prediction asks a question at certain moments of certain customers; a model answers it from what the feature stage knows. Out
 * come probabilities that mean what they say, and a word whenever one crosses a level at which somebody wants to know.
 */
@NullMarked
package dev.forestall.loop.risk;

import org.jspecify.annotations.NullMarked;
