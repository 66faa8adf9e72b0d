/**
 * What do the conditions and formulas of a pack mean?
 *
 * <p>CEL text goes in; it is read and type-checked against what the pack declares, and comes out as closures of the loop. What
 * cannot be compiled is refused with its position, never half-supported.
 */
@NullMarked
package dev.forestall.pack.expression;

import org.jspecify.annotations.NullMarked;
