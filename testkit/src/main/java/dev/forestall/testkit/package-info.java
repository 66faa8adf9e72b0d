/**
 * How is a pack, or the loop itself, tested?
 *
 * <p>Events go in as {@link dev.forestall.testkit.Scenario given and when}; what the loop said about them comes out to be checked. A
 * {@link dev.forestall.testkit.MemoryHost} runs many subjects in memory, in the order that every host keeps.
 */
@NullMarked
package dev.forestall.testkit;

import org.jspecify.annotations.NullMarked;
