/**
 * Does a host that crashes, repeats itself and reads again come to the same as one that nothing happens to?
 *
 * <p>A seed makes customers, their events and the storm. The calm run goes first; the stormy one must end with the same log, states,
 * effects and hand-outs, to the last byte.
 */
@NullMarked
package dev.forestall.acceptance.simulation;

import org.jspecify.annotations.NullMarked;
