/**
 * What was it worth?
 *
 * <p>Effects go in; a ledger comes out, one line per decision: who was in which arm, what was spent, and what came of it. Pure, so that a replay and
 * a server give the same figures.
 */
@NullMarked
package dev.forestall.value;

import org.jspecify.annotations.NullMarked;
