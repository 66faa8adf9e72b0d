/**
 * Does a condition hold, and what is a formula's value?
 *
 * <p>Conditions of packs arrive here typed and checked, as closures over a {@link dev.forestall.loop.expression.Scope}. What is
 * absent is unknown: a comparison with it neither holds nor fails, and an unknown condition counts as not met.
 */
@NullMarked
package dev.forestall.loop.expression;

import org.jspecify.annotations.NullMarked;
