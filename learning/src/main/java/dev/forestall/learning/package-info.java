/**
 * What can be learned from history about a question?
 *
 * <p>In goes a table of moments, with what was known at each and what became of it later; out comes a model that the loop can score
 * and explain with, and a card that says how good it is, honestly.
 */
@NullMarked
package dev.forestall.learning;

import org.jspecify.annotations.NullMarked;
