/**
 * Does the gate let pass what its rules allow, and nothing else?
 *
 * <p>Random rules, zones and histories; what the gate must answer is computed a second time, by brute force over the whole history and from the
 * text of the rules alone. Gates with one thing wrong show that this finds mistakes.
 */
@NullMarked
package dev.forestall.acceptance.gate;

import org.jspecify.annotations.NullMarked;
